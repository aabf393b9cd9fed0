import { z } from 'zod';
import type { YihaoServer } from '../yihao-server.ts';

const part = z.string().describe('`ok`, or what is wrong');
const readinessSchema = z
  .object({ database: part, exchange: part, prompts: part, storage: part, loop: part })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof readinessSchema>;

/** `/healthz`: the process lives. `/readyz`: callers can be served, and if not, what is missing. */
export function registerHealthRoutes(app: YihaoServer, readiness: () => Readiness): void {
  const config = { permission: 'public' } as const;
  app.get(
    '/healthz',
    { config, schema: { response: { 200: z.object({ status: z.literal('ok') }) } } },
    () => ({ status: 'ok' as const }),
  );
  app.get(
    '/readyz',
    { config, schema: { response: { 200: readinessSchema, 503: readinessSchema } } },
    async (_request, reply) => {
      const parts = readiness();
      return reply
        .code(Object.values(parts).every((state) => state === 'ok') ? 200 : 503)
        .send(parts);
    },
  );
}
