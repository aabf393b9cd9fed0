import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { AlertService } from './alerts.ts';
import type { EmergencyService } from './emergency.ts';
import type { NoticeService } from './notices.ts';
import { registerPlanRoutes } from './plan-routes.ts';
import type { PlanService } from './plans.ts';
import type { RestService } from './rests.ts';
import {
  alertRowSchema,
  askRestSchema,
  decideRestsSchema,
  deskNewsSchema,
  newNoticeSchema,
  noticeSchema,
  receiptsSchema,
  restSchema,
  restsSchema,
  type WaitingCaller,
  type WallNews,
  waitingSchema,
  wallNewsSchema,
} from './schema.ts';

/** Everything leading can do; `app` puts it together. */
export interface Leading {
  rests: RestService;
  notices: NoticeService;
  alerts: AlertService;
  plans: PlanService;
  emergency: EmergencyService;
  waiting: (queueId: string | undefined) => WaitingCaller[];
  wallNews: () => WallNews;
}

const byOf = (request: FastifyRequest) => ({ person: personOf(request), ip: request.ip });
const done = { 204: z.null() };
const idParams = z.strictObject({ id: z.string().max(40) });
const rows = <T extends z.ZodType>(row: T) => ({ 200: z.object({ rows: z.array(row) }) });

const atDesk = { permission: 'desk.use' } as const;
const leads = { permission: 'floor.lead' } as const;
const watches = { permission: 'floor.watch' } as const;
const tags = ['floor'];

/** `/api/desk/…` for agents, `/api/floor/…` for leaders. Every act is in the audit. */
export function registerLeadingRoutes(app: YihaoServer, leading: Leading): void {
  registerDeskNews(app, leading);
  registerRests(app, leading);
  registerNotices(app, leading);
  registerAlerts(app, leading);
  registerPlanRoutes(app, leading);
  app.get(
    '/api/floor/waiting',
    {
      config: leads,
      schema: {
        tags,
        querystring: z.strictObject({ queue: z.string().max(40).optional() }),
        response: rows(waitingSchema),
      },
    },
    (request) => ({ rows: leading.waiting(request.query.queue) }),
  );
  app.get(
    '/api/floor/wall',
    { config: watches, schema: { tags, response: { 200: wallNewsSchema } } },
    () => leading.wallNews(),
  );
}

/** What an agent asks for and is told. */
function registerDeskNews(app: YihaoServer, leading: Leading): void {
  const { rests, notices, alerts } = leading;
  const schema = { tags: ['desk'], response: done };

  app.get(
    '/api/desk/news',
    { config: atDesk, schema: { tags: ['desk'], response: { 200: deskNewsSchema } } },
    (request) => {
      const { id } = personOf(request);
      return {
        rest: rests.of(id),
        notices: notices.atDesk(id),
        handUpAt: alerts.handUpAt(id),
      };
    },
  );
  app.post(
    '/api/desk/rest',
    {
      config: atDesk,
      schema: { tags: ['desk'], body: askRestSchema, response: { 200: restSchema } },
    },
    (request) => rests.ask(request.body, byOf(request)),
  );
  app.delete('/api/desk/rest', { config: atDesk, schema }, async (request, reply) => {
    rests.withdraw(byOf(request));
    return reply.code(204).send(null);
  });
  app.post('/api/desk/hand', { config: atDesk, schema }, async (request, reply) => {
    alerts.raiseHand(byOf(request));
    return reply.code(204).send(null);
  });
  app.delete('/api/desk/hand', { config: atDesk, schema }, async (request, reply) => {
    alerts.lowerHand(byOf(request));
    return reply.code(204).send(null);
  });
  app.post(
    '/api/desk/notices/:id/read',
    { config: atDesk, schema: { ...schema, params: idParams } },
    async (request, reply) => {
      notices.read(request.params.id, byOf(request));
      return reply.code(204).send(null);
    },
  );
}

function registerRests(app: YihaoServer, { rests }: Leading): void {
  app.get(
    '/api/floor/rests',
    { config: leads, schema: { tags, response: { 200: restsSchema } } },
    () => rests.list(),
  );
  app.post(
    '/api/floor/rests/decide',
    { config: leads, schema: { tags, body: decideRestsSchema, response: rows(restSchema) } },
    (request) => ({ rows: rests.decide(request.body, byOf(request)) }),
  );
}

function registerNotices(app: YihaoServer, { notices }: Leading): void {
  app.get(
    '/api/floor/notices',
    { config: leads, schema: { tags, response: rows(noticeSchema) } },
    () => ({ rows: notices.list() }),
  );
  app.post(
    '/api/floor/notices',
    {
      config: leads,
      schema: { tags, body: newNoticeSchema, response: { 200: z.object({ id: z.string() }) } },
    },
    (request) => ({ id: notices.post(request.body, byOf(request)) }),
  );
  app.delete(
    '/api/floor/notices/:id',
    { config: leads, schema: { tags, params: idParams, response: done } },
    async (request, reply) => {
      notices.withdraw(request.params.id, byOf(request));
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/floor/notices/:id/receipts',
    { config: leads, schema: { tags, params: idParams, response: { 200: receiptsSchema } } },
    (request) => notices.receipts(request.params.id),
  );
}

const historyQuery = z.strictObject({
  before: z.coerce.number().int().max(8e15).default(8e15),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

function registerAlerts(app: YihaoServer, { alerts }: Leading): void {
  app.get(
    '/api/floor/alerts',
    { config: leads, schema: { tags, response: rows(alertRowSchema) } },
    () => ({ rows: alerts.open() }),
  );
  app.get(
    '/api/floor/alerts/history',
    { config: leads, schema: { tags, querystring: historyQuery, response: rows(alertRowSchema) } },
    (request) => ({ rows: alerts.list(request.query.before, request.query.limit) }),
  );
  app.post(
    '/api/floor/alerts/acknowledge',
    {
      config: leads,
      schema: {
        tags,
        body: z.strictObject({ ids: z.array(z.string().max(40)).min(1).max(500) }),
        response: done,
      },
    },
    async (request, reply) => {
      alerts.acknowledge(request.body.ids, byOf(request));
      return reply.code(204).send(null);
    },
  );
}
