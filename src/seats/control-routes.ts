import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { maskNumber } from '../kit/mask.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { DeskService } from './desk.ts';
import { deskSchema, type Targets, targetsSchema } from './schema.ts';

const number = z.string().regex(/^\+?[0-9]{3,20}$/, 'a telephone number');
const deskReply = z.object({ desk: deskSchema.nullable() });
const config = { permission: 'desk.use' } as const;
const schema = { tags: ['desk'], response: { 200: deskReply } };

/**
 * What an agent does with a call and further people: `/api/desk/…`. Every call to the outside is in
 * the audit, with the number masked.
 */
export function registerControlRoutes(
  app: YihaoServer,
  { desk, audit, targets }: { desk: DeskService; audit: Auditor; targets(): Targets },
): void {
  const note = (request: FastifyRequest, action: string, dialled: string) => {
    const person = personOf(request);
    const subject = `call:${desk.of(person.id)?.callId ?? ''}`;
    audit({ person, ip: request.ip, action, subject, detail: { number: maskNumber(dialled) } });
  };

  app.get(
    '/api/desk/targets',
    { config, schema: { tags: ['desk'], response: { 200: targetsSchema } } },
    targets,
  );
  app.post(
    '/api/desk/transfer',
    {
      config,
      schema: {
        ...schema,
        body: z.union([
          z.strictObject({ queueId: z.string().max(40) }),
          z.strictObject({ seatId: z.string().max(10) }),
          z.strictObject({ number }),
        ]),
      },
    },
    async (request) => {
      const { body } = request;
      if ('number' in body) note(request, 'call.transfer-outside', body.number);
      return { desk: await desk.transfer(personOf(request).id, body) };
    },
  );
  app.post(
    '/api/desk/conference',
    {
      config,
      schema: {
        ...schema,
        body: z.union([
          z.strictObject({ number }),
          z.strictObject({ seatId: z.string().max(10) }),
          /** One key: a code of the hotline's emergency numbers. */
          z.strictObject({ emergency: z.string().max(40) }),
        ]),
      },
    },
    async (request) => {
      const { body } = request;
      const { id } = personOf(request);
      if ('seatId' in body) return { desk: await desk.invite(id, body, false) };
      const dialled = 'number' in body ? body.number : desk.emergencyNumber(body.emergency);
      note(request, 'call.conference', dialled);
      return { desk: await desk.invite(id, { number: dialled }, false) };
    },
  );
  app.delete('/api/desk/conference', { config, schema }, async (request) => ({
    desk: await desk.ask(personOf(request).id, 'dismiss'),
  }));
  app.post(
    '/api/desk/consult',
    {
      config,
      schema: {
        ...schema,
        body: z.union([z.strictObject({ number }), z.strictObject({ seatId: z.string().max(10) })]),
      },
    },
    async (request) => {
      const { body } = request;
      if ('number' in body) note(request, 'call.consult', body.number);
      return { desk: await desk.invite(personOf(request).id, body, true) };
    },
  );
  registerPlainVerbs(app, desk);
}

/** What needs no word more than the verb. */
function registerPlainVerbs(app: YihaoServer, desk: DeskService): void {
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
