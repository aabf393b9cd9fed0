import { z } from 'zod';
import type { YihaoServer } from '../yihao-server.ts';
import { citizenActSchema, publicOrderSchema } from './citizen-schema.ts';
import type { Citizens } from './citizens.ts';

const tags = ['orders'];
const known = { number: z.string().trim().max(32), queryCode: z.string().trim().max(16) };

interface CitizenRoutes {
  readonly citizens: Citizens;
  /** How often one address may ask, per minute. */
  readonly perMinute: number;
}

/** The citizen's way in under `/api/progress`: number and query code, and not often. */
export function registerCitizenRoutes(
  app: YihaoServer,
  { citizens, perMinute }: CitizenRoutes,
): void {
  const config = {
    permission: 'public',
    rateLimit: { max: perMinute, timeWindow: 60_000 },
  } as const;
  app.post(
    '/api/progress',
    {
      config,
      schema: { tags, body: z.strictObject(known), response: { 200: publicOrderSchema } },
    },
    ({ body: { number, queryCode }, ip }) =>
      citizens.look(citizens.find(number, queryCode, { address: ip }), ip, ''),
  );
  app.post(
    '/api/progress/acts',
    {
      config,
      schema: {
        tags,
        body: z.strictObject({ ...known, act: citizenActSchema }),
        response: { 200: publicOrderSchema },
      },
    },
    ({ body: { number, queryCode, act }, ip }) => citizens.act(number, queryCode, act, ip),
  );
}
