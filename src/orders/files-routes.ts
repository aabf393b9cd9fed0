import '@fastify/multipart';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { Intake } from './intake.ts';
import type { OrderReading } from './reading.ts';
import { orderSchema } from './schema.ts';

const tags = ['orders'];
const use = { permission: 'orders.use' } as const;

/** Photos, contracts and recordings that belong to an order. */
export function registerOrderFileRoutes(
  app: YihaoServer,
  { intake, reading }: { intake: Intake; reading: OrderReading },
): void {
  app.post(
    '/api/orders/:id/files',
    {
      config: use,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        params: z.strictObject({ id: z.string().max(40) }),
        response: { 200: orderSchema },
      },
    },
    async (request) => {
      const file = request.isMultipart() ? await request.file() : undefined;
      if (file === undefined) throw new AppError('invalid-input');
      const visitor = { person: personOf(request), ip: request.ip };
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
      const visitor = { person: personOf(request), ip: request.ip };
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
