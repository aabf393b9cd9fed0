import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { maskNumber } from '../kit/mask.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { DeskActs, DialTarget } from './acts.ts';
import { deskSchema } from './schema.ts';

const number = z.string().regex(/^\+?[0-9]{3,20}$/, 'a telephone number');
const queueId = z.string().max(40).optional();
const deskReply = z.object({ desk: deskSchema.nullable() });
const config = { permission: 'desk.use' } as const;
const schema = { tags: ['desk'], response: { 200: deskReply } };
const done = { 204: z.null() };

/** What an agent does beside taking a call: `/api/desk/…`. */
export function registerActRoutes(
  app: YihaoServer,
  { acts, audit }: { acts: DeskActs; audit: Auditor },
): void {
  registerDial(app, acts, audit);
  registerHelp(app, acts);
  app.post(
    '/api/desk/keys',
    {
      config,
      schema: {
        ...schema,
        body: z.strictObject({
          keys: z.string().regex(/^[0-9*#]{1,32}$/, 'telephone keys'),
          to: z.enum(['caller', 'party']),
        }),
      },
    },
    async (request) => {
      const { keys, to } = request.body;
      return { desk: await acts.sendKeys(personOf(request).id, keys, to) };
    },
  );
  app.post(
    '/api/desk/self-service',
    { config, schema: { ...schema, body: z.strictObject({ service: z.string().max(40) }) } },
    async (request) => ({
      desk: await acts.selfService(personOf(request).id, request.body.service),
    }),
  );
  app.put(
    '/api/desk/tags',
    {
      config,
      schema: {
        tags: ['desk'],
        body: z.strictObject({ tags: z.array(z.string().max(40)).max(20) }),
        response: done,
      },
    },
    async (request, reply) => {
      acts.tag(personOf(request).id, request.body.tags);
      return reply.code(204).send(null);
    },
  );
}

/** Every call an agent makes is in the audit, the number masked. */
function registerDial(app: YihaoServer, acts: DeskActs, audit: Auditor): void {
  app.post(
    '/api/desk/dial',
    {
      config,
      schema: {
        ...schema,
        body: z.union([
          z.strictObject({ number, queueId }),
          /** The caller of this call, whose number is not told. */
          z.strictObject({ callId: z.string().max(40), queueId }),
        ]),
      },
    },
    (request) => {
      const { body, ip } = request;
      const person = personOf(request);
      const seesAll = request.may('calls.read-all');
      const to: DialTarget = 'number' in body ? body : { ...body, seesAll };
      const desk = acts.dial(person.id, to);
      const subject = `call:${desk?.callId ?? ''}`;
      const detail = 'number' in body ? { number: maskNumber(body.number) } : { of: body.callId };
      audit({ person, ip, action: 'call.dial', subject, detail });
      return { desk };
    },
  );
}

function registerHelp(app: YihaoServer, acts: DeskActs): void {
  app.post(
    '/api/desk/help',
    { config, schema: { ...schema, body: z.strictObject({ hold: z.boolean() }) } },
    async (request) => ({ desk: await acts.help(personOf(request).id, request.body.hold) }),
  );
}
