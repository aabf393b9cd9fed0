import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import {
  callerDetailsSchema,
  callerPageSchema,
  callerQuerySchema,
  callerRowSchema,
  importedSchema,
  newCallerSchema,
} from './schema.ts';
import type { Callers } from './service.ts';

const tags = ['callers'];
const params = z.strictObject({ id: z.string().max(40) });
const change = { permission: 'callers.change' } as const;
const by = (request: FastifyRequest) => ({ person: personOf(request), ip: request.ip });

/** Everything under `/api/callers`: the register of known callers. */
export function registerCallerRoutes(app: YihaoServer, callers: Callers): void {
  app.get(
    '/api/callers',
    {
      config: { permission: 'callers.read' },
      schema: { tags, querystring: callerQuerySchema, response: { 200: callerPageSchema } },
    },
    (request) => callers.page(request.query, by(request)),
  );
  app.post(
    '/api/callers',
    {
      config: change,
      schema: { tags, body: newCallerSchema, response: { 200: callerRowSchema } },
    },
    (request) => callers.add(request.body, by(request)),
  );
  app.put(
    '/api/callers/:id',
    {
      config: change,
      schema: { tags, params, body: callerDetailsSchema, response: { 200: callerRowSchema } },
    },
    (request) => callers.change(request.params.id, request.body, by(request)),
  );
  app.delete(
    '/api/callers/:id',
    { config: change, schema: { tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      callers.remove(request.params.id, by(request));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/callers/:id/number',
    {
      config: { permission: 'number.reveal' },
      schema: {
        tags,
        params,
        body: z.strictObject({ reason: z.string().trim().min(2).max(200) }),
        response: { 200: z.object({ number: z.string() }) },
      },
    },
    (request) => ({ number: callers.reveal(request.params.id, request.body.reason, by(request)) }),
  );
  app.post(
    '/api/callers/import',
    {
      config: change,
      schema: { tags, consumes: ['multipart/form-data'], response: { 200: importedSchema } },
    },
    async (request) => {
      const file = request.isMultipart() ? await request.file() : undefined;
      if (file === undefined) throw new AppError('invalid-input');
      return callers.importCsv(await file.toBuffer(), by(request));
    },
  );
}
