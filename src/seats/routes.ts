import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { maskNumber } from '../kit/mask.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { registerControlRoutes } from './control-routes.ts';
import type { DeskService } from './desk.ts';
import type { Experts } from './experts.ts';
import {
  deskSchema,
  newSeatSchema,
  phoneSchema,
  seatChangeSchema,
  seatChoiceSchema,
  seatSchema,
  type Targets,
} from './schema.ts';
import type { SeatsService } from './service.ts';

interface SeatRoutes {
  seats: SeatsService;
  desk: DeskService;
  audit: Auditor;
  nameOf(personId: string): string;
  /** Calls the telephone outside again that is the phone of a seat; throws `not-now`. */
  callAgain(seatId: string): void;
  /** The screen-pop belongs to the calls; here it is only passed on. */
  pop: { schema: z.ZodType; of(personId: string): unknown };
  /** Whom agents can bring into a call. */
  targets(): Targets;
  experts: Pick<Experts, 'target'>;
}

const seatParams = z.strictObject({ id: z.string().max(10) });
const deskReply = z.object({ desk: deskSchema.nullable() });

/** Everything an agent does at the seat: `/api/desk`. */
export function registerDeskRoutes(app: YihaoServer, deps: SeatRoutes): void {
  const { desk, seats, audit, nameOf, pop } = deps;
  const config = { permission: 'desk.use' } as const;

  app.get(
    '/api/desk',
    {
      config,
      schema: {
        tags: ['desk'],
        response: { 200: deskReply.extend({ pop: pop.schema.nullable() }) },
      },
    },
    (request) => {
      const { id } = personOf(request);
      return { desk: desk.of(id), pop: pop.of(id) };
    },
  );
  app.get(
    '/api/desk/seats',
    {
      config,
      schema: { tags: ['desk'], response: { 200: z.object({ rows: z.array(seatChoiceSchema) }) } },
    },
    () => ({ rows: desk.choices(nameOf) }),
  );
  app.post(
    '/api/desk/sign-in',
    {
      config,
      schema: {
        tags: ['desk'],
        body: z.strictObject({ seatId: z.string().max(10) }),
        response: { 200: deskReply },
      },
    },
    (request) => {
      const person = personOf(request);
      const { seatId } = request.body;
      const signedIn = desk.signIn(person.id, seatId);
      audit({ person, ip: request.ip, action: 'seat.sign-in', subject: `seat:${seatId}` });
      return { desk: signedIn };
    },
  );
  app.post(
    '/api/desk/phone',
    { config, schema: { tags: ['desk'], response: { 200: phoneSchema } } },
    (request) => {
      const { id } = personOf(request);
      return seats.newBrowserPhone(desk.seatOf(id), id);
    },
  );
  app.put(
    '/api/desk/note',
    {
      config,
      schema: {
        tags: ['desk'],
        body: z.strictObject({
          note: z.string().max(4_000),
          resultCode: z.string().max(40).nullable(),
        }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      desk.note(personOf(request).id, request.body.note, request.body.resultCode);
      return reply.code(204).send(null);
    },
  );
  registerLineRoute(app, deps);
  registerDeskVerbs(app, desk);
  registerControlRoutes(app, deps);
}

/** The agent has the telephone outside called again that is the seat's phone. */
function registerLineRoute(app: YihaoServer, { desk, audit, callAgain }: SeatRoutes): void {
  const config = { permission: 'desk.use' } as const;
  app.post(
    '/api/desk/line',
    { config, schema: { tags: ['desk'], response: { 200: deskReply } } },
    (request) => {
      const person = personOf(request);
      const seatId = desk.seatOf(person.id);
      audit({ person, ip: request.ip, action: 'seat.call-line', subject: `seat:${seatId}` });
      callAgain(seatId);
      return { desk: desk.of(person.id) };
    },
  );
}

type Verb = (agentId: string) => ReturnType<DeskService['of']>;

function registerDeskVerbs(app: YihaoServer, desk: DeskService): void {
  const config = { permission: 'desk.use' } as const;
  const verbs: Record<string, Verb> = {
    'sign-out': (id) => desk.signOut(id),
    ready: (id) => desk.ready(id),
    'wrap-up/extend': (id) => desk.extendWrapUp(id),
    'wrap-up/done': (id) => desk.finishWrapUp(id),
  };
  for (const [verb, act] of Object.entries(verbs)) {
    app.post(
      `/api/desk/${verb}`,
      { config, schema: { tags: ['desk'], response: { 200: deskReply } } },
      (request) => ({ desk: act(personOf(request).id) }),
    );
  }
  const requests = ['hold', 'resume', 'hang-up', 'release', 'rejoin'] as const;
  for (const request of requests) {
    app.post(
      `/api/desk/${request}`,
      { config, schema: { tags: ['desk'], response: { 200: deskReply } } },
      async (http) => ({ desk: await desk.ask(personOf(http).id, request) }),
    );
  }
  app.post(
    '/api/desk/not-ready',
    {
      config,
      schema: {
        tags: ['desk'],
        body: z.strictObject({ reason: z.string().max(40) }),
        response: { 200: deskReply },
      },
    },
    (request) => ({ desk: desk.notReady(personOf(request).id, request.body.reason) }),
  );
}

/** An agent's own telephone number leaves the house masked. */
function masked<T extends { number?: string | null | undefined }>(seat: T): T {
  return seat.number ? { ...seat, number: maskNumber(seat.number) } : { ...seat };
}

/** Seats as administrators arrange them: `/api/seats`. Every change is audited. */
export function registerSeatRoutes(app: YihaoServer, { seats, audit }: SeatRoutes): void {
  const config = { permission: 'seats.change' } as const;
  const tags = ['seats'];

  app.get(
    '/api/seats',
    {
      config: { permission: 'seats.read' },
      schema: { tags, response: { 200: z.object({ rows: z.array(seatSchema) }) } },
    },
    () => ({ rows: seats.all().map(masked) }),
  );
  app.post(
    '/api/seats',
    { config, schema: { tags, body: newSeatSchema, response: { 200: seatSchema } } },
    (request) => {
      const seat = seats.create(request.body);
      const subject = `seat:${seat.id}`;
      const detail = masked(request.body);
      audit({ person: personOf(request), ip: request.ip, action: 'seat.create', subject, detail });
      return masked(seat);
    },
  );
  app.patch(
    '/api/seats/:id',
    {
      config,
      schema: { tags, params: seatParams, body: seatChangeSchema, response: { 200: seatSchema } },
    },
    (request) => {
      const { id } = request.params;
      const seat = seats.change(id, request.body);
      const subject = `seat:${id}`;
      const detail = masked(request.body);
      audit({ person: personOf(request), ip: request.ip, action: 'seat.change', subject, detail });
      return masked(seat);
    },
  );
  app.post(
    '/api/seats/:id/phone',
    { config, schema: { tags, params: seatParams, response: { 200: phoneSchema } } },
    async (request) => {
      const { id } = request.params;
      const phone = await seats.newPhone(id);
      const subject = `seat:${id}`;
      audit({ person: personOf(request), ip: request.ip, action: 'seat.new-phone', subject });
      return phone;
    },
  );
  app.delete(
    '/api/seats/:id',
    { config, schema: { tags, params: seatParams, response: { 204: z.null() } } },
    async (request, reply) => {
      const { id } = request.params;
      await seats.remove(id);
      const subject = `seat:${id}`;
      audit({ person: personOf(request), ip: request.ip, action: 'seat.remove', subject });
      return reply.code(204).send(null);
    },
  );
}
