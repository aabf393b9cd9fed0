import type { FastifyInstance } from 'fastify';
import type { SeatLive } from '../../src/floor/schema.ts';
import type { Seat } from '../../src/seats/schema.ts';
import type { DemoDesk } from './desk.ts';
import { moveSeat, resize, seats, setState } from './floor.ts';
import { refuse } from './problem.ts';

const after: Record<string, SeatLive['state']> = {
  ready: 'ready',
  'not-ready': 'not-ready',
  release: 'wrap-up',
  'sign-out': 'offline',
};

/** What a shift leader does on the demo floor. */
export function floorRoutes(app: FastifyInstance, desk: DemoDesk): void {
  app.post('/api/floor/seats/:id/monitor', (request, reply) => {
    const { id } = request.params as { id: string };
    const { mode } = request.body as { mode: 'listen' | 'whisper' | 'barge' };
    desk.monitor({ monitoring: { seatId: id, mode } });
    return reply.code(204).send();
  });
  app.delete('/api/floor/seats/:id/monitor', (_request, reply) => {
    desk.monitor({ monitoring: null });
    return reply.code(204).send();
  });
  app.put('/api/floor/seats/:id/queues', (request) => {
    const { id } = request.params as { id: string };
    const { queues } = request.body as { queues: Seat['queues'] };
    const found = seats.find((seat) => seat.id === id) ?? refuse('not-found');
    return { before: moveSeat(found, queues) };
  });
  app.post('/api/floor/seats/:id/:verb', (request, reply) => {
    const { id, verb } = request.params as { id: string; verb: string };
    setState(id, after[verb] ?? refuse('not-found'));
    return reply.code(204).send();
  });
  /** How many seats the demo city has, for pictures of small and large floors. */
  app.post('/mock/floor', (request) => {
    resize((request.body as { seats: number }).seats);
    return { ok: true };
  });
}
