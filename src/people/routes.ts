import '@fastify/cookie';
import '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Person } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import { personOf, type Session, type YihaoServer } from '../yihao-server.ts';
import type { Audit } from './audit.ts';
import { permissionsOf } from './rules.ts';
import {
  auditFilterSchema,
  auditPageSchema,
  type Me,
  meSchema,
  newPersonSchema,
  passwordChangeSchema,
  personChangeSchema,
  personNameSchema,
  personSchema,
  personWithPasswordSchema,
  signInSchema,
} from './schema.ts';
import type { Actor, People } from './service.ts';
import { SESSION_COOKIE, type Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';

export interface PeopleRoutesDeps {
  people: People;
  signIn: SignIn;
  sessions: Sessions;
  audit: Audit;
  /** Sign-ins one address may try in a minute. */
  signInPerMinute: number;
}

export function registerPeopleRoutes(app: YihaoServer, deps: PeopleRoutesDeps): void {
  registerSessionRoutes(app, deps);
  registerAccountRoutes(app, deps);
  registerPasswordRoutes(app, deps);
  app.get(
    '/api/audit',
    {
      config: { permission: 'audit.read' },
      schema: { querystring: auditFilterSchema, response: { 200: auditPageSchema } },
    },
    (request) => deps.audit.list(request.query),
  );
}

function registerSessionRoutes(app: YihaoServer, { signIn, sessions, ...deps }: PeopleRoutesDeps) {
  const own = { permission: 'signed-in', beforePasswordChange: true } as const;
  const me = { response: { 200: meSchema } };
  const perAddress = {
    max: deps.signInPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request: FastifyRequest) => request.ip,
  };
  app.post(
    '/api/session',
    {
      config: { permission: 'public', rateLimit: perAddress },
      schema: { body: signInSchema, ...me },
    },
    async (request, reply) => {
      const { login, password } = request.body;
      const userAgent = request.headers['user-agent'] ?? '';
      const token = await signIn.signIn(login, password, { ip: request.ip, userAgent });
      const session = sessions.ofCookie(`${SESSION_COOKIE}=${token}`);
      if (session === null) throw new AppError('sign-in-failed');
      // A browser that was signed in as somebody else gives that session up.
      if (request.session !== null) sessions.end(request.session.sessionId, 'revoked');
      const secure = request.protocol === 'https';
      const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
      return reply.setCookie(SESSION_COOKIE, token, cookie).send(meOf(session.person));
    },
  );
  app.get('/api/session', { config: own, schema: me }, (request) => meOf(personOf(request)));
  app.delete('/api/session', { config: own, schema: noContent }, async (request, reply) => {
    signIn.signOut(sessionIn(request), request.ip);
    return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send(null);
  });
  app.post(
    '/api/session/password',
    { config: own, schema: { body: passwordChangeSchema, ...me } },
    async (request) => {
      const { oldPassword, newPassword } = request.body;
      await signIn.changePassword(sessionIn(request), oldPassword, newPassword, request.ip);
      return meOf({ ...personOf(request), mustChangePassword: false });
    },
  );
}

function registerAccountRoutes(app: YihaoServer, { people }: PeopleRoutesDeps): void {
  app.get(
    '/api/people',
    {
      config: { permission: 'people.read' },
      schema: { response: { 200: z.object({ rows: z.array(personSchema) }) } },
    },
    () => ({ rows: people.list() }),
  );
  app.get(
    '/api/people/names',
    {
      config: { permission: 'signed-in' },
      schema: { response: { 200: z.object({ rows: z.array(personNameSchema) }) } },
    },
    () => ({ rows: people.names() }),
  );
  app.post(
    '/api/people',
    {
      config: { permission: 'people.change' },
      schema: { body: newPersonSchema, response: { 200: personWithPasswordSchema } },
    },
    (request) => people.add(request.body, actorOf(request)),
  );
  app.patch(
    '/api/people/:id',
    {
      config: { permission: 'people.change' },
      schema: { params: byId, body: personChangeSchema, response: { 200: personSchema } },
    },
    (request) => people.change(request.params.id, request.body, actorOf(request)),
  );
}

function registerPasswordRoutes(app: YihaoServer, { people }: PeopleRoutesDeps): void {
  const config = { permission: 'people.change' } as const;
  app.post(
    '/api/people/:id/password',
    {
      config,
      schema: { params: byId, response: { 200: z.object({ password: z.string() }) } },
    },
    async (request) => ({
      password: await people.resetPassword(request.params.id, actorOf(request)),
    }),
  );
  app.delete(
    '/api/people/:id/sessions',
    { config, schema: { params: byId, ...noContent } },
    async (request, reply) => {
      people.revoke(request.params.id, actorOf(request));
      return reply.code(204).send(null);
    },
  );
}

const byId = z.object({ id: z.string().max(40) });
const noContent = { response: { 204: z.null() } };

function actorOf(request: FastifyRequest): Actor {
  return { person: personOf(request), ip: request.ip };
}

function sessionIn(request: FastifyRequest): Session {
  if (request.session === null) throw new AppError('sign-in-needed');
  return request.session;
}

/** The signed-in person as the console needs it. */
function meOf({ id, login, name, staffNo, roles, mustChangePassword }: Person): Me {
  const permissions = permissionsOf(roles);
  return { id, login, name, staffNo, roles, permissions, mustChangePassword };
}
