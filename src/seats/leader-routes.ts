import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { LeaderService } from './leader.ts';
import { membershipSchema } from './schema.ts';

interface LeaderRoutes {
  leader: LeaderService;
  audit: Auditor;
}

const seatParams = z.strictObject({ id: z.string().max(10) });
const done = { 204: z.null() };

/** What shift leaders do on the floor: `/api/floor/…`. Every act is audited: who, whom, what. */
export function registerLeaderRoutes(app: YihaoServer, { leader, audit }: LeaderRoutes): void {
  const config = { permission: 'floor.lead' } as const;
  const tags = ['floor'];

  const note = (request: FastifyRequest, action: string, subject: string, detail = {}) =>
    audit({ person: personOf(request), ip: request.ip, action, subject, detail });

  const acts: Record<string, (seatId: string) => unknown> = {
    ready: (seatId) => leader.ready(seatId),
    'not-ready': (seatId) => leader.notReady(seatId),
    'sign-out': (seatId) => leader.signOut(seatId),
    release: (seatId) => leader.release(seatId),
  };
  for (const [verb, act] of Object.entries(acts)) {
    app.post(
      `/api/floor/seats/:id/${verb}`,
      { config, schema: { tags, params: seatParams, response: done } },
      async (request, reply) => {
        const { id } = request.params;
        await act(id);
        note(request, `seat.forced-${verb}`, `seat:${id}`);
        return reply.code(204).send(null);
      },
    );
  }
  app.put(
    '/api/floor/seats/:id/queues',
    {
      config,
      schema: {
        tags,
        params: seatParams,
        body: z.strictObject({ queues: z.array(membershipSchema).max(200) }),
        response: { 200: z.object({ before: z.array(membershipSchema) }) },
      },
    },
    (request) => {
      const { id } = request.params;
      const { queues } = request.body;
      const before = [...leader.moveTo(id, queues)];
      note(request, 'seat.moved', `seat:${id}`, { before, queues });
      return { before };
    },
  );
  app.post(
    '/api/floor/calls/:id/priority',
    {
      config,
      schema: {
        tags,
        params: z.strictObject({ id: z.string().max(40) }),
        body: z.strictObject({ priority: z.int().min(0).max(10) }),
        response: done,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { priority } = request.body;
      leader.prioritise(id, priority, personOf(request).id);
      note(request, 'call.prioritised', `call:${id}`, { priority });
      return reply.code(204).send(null);
    },
  );
}
