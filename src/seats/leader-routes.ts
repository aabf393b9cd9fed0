import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { LeaderService } from './leader.ts';
import { membershipSchema, monitorMode } from './schema.ts';

/** Listening to talks; `calls` does it, `app` hands it in. */
interface MonitorPort {
  start(leaderSeatId: string, seatId: string, mode: 'listen' | 'whisper' | 'barge'): Promise<void>;
  stop(leaderSeatId: string): void;
}

interface LeaderRoutes {
  leader: LeaderService;
  monitors: MonitorPort;
  /** The seat a person is signed in at; throws `not-at-a-seat`. */
  seatOf(personId: string): string;
  audit: Auditor;
}

const seatParams = z.strictObject({ id: z.string().max(10) });
const done = { 204: z.null() };

const config = { permission: 'floor.lead' } as const;
const tags = ['floor'];

/** Writes into the audit who did what. */
function notes(audit: Auditor) {
  return (request: FastifyRequest, action: string, subject: string, detail = {}) =>
    audit({ person: personOf(request), ip: request.ip, action, subject, detail });
}

/** What shift leaders do on the floor: `/api/floor/…`. Every act is audited: who, whom, what. */
export function registerLeaderRoutes(app: YihaoServer, deps: LeaderRoutes): void {
  const { leader, audit } = deps;
  registerMonitorRoutes(app, deps);

  const note = notes(audit);

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

/** With an agent's talk: `listen`, `whisper`, `barge`; a second request changes the mode. */
function registerMonitorRoutes(
  app: YihaoServer,
  { leader, monitors, seatOf, audit }: LeaderRoutes,
): void {
  const note = notes(audit);

  app.post(
    '/api/floor/seats/:id/monitor',
    {
      config,
      schema: {
        tags,
        params: seatParams,
        body: z.strictObject({ mode: monitorMode }),
        response: done,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { mode } = request.body;
      const own = seatOf(personOf(request).id);
      note(request, 'seat.monitor', `seat:${id}`, { mode, from: own });
      await monitors.start(own, id, mode);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/floor/seats/:id/intercept',
    { config, schema: { tags, params: seatParams, response: done } },
    async (request, reply) => {
      const { id } = request.params;
      const own = seatOf(personOf(request).id);
      note(request, 'seat.intercept', `seat:${id}`, { to: own });
      monitors.stop(own);
      await leader.intercept(id, own);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/floor/seats/:id/monitor',
    { config, schema: { tags, params: seatParams, response: done } },
    async (request, reply) => {
      monitors.stop(seatOf(personOf(request).id));
      note(request, 'seat.monitor-ended', `seat:${request.params.id}`);
      return reply.code(204).send(null);
    },
  );
}
