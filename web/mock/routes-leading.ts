import type { FastifyInstance } from 'fastify';
import type { Emergency } from '../../src/leading/schema.ts';
import { city } from './city.ts';
import { demoNow } from './demo-clock.ts';
import {
  alerts,
  deskNotices,
  normal,
  notices,
  planRuns,
  plans,
  preview,
  quotas,
  read,
  rests,
  waiting,
} from './leading.ts';

let on: Emergency['on'] = null;
let handUpAt: number | null = null;
/** What the visitor's own seat asked for, as a picture wants it. */
let isAsking = false;

const state = (): Emergency => ({
  on,
  profiles: city.emergencyProfiles.map(({ id, name }) => ({ id, name })),
});

function begin(profileId: string): void {
  const profile = city.emergencyProfiles.find(({ id }) => id === profileId);
  if (profile) on = { profileId, name: profile.name, since: demoNow() - 600_000, by: '周班长' };
}

/** What shift leaders run the demo room with. */
export function leadingRoutes(app: FastifyInstance): void {
  app.get('/api/desk/news', () => ({
    rest: isAsking ? (rests[2] ?? null) : null,
    notices: deskNotices(),
    handUpAt,
  }));
  app.post('/api/desk/rest', () => {
    isAsking = true;
    return rests[2];
  });
  app.delete('/api/desk/rest', (_request, reply) => {
    isAsking = false;
    return reply.code(204).send();
  });
  app.post('/api/desk/hand', (_request, reply) => {
    handUpAt = demoNow();
    return reply.code(204).send();
  });
  app.delete('/api/desk/hand', (_request, reply) => {
    handUpAt = null;
    return reply.code(204).send();
  });
  app.post('/api/desk/notices/:id/read', (request, reply) => {
    read.set((request.params as { id: string }).id, demoNow());
    return reply.code(204).send();
  });
  app.get('/api/floor/rests', () => ({
    open: rests.filter(({ overAt }) => overAt === null),
    past: rests.filter(({ overAt }) => overAt !== null),
    quotas,
  }));
  app.post('/api/floor/rests/decide', () => ({ rows: [] }));
  app.get('/api/floor/notices', () => ({ rows: notices }));
  app.post('/api/floor/notices', () => ({ id: 'n-9' }));
  app.get('/api/floor/notices/:id/receipts', () => ({
    read: rests.map(({ agentName, seatId, askedAt }) => ({ name: agentName, seatId, at: askedAt })),
    unread: rests.slice(0, 4).map(({ agentName, seatId }) => ({ name: agentName, seatId })),
  }));
  app.get('/api/floor/alerts', () => ({ rows: alerts.filter(({ overAt }) => overAt === null) }));
  app.get('/api/floor/alerts/history', () => ({ rows: alerts }));
  app.get('/api/floor/plans', () => ({ rows: plans }));
  app.get('/api/floor/plans/:id/preview', () => preview());
  app.post('/api/floor/plans/:id/apply', () => planRuns[0]);
  app.get('/api/floor/plan-runs', () => ({ rows: planRuns }));
  app.get('/api/floor/waiting', (request) => ({
    rows: waiting((request.query as { queue: string }).queue),
  }));
  app.get('/api/floor/wall', () => ({
    notices: deskNotices().map(({ readAt: _readAt, ...one }) => one),
    normal,
    days: 4,
  }));
  app.get('/api/emergency', state);
  app.post('/api/emergency', (request) => {
    begin((request.body as { profileId: string }).profileId);
    return state();
  });
  app.delete('/api/emergency', () => {
    on = null;
    return state();
  });
  /** What is going on while a picture is taken. */
  app.post('/mock/leading', (request) => {
    const wanted = request.body as { emergency?: boolean; rest?: boolean; read?: boolean };
    on = null;
    if (wanted.emergency) begin('typhoon');
    isAsking = wanted.rest ?? false;
    if (wanted.read ?? true) read.set('n-1', demoNow());
    else read.delete('n-1');
    return { ok: true };
  });
}
