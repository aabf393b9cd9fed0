import type { FastifyInstance } from 'fastify';
import type { MessageView } from '../../src/messages/schema.ts';
import { demoNow } from './demo-clock.ts';
import { orderRows } from './order-rows.ts';

const minute = 60_000;
const kinds = ['received', 'replied', 'closed', 'extended'] as const;

/** Text messages of the demo city: most were handed over, some wait, three could not be. */
const messages: MessageView[] = orderRows.map(({ id, number }, at): MessageView => {
  const state = at < 3 ? 'failed' : at < 5 ? 'waiting' : 'sent';
  const createdAt = demoNow() - (at * 37 + 4) * minute;
  return {
    id: `text-${at}`,
    orderId: id,
    orderNumber: number,
    kind: kinds[at % kinds.length] ?? 'received',
    toMasked: `13${at % 10}****${String(1_000 + at * 611).slice(-4)}`,
    state,
    createdAt,
    attempts: state === 'failed' ? 6 : at === 3 ? 2 : state === 'sent' ? 1 : 0,
    sentAt: state === 'sent' ? createdAt + 1_200 : null,
    nextAt: state === 'waiting' ? demoNow() + 5 * minute : null,
    failure: state === 'failed' ? (at === 0 ? 'ENOSPC' : 'Error') : at === 3 ? 'ETIMEDOUT' : null,
  };
});

export function messageRoutes(app: FastifyInstance): void {
  type Query = { state?: string; kind?: string };
  app.get<{ Querystring: Query }>('/api/messages', ({ query }) => ({
    rows: messages
      .filter((row) => row.state === (query.state ?? 'failed'))
      .filter((row) => query.kind === undefined || row.kind === query.kind),
    next: null,
  }));
  app.post('/api/messages/:id/retry', (_request, reply) => reply.code(204).send(null));
}
