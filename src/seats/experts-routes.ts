import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { maskNumber } from '../kit/mask.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { Experts } from './experts.ts';
import { type Expert, expertChoiceSchema, expertInputSchema, expertSchema } from './schema.ts';

const params = z.strictObject({ id: z.string().max(40) });
const tags = ['experts'];
const change = { permission: 'seats.change' } as const;

/** Expert positions: edited at `/api/experts`, every change audited; looked up at the desk. */
export function registerExpertRoutes(
  app: YihaoServer,
  { experts, audit }: { experts: Experts; audit: Auditor },
): void {
  const note = (request: FastifyRequest, action: string, expert: Pick<Expert, 'id'>, detail = {}) =>
    audit({
      person: personOf(request),
      ip: request.ip,
      action,
      subject: `expert:${expert.id}`,
      detail,
    });

  app.get(
    '/api/desk/experts',
    {
      config: { permission: 'desk.use' },
      schema: { tags, response: { 200: z.object({ rows: z.array(expertChoiceSchema) }) } },
    },
    () => ({ rows: experts.choices() }),
  );
  app.get(
    '/api/experts',
    {
      config: { permission: 'seats.read' },
      schema: { tags, response: { 200: z.object({ rows: z.array(expertSchema) }) } },
    },
    () => ({ rows: experts.all() }),
  );
  app.post(
    '/api/experts',
    { config: change, schema: { tags, body: expertInputSchema, response: { 200: expertSchema } } },
    (request) => {
      const made = experts.create(request.body);
      note(request, 'expert.create', made, detailOf(made));
      return made;
    },
  );
  app.put(
    '/api/experts/:id',
    {
      config: change,
      schema: { tags, params, body: expertInputSchema, response: { 200: expertSchema } },
    },
    (request) => {
      const changed = experts.change(request.params.id, request.body);
      note(request, 'expert.change', changed, detailOf(changed));
      return changed;
    },
  );
  app.delete(
    '/api/experts/:id',
    { config: change, schema: { tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      experts.remove(request.params.id);
      note(request, 'expert.remove', request.params);
      return reply.code(204).send(null);
    },
  );
}

/** For the audit: who and when, the number masked. */
function detailOf({ name, skill, seatId, number, enabled, roster }: Expert) {
  const masked = number === null ? null : maskNumber(number);
  return { name, skill, seatId, number: masked, enabled, roster };
}
