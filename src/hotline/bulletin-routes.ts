import '@fastify/multipart';
import { createReadStream, statSync } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { language } from '../../config/hotline.ts';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { type Bulletins, promptOfBulletin } from './bulletins.ts';
import type { Prompts } from './prompts.ts';
import { bulletinSchema, bulletinScope, newBulletinSchema } from './schema.ts';

const tags = ['bulletins'];
const lead = { permission: 'floor.lead' } as const;
const id = z.string().regex(/^[0-9A-Z]{26}$/);
const params = z.strictObject({ id });
const soundParams = z.strictObject({ id, language });
const rows = { response: { 200: z.object({ rows: z.array(bulletinSchema) }) } };
const one = { response: { 200: bulletinSchema } };
const by = (request: FastifyRequest) => ({ person: personOf(request), ip: request.ip });

/** Everything under `/api/bulletins`: what callers are told of incidents. */
export function registerBulletinRoutes(
  app: YihaoServer,
  bulletins: Bulletins,
  prompts: Prompts,
): void {
  registerReading(app, bulletins, prompts);
  app.post(
    '/api/bulletins',
    { config: lead, schema: { tags, body: newBulletinSchema, ...one } },
    (request) => bulletins.make(request.body, by(request)),
  );
  app.post(
    '/api/bulletins/:id/on',
    {
      config: lead,
      schema: {
        tags,
        params,
        /** Null = until switched off. */
        body: z.strictObject({ endsAt: z.int().nullable() }),
        ...one,
      },
    },
    (request) => bulletins.turn(request.params.id, true, by(request), request.body.endsAt),
  );
  app.post(
    '/api/bulletins/:id/off',
    { config: lead, schema: { tags, params, ...one } },
    (request) => bulletins.turn(request.params.id, false, by(request)),
  );
  app.put(
    '/api/bulletins/:id/scope',
    { config: lead, schema: { tags, params, body: bulletinScope, ...one } },
    (request) => bulletins.aim(request.params.id, request.body, by(request)),
  );
  app.put(
    '/api/bulletins/:id/sound/:language',
    {
      config: lead,
      schema: { tags, params: soundParams, consumes: ['multipart/form-data'], ...one },
    },
    async (request) => {
      const file = request.isMultipart() ? await request.file() : undefined;
      if (file === undefined) throw new AppError('bad-audio');
      const { id: bulletinId, language: spoken } = request.params;
      return bulletins.record(bulletinId, spoken, await file.toBuffer(), by(request));
    },
  );
}

function registerReading(app: YihaoServer, bulletins: Bulletins, prompts: Prompts): void {
  app.get('/api/bulletins', { config: lead, schema: { tags, ...rows } }, () => ({
    rows: bulletins.list(),
  }));
  app.get(
    '/api/bulletins/current',
    { config: { permission: 'signed-in' }, schema: { tags, ...rows } },
    () => ({ rows: bulletins.current() }),
  );
  app.get(
    '/api/bulletins/:id/sound/:language',
    { config: lead, exposeHeadRoute: false, schema: { tags, params: soundParams } },
    (request, reply) => {
      const { id: bulletinId, language: spoken } = request.params;
      const file = prompts.fileOf(spoken, promptOfBulletin(bulletinId));
      return reply
        .type('audio/wav')
        .header('content-length', statSync(file).size)
        .header('cache-control', 'no-cache')
        .send(createReadStream(file));
    },
  );
}
