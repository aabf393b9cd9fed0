import { z } from 'zod';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import {
  hotlineChangeSchema,
  hotlineStateSchema,
  problemsSchema,
  versionSchema,
} from './schema.ts';
import type { HotlineService } from './service.ts';

/** The configuration of the hotline and its versions: `/api/hotline`. */
export function registerHotlineRoutes(app: YihaoServer, hotline: HotlineService): void {
  const config = { permission: 'hotline.change' } as const;
  const tags = ['hotline'];

  app.get(
    '/api/hotline',
    // Every console needs names of queues, reasons and results.
    {
      config: { permission: 'signed-in' },
      schema: { tags, response: { 200: hotlineStateSchema } },
    },
    () => hotline.state(),
  );
  app.put(
    '/api/hotline',
    { config, schema: { tags, body: hotlineChangeSchema, response: { 200: hotlineStateSchema } } },
    (request) => hotline.change(request.body, { person: personOf(request), ip: request.ip }),
  );
  app.post(
    '/api/hotline/check',
    {
      config,
      schema: {
        tags,
        body: z.strictObject({ hotline: z.unknown() }),
        response: { 200: problemsSchema },
      },
    },
    (request) => ({ problems: hotline.check(request.body.hotline) }),
  );
  app.get(
    '/api/hotline/versions',
    {
      config: { permission: 'hotline.read' },
      schema: { tags, response: { 200: z.object({ rows: z.array(versionSchema) }) } },
    },
    () => ({ rows: hotline.versions() }),
  );
  app.get(
    '/api/hotline/versions/:version',
    {
      config: { permission: 'hotline.read' },
      schema: {
        tags,
        params: z.strictObject({ version: z.coerce.number().int() }),
        response: { 200: hotlineStateSchema },
      },
    },
    (request) => hotline.version(request.params.version),
  );
}
