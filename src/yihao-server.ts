import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Permission, Person } from './access.ts';
import { AppError } from './kit/errors.ts';

/** The web server as the slices see it: schemas in, typed requests out. Built in `src/http`. */
export type YihaoServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/**
 * What a route asks of who comes: a permission, any session, or nothing. Every route says one of
 * these as `config: { permission }`; one that does not stops the server from starting.
 */
export type RouteAccess = Permission | 'signed-in' | 'public';

/** A live session. Its id is known to the server only and signs nobody in. */
export interface Session {
  sessionId: string;
  person: Person;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    permission?: RouteAccess;
    /** Open to a person who still has to replace the one-time password. */
    beforePasswordChange?: boolean;
  }
  interface FastifyRequest {
    /** Set by the guard on every route, also on a public one when somebody is signed in. */
    session: Session | null;
    /** May the person who asks do this? For rules beyond the route's own permission. */
    may(permission: Permission): boolean;
  }
}

/** Who asks. On a route that is not `public` there always is somebody. */
export function personOf(request: FastifyRequest): Person {
  if (request.session === null) throw new AppError('sign-in-needed');
  return request.session.person;
}
