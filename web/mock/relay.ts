import type { FastifyInstance } from 'fastify';
import type { RelayView } from '../../src/orders/schema.ts';
import { demoNow } from './demo-clock.ts';

const minute = 60_000;

/** One officer has called, one has not told their number yet, one is on the telephone. */
const views: Record<string, () => RelayView> = {
  'order-3': () => ({ phoneMasked: null, last: null }),
  'order-6': () => ({
    phoneMasked: '139****1111',
    last: { at: demoNow() - 8_000, stage: 'relay-dialling', ending: null, talkMs: null },
  }),
};

const called = (): RelayView => ({
  phoneMasked: '139****1111',
  last: { at: demoNow() - 12 * minute, stage: null, ending: 'relayed', talkMs: 192_000 },
});

/** Calls between officers and citizens in the demo city: none is ever placed. */
export function relayRoutes(app: FastifyInstance): void {
  const one = (id: string) => (views[id] ?? called)();
  app.get('/api/orders/:id/relay', (request) => one((request.params as { id: string }).id));
  app.post('/api/orders/:id/relay', () => views['order-6']?.() ?? called());
  app.put('/api/orders/relay-phone', (_request, reply) => reply.code(204).send());
}
