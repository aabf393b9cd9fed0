import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { messagePageSchema, messageQuerySchema } from './schema.ts';
import type { Messages } from './service.ts';

const tags = ['messages'];
const params = z.strictObject({ id: z.string().max(40) });
const read = { permission: 'messages.read' } as const;

/** Everything under `/api/messages`: what was sent to whom, masked, and what could not be sent. */
export function registerMessageRoutes(
  app: YihaoServer,
  { messages, audit }: { messages: Messages; audit: Auditor },
): void {
  app.get(
    '/api/messages',
    {
      config: read,
      schema: {
        tags,
        querystring: messageQuerySchema,
        response: { 200: messagePageSchema },
      },
    },
    (request) => messages.list(request.query),
  );
  app.post(
    '/api/messages/:id/retry',
    { config: read, schema: { tags, params, response: { 204: z.null() } } },
    async (request, reply) => {
      const { id } = request.params;
      messages.retry(id);
      audit({
        person: personOf(request),
        ip: request.ip,
        action: 'message.retried',
        subject: `message:${id}`,
      });
      return reply.code(204).send(null);
    },
  );
}
