import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { Approvals } from './approvals.ts';
import { findingSchema, orderSchema } from './schema.ts';
import type { Visitor } from './service.ts';

const tags = ['orders'];
const use = { permission: 'orders.use' } as const;
const id = z.string().max(40);
const words = z.object({ zh: z.string(), en: z.string() });
const visitor = (request: FastifyRequest): Visitor => ({
  person: personOf(request),
  ip: request.ip,
});

/** Replies: looked over while written, and said yes to, many at once. */
export function registerApprovalRoutes(app: YihaoServer, approvals: Approvals): void {
  app.get(
    '/api/orders/approvals',
    {
      config: use,
      schema: { tags, response: { 200: z.object({ rows: z.array(orderSchema) }) } },
    },
    (request) => ({ rows: approvals.waiting(visitor(request)) }),
  );
  app.post(
    '/api/orders/approvals',
    {
      config: use,
      schema: {
        tags,
        body: z.strictObject({ ids: z.array(id).min(1).max(50) }),
        response: {
          200: z.object({
            rows: z.array(z.object({ id, number: z.string(), refused: words.nullable() })),
          }),
        },
      },
    },
    (request) => ({ rows: approvals.approve(request.body.ids, visitor(request)) }),
  );
  app.post(
    '/api/orders/:id/reply-checks',
    {
      config: use,
      schema: {
        tags,
        params: z.strictObject({ id }),
        body: z.strictObject({ publicReply: z.string().max(4_000) }),
        response: { 200: z.object({ findings: z.array(findingSchema) }) },
      },
    },
    (request) => ({
      findings: approvals.check(request.params.id, request.body.publicReply, visitor(request)),
    }),
  );
}
