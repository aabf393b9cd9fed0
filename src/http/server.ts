import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, LogController, type RouteOptions } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { ServerConfig } from '../../config/server.ts';
import { AppError } from '../kit/errors.ts';
import type { Log } from '../kit/log.ts';
import { projectRoot } from '../kit/root.ts';
import type { Session, YihaoServer } from '../yihao-server.ts';
import { registerConsole } from './console.ts';
import { installGuards } from './guards.ts';
import { type Readiness, registerHealthRoutes } from './health.ts';
import { handleError, sendProblem } from './problem.ts';

const MEGABYTE = 1_048_576;
const MAX_FILE_BYTES = 10 * MEGABYTE;
/** A file with the form around it. */
const MAX_UPLOAD_BYTES = 11 * MEGABYTE;
/** A connection that has not said what it wants by then (no request, or a header in drops) is cut. */
const HEADERS_WITHIN_MS = 10_000;
/** How often the connections are looked through for such ones. */
const LOOK_EVERY_MS = 2_000;

export interface ServerOptions {
  config: Pick<ServerConfig, 'http' | 'rateLimit'>;
  log: Log;
  sessionOf: (cookieHeader: string | undefined) => Session | null;
  readiness: () => Readiness;
  /** Folder of the built console; tests give another one. */
  consoleFolder?: string;
}

/**
 * The web server with every option in one place, so that tests run what production runs. The caller
 * adds the slices' routes, then listens.
 */
export async function createServer(options: ServerOptions): Promise<YihaoServer> {
  const app = bareServer(options);
  installGuards(app, {
    sessionOf: options.sessionOf,
    publicOrigins: options.config.http.publicOrigins,
  });
  await installPlugins(app, options);
  registerHealthRoutes(app, options.readiness);
  app.get('/api/openapi.json', { config: { permission: 'public' }, schema: { hide: true } }, () =>
    app.swagger(),
  );
  await registerConsole(app, options.consoleFolder ?? join(projectRoot, 'web/dist'));
  return app;
}

function bareServer({ config, log }: ServerOptions): YihaoServer {
  const { trustedProxies } = config.http;
  const loggerInstance: FastifyBaseLogger = log;
  const app: YihaoServer = fastify({
    loggerInstance,
    // One line per request would drown what matters; failures are logged where they are handled.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MEGABYTE,
    requestTimeout: 30_000,
    http: { headersTimeout: HEADERS_WITHIN_MS, connectionsCheckingInterval: LOOK_EVERY_MS },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new AppError('not-found')));
  return app;
}

async function installPlugins(app: YihaoServer, { config }: ServerOptions): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity },
    // Inside a city's own network the server often stands on plain HTTP; a proxy adds HSTS.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onSend', async ({ url }, reply) => {
    reply.header('permissions-policy', 'microphone=(self), camera=(), geolocation=()');
    // What people may see stays on no disk: the next one at the machine may be somebody else.
    if (url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store');
    }
  });
  await app.register(rateLimit, {
    max: config.rateLimit.perMinute,
    timeWindow: 60_000,
    // A hall of seats stands behind one address: who is signed in is counted alone.
    keyGenerator: (request) => request.session?.sessionId ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) =>
      new AppError('too-many-requests', { seconds: Math.ceil(ttl / 1_000) }),
  });
  await app.register(cookie);
  app.addHook('onRequest', async (request, reply) => {
    if (!isTooLargeUpload(request.headers)) return;
    reply.header('connection', 'close');
    throw new AppError('too-large');
  });
  await app.register(multipart, {
    limits: { files: 1, fileSize: MAX_FILE_BYTES, fields: 10, parts: 11, fieldSize: 10_000 },
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Yihao 一号', version: '1', description: '12345 hotline server' },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'yihao_session' } },
      },
      security: [{ session: [] }],
    },
    transform(route) {
      const { schema, url } = jsonSchemaTransform(route);
      return { url, schema: Object.assign({}, schema, accessOf(route.route)) };
    },
    transformObject: jsonSchemaTransformObject,
  });
}

/** Refused before it comes: the form's own limits would let all of it arrive and throw it away. */
function isTooLargeUpload(headers: IncomingHttpHeaders): boolean {
  if (!headers['content-type']?.startsWith('multipart/')) return false;
  // Also when it does not say how much it is; browsers do.
  return !(Number(headers['content-length'] ?? Number.NaN) <= MAX_UPLOAD_BYTES);
}

/** OpenAPI has no word for roles: each operation says whom it lets in as `x-permission`. */
function accessOf({ config }: RouteOptions): object {
  return { 'x-permission': config?.permission };
}

/** No foreign script, no inline script. antd writes its styles at run time, so styles may be inline. */
const contentSecurity = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  // Socket.IO and the SIP WebSocket of this very server.
  connectSrc: ["'self'"],
  mediaSrc: ["'self'", 'blob:', 'mediastream:'],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};
