import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { EmergencyService } from './emergency.ts';
import type { PlanService } from './plans.ts';
import { emergencySchema, planPreviewSchema, planRunSchema, planSchema } from './schema.ts';

const byOf = (request: FastifyRequest) => ({ person: personOf(request), ip: request.ip });
const idParams = z.strictObject({ id: z.string().max(40) });
const rows = <T extends z.ZodType>(row: T) => ({ 200: z.object({ rows: z.array(row) }) });
const leads = { permission: 'floor.lead' } as const;
const tags = ['floor'];

/** Saved plans and the emergency switch. */
export function registerPlanRoutes(
  app: YihaoServer,
  { plans, emergency }: { plans: PlanService; emergency: EmergencyService },
): void {
  app.get(
    '/api/floor/plans',
    // Also for who writes an emergency profile, which names a plan.
    { config: { permission: 'hotline.read' }, schema: { tags, response: rows(planSchema) } },
    () => ({ rows: plans.list() }),
  );
  app.post(
    '/api/floor/plans',
    {
      config: leads,
      schema: {
        tags,
        body: z.strictObject({
          name: z.string().trim().min(1).max(40),
          replace: z.boolean().default(false),
        }),
        response: { 200: planSchema },
      },
    },
    (request) => plans.save(request.body.name, request.body.replace, byOf(request)),
  );
  app.delete(
    '/api/floor/plans/:id',
    { config: leads, schema: { tags, params: idParams, response: { 204: z.null() } } },
    async (request, reply) => {
      plans.remove(request.params.id, byOf(request));
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/floor/plans/:id/preview',
    { config: leads, schema: { tags, params: idParams, response: { 200: planPreviewSchema } } },
    (request) => plans.preview(request.params.id),
  );
  app.post(
    '/api/floor/plans/:id/apply',
    { config: leads, schema: { tags, params: idParams, response: { 200: planRunSchema } } },
    (request) => plans.apply(request.params.id, byOf(request)),
  );
  app.get(
    '/api/floor/plan-runs',
    { config: leads, schema: { tags, response: rows(planRunSchema) } },
    () => ({ rows: plans.runs() }),
  );
  app.post(
    '/api/floor/plan-runs/:id/undo',
    { config: leads, schema: { tags, params: idParams, response: { 200: planRunSchema } } },
    (request) => plans.undo(request.params.id, byOf(request)),
  );
  registerEmergency(app, emergency);
}

function registerEmergency(app: YihaoServer, emergency: EmergencyService): void {
  const response = { 200: emergencySchema };
  app.get(
    '/api/emergency',
    { config: { permission: 'signed-in' }, schema: { tags, response } },
    () => emergency.state(),
  );
  app.post(
    '/api/emergency',
    {
      config: leads,
      schema: { tags, body: z.strictObject({ profileId: z.string().max(40) }), response },
    },
    (request) => emergency.begin(request.body.profileId, byOf(request)),
  );
  app.delete('/api/emergency', { config: leads, schema: { tags, response } }, (request) =>
    emergency.end(byOf(request)),
  );
}
