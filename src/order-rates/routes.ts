import { z } from 'zod';
import type { Person } from '../access.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { rateCatalogue } from './catalogue.ts';
import {
  behindQuerySchema,
  rateDefinitionsSchema,
  ratesQuerySchema,
  ratesSchema,
} from './schema.ts';
import type { OrderRates } from './service.ts';

const tags = ['orders', 'figures'];
const use = { permission: 'orders.use' } as const;

interface RateRoutes<Row extends z.ZodType> {
  readonly rates: OrderRates;
  /** The units somebody may see; null is all. */
  readonly reach: (person: Person) => readonly string[] | null;
  /** Orders as lists show them, those left out that the person may not see. */
  readonly rowSchema: Row;
  readonly rowsOf: (ids: readonly string[], person: Person) => z.infer<Row>[];
}

/** `/api/order-rates`: what each rate means, the figures, and the orders behind each of them. */
export function registerOrderRateRoutes<Row extends z.ZodType>(
  app: YihaoServer,
  { rates, reach, rowSchema, rowsOf }: RateRoutes<Row>,
): void {
  app.get(
    '/api/order-rates/definitions',
    {
      config: { permission: 'signed-in' },
      schema: { tags, response: { 200: rateDefinitionsSchema } },
    },
    () => rateCatalogue,
  );
  app.get(
    '/api/order-rates',
    {
      config: use,
      schema: { tags, querystring: ratesQuerySchema, response: { 200: ratesSchema } },
    },
    (request) => rates.rates(request.query, reach(personOf(request))),
  );
  app.get(
    '/api/order-rates/orders',
    {
      config: use,
      schema: {
        tags,
        querystring: behindQuerySchema,
        response: { 200: z.object({ rows: z.array(rowSchema) }) },
      },
    },
    (request) => {
      const person = personOf(request);
      return { rows: rowsOf(rates.behind(request.query, reach(person)), person) };
    },
  );
}
