import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { unitSchema } from './schema.ts';
import type { Units } from './units.ts';

const tags = ['orders'];
const change = { permission: 'orders.change-rules' } as const;

const members = z.array(z.object({ personId: z.string(), unitId: z.string() }));

interface RulesRoutes {
  readonly units: Units;
  readonly audit: Auditor;
}

/** Units, and who acts for them. */
export function registerOrderRulesRoutes(app: YihaoServer, { units, audit }: RulesRoutes) {
  app.get(
    '/api/units',
    {
      config: { permission: 'orders.use' },
      schema: { tags, response: { 200: z.object({ rows: z.array(unitSchema) }) } },
    },
    () => ({ rows: units.all() }),
  );
  app.get(
    '/api/units/tree',
    {
      config: change,
      schema: { tags, response: { 200: z.object({ units: z.array(unitSchema), members }) } },
    },
    () => ({ units: units.all(), members: units.members() }),
  );
  app.put(
    '/api/units',
    { config: change, schema: { tags, body: unitSchema, response: { 200: unitSchema } } },
    (request) => {
      const unit = request.body;
      if (unit.parentId !== null) {
        if (!units.find(unit.parentId)) throw new AppError('not-found');
        if (units.isWithin(unit.parentId, unit.id))
          throw new AppError('conflict', { what: unit.id });
      }
      const kept = units.put(unit);
      audit({
        person: personOf(request),
        ip: request.ip,
        action: 'unit.changed',
        subject: `unit:${unit.id}`,
        detail: { ...kept },
      });
      return kept;
    },
  );
  app.put(
    '/api/units/members/:personId',
    {
      config: change,
      schema: {
        tags,
        params: z.strictObject({ personId: z.string().max(40) }),
        body: z.strictObject({ unitId: z.string().max(40).nullable() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { personId } = request.params;
      const { unitId } = request.body;
      if (unitId !== null && !units.find(unitId)) throw new AppError('not-found');
      units.assign(personId, unitId);
      audit({
        person: personOf(request),
        ip: request.ip,
        action: 'unit.member-changed',
        subject: `person:${personId}`,
        detail: { unitId },
      });
      return reply.code(204).send(null);
    },
  );
}
