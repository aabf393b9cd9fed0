import type { FastifyRequest, RouteOptions } from 'fastify';
import { permissions } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import { mayWith } from '../people/rules.ts';
import type { RouteAccess, Session, YihaoServer } from '../yihao-server.ts';

const accesses: ReadonlySet<string> = new Set([...permissions, 'signed-in', 'public']);
const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface GuardOptions {
  sessionOf: (cookieHeader: string | undefined) => Session | null;
  /** Origins besides our own that may send changes. */
  publicOrigins: readonly string[];
}

/**
 * Nobody passes unasked: every route must say whom it lets in, every change must come from our own
 * pages or from a program that says so, and a one-time password opens nothing but its replacement.
 */
export function installGuards(app: YihaoServer, options: GuardOptions): void {
  app.decorateRequest('session', null);
  app.decorateRequest('may', function may(permission) {
    return this.session !== null && mayWith(this.session.person.roles, permission);
  });
  app.addHook('onRoute', refuseUndeclared);
  app.addHook('onRequest', async (request) => {
    request.session = options.sessionOf(request.headers.cookie);
  });
  // A step later than the rate limit, which so counts the refused as well; before any body is read.
  app.addHook('preParsing', async (request) => {
    if (!harmless.has(request.method)) checkOrigin(request, options.publicOrigins);
    checkAccess(request);
  });
}

function refuseUndeclared(route: RouteOptions): void {
  const access = route.config?.permission;
  if (access !== undefined && accesses.has(access)) return;
  throw new Error(`${String(route.method)} ${route.url} declares no permission`);
}

function checkAccess(request: FastifyRequest): void {
  const { config } = request.routeOptions;
  const access: RouteAccess | undefined = config.permission;
  // An address nobody serves: the not-found reply needs no session.
  if (access === 'public' || request.is404) return;
  if (request.session === null) throw new AppError('sign-in-needed');
  if (request.session.person.mustChangePassword && config.beforePasswordChange !== true) {
    throw new AppError('password-change-needed');
  }
  if (access === 'signed-in') return;
  if (access === undefined || !request.may(access)) throw new AppError('forbidden');
}

function checkOrigin(request: FastifyRequest, publicOrigins: readonly string[]): void {
  if (!isOwnOrigin(request.headers, publicOrigins)) throw new AppError('foreign-origin');
}

/**
 * Does a request come from our own pages? Browsers always send `Origin` with a change or a
 * WebSocket; a program sends none and says `X-Yihao: 1`, which no foreign page can add.
 */
export function isOwnOrigin(
  headers: FastifyRequest['headers'],
  publicOrigins: readonly string[],
): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return headers['x-yihao'] === '1';
  if (publicOrigins.includes(origin)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
