import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { relayPhoneSchema, relaySchema } from './relay-schema.ts';
import type { Relays } from './relays.ts';
import type { Visitor } from './service.ts';

const tags = ['orders'];
const config = { permission: 'orders.use' } as const;
const params = z.strictObject({ id: z.string().max(40) });
const visitor = (request: FastifyRequest): Visitor => ({
  person: personOf(request),
  ip: request.ip,
});

/** Calls to citizens: of units' officers through the hotline's number, of visitors from their seats. */
export function registerRelayRoutes(app: YihaoServer, relays: Relays): void {
  const schema = { tags, params, response: { 200: relaySchema } };
  app.get('/api/orders/:id/relay', { config, schema }, (request) =>
    relays.view(request.params.id, visitor(request)),
  );
  app.post('/api/orders/:id/relay', { config, schema }, (request) =>
    relays.call(request.params.id, visitor(request)),
  );
  app.post(
    '/api/orders/:id/dial',
    {
      config: { permission: 'desk.use' },
      schema: { tags, params, response: { 204: z.null() } },
    },
    async (request, reply) => {
      relays.dial(request.params.id, visitor(request));
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/api/orders/relay-phone',
    { config, schema: { tags, body: relayPhoneSchema, response: { 204: z.null() } } },
    async (request, reply) => {
      relays.setPhone(request.body.number, visitor(request));
      return reply.code(204).send(null);
    },
  );
}
