import { z } from 'zod';
import type { Person } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { rateCatalogue } from './catalogue.ts';
import {
  behindQuerySchema,
  type League,
  leagueQuerySchema,
  leagueSchema,
  rateDefinitionsSchema,
  ratesQuerySchema,
  ratesSchema,
} from './schema.ts';
import type { OrderRates } from './service.ts';

const tags = ['orders', 'figures'];
const use = { permission: 'orders.use' } as const;

/** Units' leaders see where they stand, and by which rule. */
const compare = { permission: 'orders.compare' } as const;

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;

interface RateRoutes<Row extends z.ZodType> {
  readonly rates: OrderRates;
  readonly league: (from: number, to: number) => Promise<League>;
  /** The units somebody may see; null is all. */
  readonly reach: (person: Person) => readonly string[] | null;
  /** Orders as lists show them, those left out that the person may not see. */
  readonly rowSchema: Row;
  readonly rowsOf: (ids: readonly string[], person: Person) => z.infer<Row>[];
}

/** `/api/order-rates`: what each rate means, the figures, the orders behind each of them, the table of units. */
export function registerOrderRateRoutes<Row extends z.ZodType>(
  app: YihaoServer,
  { rates, league, reach, rowSchema, rowsOf }: RateRoutes<Row>,
): void {
  app.get(
    '/api/supervision/league',
    {
      config: compare,
      schema: { tags, querystring: leagueQuerySchema, response: { 200: leagueSchema } },
    },
    (request) => {
      const { from, to } = request.query;
      const [first, end] = [dayBegins(from), dayBegins(to) + DAY_MS];
      if (end - first > LONGEST_DAYS * DAY_MS || end <= first) {
        throw new AppError('invalid-input', {}, [{ pointer: '/to', message: 'at most a year' }]);
      }
      return league(first, end);
    },
  );
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

function dayBegins(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`);
}
