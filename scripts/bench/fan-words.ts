import { z } from 'zod';

/** What a fan-out server is told to be, as its first argument. */
export const fanOrder = z.strictObject({
  side: z.enum(['ours', 'control']),
  seats: z.int(),
  /** Seats that change in each round. */
  changing: z.int(),
  rounds: z.int(),
});
export type FanOrder = z.infer<typeof fanOrder>;

const fanReport = z.strictObject({
  /** When each round's change was made, `monotonicMs`. */
  changedAt: z.array(z.number()),
  cpuMs: z.number(),
});
export type FanReport = z.infer<typeof fanReport>;

/** What it tells: first where it listens; after it was told to go on, how it went. */
export const fanNews = z.union([z.strictObject({ port: z.int() }), fanReport]);

/** Milliseconds of the machine's own clock, which all its processes read alike. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
