import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { Intake } from './intake.ts';
import type { OrderReading } from './reading.ts';
import { newOrderSchema, orderSchema, similarQuerySchema, similarSchema } from './schema.ts';
import type { Visitor } from './service.ts';

const tags = ['orders'];
const use = { permission: 'orders.use' } as const;

const params = z.strictObject({ id: z.string().max(40) });
const visitorOf = (request: FastifyRequest): Visitor => ({
  person: personOf(request),
  ip: request.ip,
});

interface IntakeRoutes {
  readonly intake: Intake;
  readonly reading: OrderReading;
}

/** What agents need while they take a request down: repeats, changes of a draft, files. */
export function registerIntakeRoutes(app: YihaoServer, parts: IntakeRoutes): void {
  const { intake, reading } = parts;
  app.put(
    '/api/orders/:id',
    { config: use, schema: { tags, params, body: newOrderSchema, response: { 200: orderSchema } } },
    (request) => {
      intake.revise(request.params.id, request.body, visitorOf(request));
      return reading.one(request.params.id, visitorOf(request));
    },
  );
  // A number of a caller is no part of an address: addresses are written to logs.
  app.post(
    '/api/orders/similar',
    {
      config: use,
      schema: {
        tags,
        body: similarQuerySchema,
        response: { 200: z.object({ rows: z.array(similarSchema) }) },
      },
    },
    (request) => ({ rows: reading.similar(request.body, visitorOf(request)) }),
  );
  registerFiles(app, parts);
}

function registerFiles(app: YihaoServer, { intake, reading }: IntakeRoutes): void {
  app.post(
    '/api/orders/:id/files',
    {
      config: use,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        params,
        response: { 200: orderSchema },
      },
    },
    async (request) => {
      const file = request.isMultipart() ? await request.file() : undefined;
      if (file === undefined) throw new AppError('invalid-input');
      const visitor = visitorOf(request);
      const { id } = request.params;
      reading.one(id, visitor);
      intake.attach(id, { name: file.filename, content: await file.toBuffer() }, visitor);
      return reading.one(id, visitor);
    },
  );
  app.get(
    '/api/orders/:id/files/:fileId',
    {
      config: use,
      schema: {
        tags,
        params: z.strictObject({ id: z.string().max(40), fileId: z.string().max(40) }),
      },
    },
    async (request, reply) => {
      const visitor = visitorOf(request);
      const { id, fileId } = request.params;
      const { file, content } = reading.file(id, fileId, visitor);
      const isImage = file.kind.startsWith('image/');
      const name = encodeURIComponent(file.name);
      return reply
        .header('content-type', file.kind)
        .header('x-content-type-options', 'nosniff')
        .header(
          'content-disposition',
          `${isImage ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
        )
        .send(content);
    },
  );
}
