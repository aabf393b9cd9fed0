import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Move, moveNames, moves } from '../order-rules/moves.ts';
import { notes } from '../order-rules/notes.ts';
import { actors, orderStates } from '../order-rules/words.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { OrderReading } from './reading.ts';
import {
  actSchema,
  listQuerySchema,
  newOrderSchema,
  orderRowSchema,
  orderSchema,
  viewerSchema,
} from './schema.ts';
import type { Orders, Visitor } from './service.ts';

const tags = ['orders'];
const use = { permission: 'orders.use' } as const;
const params = z.strictObject({ id: z.string().max(40) });
const visitor = (request: FastifyRequest): Visitor => ({
  person: personOf(request),
  ip: request.ip,
});

interface OrderRoutes {
  readonly orders: Orders;
  readonly reading: OrderReading;
}

/** Everything under `/api/orders`. */
export function registerOrderRoutes(app: YihaoServer, { orders, reading }: OrderRoutes): void {
  app.get(
    '/api/orders',
    {
      config: use,
      schema: {
        tags,
        querystring: listQuerySchema,
        response: { 200: z.object({ rows: z.array(orderRowSchema) }) },
      },
    },
    (request) => ({ rows: reading.list(request.query, visitor(request)) }),
  );
  app.get('/api/orders/rules', { config: use, schema: { tags } }, () => rulesForReading());
  app.post(
    '/api/orders',
    { config: use, schema: { tags, body: newOrderSchema, response: { 200: orderSchema } } },
    (request) => reading.one(orders.open(request.body, visitor(request)).id, visitor(request)),
  );
  app.get(
    '/api/orders/:id',
    { config: use, schema: { tags, params, response: { 200: orderSchema } } },
    (request) => reading.one(request.params.id, visitor(request)),
  );
  app.post(
    '/api/orders/:id/moves',
    { config: use, schema: { tags, params, body: actSchema, response: { 200: orderSchema } } },
    (request) => {
      orders.act(request.params.id, request.body, visitor(request));
      return reading.one(request.params.id, visitor(request));
    },
  );
  app.post(
    '/api/orders/:id/query-code',
    { config: use, schema: { tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      orders.textCode(request.params.id, visitor(request));
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/orders/:id/viewers',
    {
      config: use,
      schema: { tags, params, response: { 200: z.object({ rows: z.array(viewerSchema) }) } },
    },
    (request) => ({ rows: reading.viewers(request.params.id, visitor(request)) }),
  );
  app.post(
    '/api/orders/:id/number',
    {
      config: use,
      schema: {
        tags,
        params,
        body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
        response: { 200: z.object({ number: z.string() }) },
      },
    },
    (request) => ({
      number: reading.reveal(request.params.id, request.body.reason, visitor(request)),
    }),
  );
}

/** The table of moves, as a municipal officer reads it. */
function rulesForReading() {
  return {
    states: orderStates,
    actors,
    moves: moveNames.map((name) => {
      const { no, zh, en, from, to, by, agreedBy }: Move = moves[name];
      return { name, no, zh, en, from, to, by, agreedBy };
    }),
    notes,
  };
}
