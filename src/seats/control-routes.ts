import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { maskNumber } from '../kit/mask.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { DeskService } from './desk.ts';
import type { Experts } from './experts.ts';
import { deskSchema, type Targets, targetsSchema } from './schema.ts';

const queue = z.strictObject({ queueId: z.string().max(40) });
const seat = z.strictObject({ seatId: z.string().max(10) });
const outside = z.strictObject({
  number: z.string().regex(/^\+?[0-9]{3,20}$/, 'a telephone number'),
});
/** One key: a code of the hotline's emergency numbers. */
const emergency = z.strictObject({ emergency: z.string().max(40) });
/** An expert position, wherever its expert on duty is. */
const expert = z.strictObject({ expertId: z.string().max(40) });
const deskReply = z.object({ desk: deskSchema.nullable() });
const config = { permission: 'desk.use' } as const;
const schema = { tags: ['desk'], response: { 200: deskReply } };

interface ControlRoutes {
  desk: DeskService;
  audit: Auditor;
  targets(): Targets;
  experts: Pick<Experts, 'target'>;
}

/** Whom an agent asks into a talk. */
type Who = z.infer<typeof outside | typeof seat | typeof emergency | typeof expert>;

/**
 * What an agent does with a call and further people: `/api/desk/…`. Every call to the outside is in
 * the audit, with the number masked.
 */
export function registerControlRoutes(
  app: YihaoServer,
  { desk, audit, targets, experts }: ControlRoutes,
): void {
  const note = noteOf(desk, audit);
  const whoIs = (body: Who) => {
    if ('emergency' in body) return { number: desk.emergencyNumber(body.emergency) };
    return 'expertId' in body ? experts.target(body.expertId) : body;
  };
  const invite = async (request: FastifyRequest, body: Who, verb: 'conference' | 'consult') => {
    const who = whoIs(body);
    if ('number' in who) note(request, `call.${verb}`, who.number);
    return { desk: await desk.invite(personOf(request).id, who, verb === 'consult') };
  };
  app.post(
    '/api/desk/transfer',
    { config, schema: { ...schema, body: z.union([queue, seat, outside, expert]) } },
    async (request) => {
      const { body } = request;
      const to = 'expertId' in body ? experts.target(body.expertId) : body;
      if ('number' in to) note(request, 'call.transfer-outside', to.number);
      return { desk: await desk.transfer(personOf(request).id, to) };
    },
  );
  app.post(
    '/api/desk/conference',
    { config, schema: { ...schema, body: z.union([outside, seat, emergency, expert]) } },
    (request) => invite(request, request.body, 'conference'),
  );
  app.post(
    '/api/desk/consult',
    { config, schema: { ...schema, body: z.union([outside, seat, expert]) } },
    (request) => invite(request, request.body, 'consult'),
  );
  registerPlainVerbs(app, desk, targets);
}

function noteOf(desk: DeskService, audit: Auditor) {
  return (request: FastifyRequest, action: string, dialled: string) => {
    const person = personOf(request);
    const subject = `call:${desk.of(person.id)?.callId ?? ''}`;
    audit({ person, ip: request.ip, action, subject, detail: { number: maskNumber(dialled) } });
  };
}

/** What needs no word more than the verb. */
function registerPlainVerbs(app: YihaoServer, desk: DeskService, targets: () => Targets): void {
  app.get(
    '/api/desk/targets',
    { config, schema: { tags: ['desk'], response: { 200: targetsSchema } } },
    targets,
  );
  app.delete('/api/desk/conference', { config, schema }, async (request) => ({
    desk: await desk.ask(personOf(request).id, 'dismiss'),
  }));
  const consultVerbs = {
    complete: 'hand-over',
    return: 'return',
    'three-way': 'resume',
  } as const;
  for (const [verb, asked] of Object.entries(consultVerbs)) {
    app.post(`/api/desk/consult/${verb}`, { config, schema }, async (request) => ({
      desk: await desk.ask(personOf(request).id, asked),
    }));
  }
  for (const verb of ['mute', 'unmute'] as const) {
    app.post(`/api/desk/${verb}`, { config, schema }, async (request) => ({
      desk: await desk.ask(personOf(request).id, verb),
    }));
  }
}
