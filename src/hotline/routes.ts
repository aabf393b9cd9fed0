import '@fastify/multipart';
import { createReadStream, statSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { Prompts } from './prompts.ts';
import {
  differenceSchema,
  hotlineChangeSchema,
  hotlineVersionSchema,
  previewSchema,
  problemsSchema,
  promptParams,
  promptSchema,
  rollbackSchema,
  versionSchema,
} from './schema.ts';
import type { Hotlines, TouchedBy } from './service.ts';

const tags = ['hotline'];

export function registerHotlineRoutes(
  app: YihaoServer,
  hotlines: Hotlines,
  touchedBy: TouchedBy,
): void {
  const whole = { response: { 200: hotlineVersionSchema } };
  app.get('/api/hotline', { config: { permission: 'signed-in' }, schema: { tags, ...whole } }, () =>
    hotlines.current(),
  );
  app.put(
    '/api/hotline',
    {
      config: { permission: 'hotline.change' },
      schema: { tags, body: hotlineChangeSchema, ...whole },
    },
    (request) => hotlines.change(request.body, personOf(request), request.ip),
  );
  app.get(
    '/api/hotline/versions',
    {
      config: { permission: 'hotline.read' },
      schema: { tags, response: { 200: z.object({ rows: z.array(versionSchema) }) } },
    },
    () => ({ rows: hotlines.versions() }),
  );
  app.get(
    '/api/hotline/versions/:version',
    {
      config: { permission: 'hotline.read' },
      schema: { tags, params: z.strictObject({ version: z.coerce.number().int() }), ...whole },
    },
    (request) => hotlines.version(request.params.version),
  );
  registerComparing(app, hotlines, touchedBy);
  app.post(
    '/api/hotline/check',
    {
      config: { permission: 'hotline.change' },
      schema: {
        tags,
        body: z.strictObject({ hotline: z.unknown() }),
        response: { 200: problemsSchema },
      },
    },
    (request) => ({ problems: hotlines.check(request.body.hotline) }),
  );
}

const versionParams = z.strictObject({ version: z.coerce.number().int() });

/** What a change would do before it is made, and the way back afterwards. */
function registerComparing(app: YihaoServer, hotlines: Hotlines, touchedBy: TouchedBy): void {
  app.post(
    '/api/hotline/preview',
    {
      config: { permission: 'hotline.change' },
      schema: {
        tags,
        body: z.strictObject({ hotline: z.unknown() }),
        response: { 200: previewSchema },
      },
    },
    (request) => hotlines.preview(request.body.hotline, touchedBy),
  );
  app.get(
    '/api/hotline/versions/:version/differences',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        params: versionParams,
        /** The version to compare with. */
        querystring: z.strictObject({ from: z.coerce.number().int() }),
        response: { 200: z.object({ differences: z.array(differenceSchema) }) },
      },
    },
    ({ params, query }) => ({ differences: hotlines.differences(query.from, params.version) }),
  );
  app.post(
    '/api/hotline/versions/:version/roll-back',
    {
      config: { permission: 'hotline.change' },
      schema: {
        tags,
        params: versionParams,
        body: rollbackSchema,
        response: { 200: hotlineVersionSchema },
      },
    },
    (request) =>
      hotlines.rollBack(request.params.version, request.body, personOf(request), request.ip),
  );
}

export function registerPromptRoutes(app: YihaoServer, prompts: Prompts): void {
  const change = { permission: 'hotline.change' } as const;
  const noContent = { response: { 204: z.null() } };
  app.get(
    '/api/prompts',
    {
      config: { permission: 'hotline.read' },
      schema: { tags, response: { 200: z.object({ rows: z.array(promptSchema) }) } },
    },
    () => ({ rows: prompts.list() }),
  );
  app.get(
    '/api/prompts/:language/:id/audio',
    { config: { permission: 'hotline.read' }, schema: { tags, params: promptParams } },
    (request, reply) => {
      const file = prompts.fileOf(request.params.language, request.params.id);
      return reply
        .type('audio/wav')
        .header('content-length', statSync(file).size)
        .header('cache-control', 'no-cache')
        .send(createReadStream(file));
    },
  );
  app.put(
    '/api/prompts/:language/:id',
    {
      config: change,
      schema: { tags, params: promptParams, consumes: ['multipart/form-data'], ...noContent },
    },
    async (request, reply) => {
      const { language, id } = request.params;
      const file = request.isMultipart() ? await request.file() : undefined;
      if (file === undefined) throw new AppError('bad-audio');
      const by = { person: personOf(request), ip: request.ip };
      await prompts.upload(language, id, await file.toBuffer(), by);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/prompts/:language/:id',
    { config: change, schema: { tags, params: promptParams, ...noContent } },
    async (request, reply) => {
      const { language, id } = request.params;
      prompts.remove(language, id, { person: personOf(request), ip: request.ip });
      return reply.code(204).send(null);
    },
  );
}
