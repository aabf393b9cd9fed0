import { z } from 'zod';
import { counters } from '../counting/counters.ts';

/** Every figure that is published; `catalogue.ts` says what each one is. */
export const metricIds = [
  'offered',
  'answered',
  'abandoned',
  'turned-away',
  'connect-rate',
  'connect-rate-without-short',
  'rate-15',
  'rate-15-without-short',
  'rate-20',
  'rate-20-without-short',
  'rate-target',
  'speed-of-answer',
  'abandon-rate',
  'abandon-rate-without-short',
  'repeat-rate',
  'conversations',
  'conversation-time',
  'talk-time',
  'hold-time',
  'wrap-up-time',
  'handle-time',
  'transfer-rate',
  'satisfaction-rate',
  'rating-average',
  'rating-participation',
  'occupancy',
  'utilisation',
  'call-backs',
  'call-back-rate',
] as const;
export type MetricId = (typeof metricIds)[number];

const both = z.object({ zh: z.string(), en: z.string() });
const sum = z.object({
  plus: z.array(z.enum(counters)),
  minus: z.array(z.enum(counters)),
  /** The same in words. */
  words: both,
});

/** One metric as it is published. */
const metricSchema = z
  .object({
    id: z.enum(metricIds),
    name: both,
    formula: both,
    numerator: sum,
    /** Null for a plain count. */
    denominator: sum.nullable(),
    unit: z.enum(['count', 'share', 'ms', 'score']),
    /** What it is about: callers, conversations of agents, or the time of signed-in seats. */
    about: z.enum(['callers', 'conversations', 'seats']),
    timeBasis: both,
    source: z.string(),
  })
  .meta({ id: 'Metric' });
export type Metric = z.infer<typeof metricSchema>;

export const definitionsSchema = z
  .object({
    metrics: z.array(metricSchema),
    counters: z.array(z.object({ id: z.enum(counters), name: both, meaning: both })),
    rules: z.object({
      zone: z.literal('Asia/Shanghai'),
      intervalMs: z.int(),
      shortAbandonMs: z.int(),
      shortAbandon: both,
      repeatWithinMs: z.int(),
      satisfiedFrom: z.int(),
      version: z.int().describe('of the rules of counting'),
    }),
  })
  .meta({ id: 'Definitions' });
export type Definitions = z.infer<typeof definitionsSchema>;

const groupings = ['queue', 'agent', 'team', 'entry', 'quarter', 'hour', 'day'] as const;
export type Grouping = (typeof groupings)[number];

/** What is asked for, as it stands in the address bar. */
export const figuresQuerySchema = z.strictObject({
  /** From this moment, included; down to its quarter of an hour. Without it: today's midnight. */
  from: z.coerce.number().int().min(0).max(8e15).optional(),
  /** To this moment, excluded; up to the next quarter. Without it: now. */
  to: z.coerce.number().int().min(0).max(8e15).optional(),
  by: z.enum(groupings).default('queue'),
  queue: z.string().min(1).max(40).optional(),
  /** An agent's id, or `self`. */
  agent: z.string().min(1).max(40).optional(),
});
export type FiguresQuery = z.infer<typeof figuresQuerySchema>;

/** Numerator and denominator, never a percentage alone; no denominator for a plain count. */
const figure = z.object({ n: z.int(), d: z.int().nullable() });
export type Figure = z.infer<typeof figure>;

const figuresRowSchema = z
  .object({
    /** Id of the queue, agent or entry, name of the team, or the interval's beginning. */
    key: z.string(),
    /** Null where a metric says nothing of such a row, e.g. the connect rate of an agent. */
    figures: z.record(z.enum(metricIds), figure.nullable()),
  })
  .meta({ id: 'FiguresRow' });
export type FiguresRow = z.infer<typeof figuresRowSchema>;

export const figuresSchema = z
  .object({
    from: z.int(),
    to: z.int(),
    by: z.enum(groupings),
    rows: z.array(figuresRowSchema),
    /** Over all rows, each call once. */
    total: figuresRowSchema,
  })
  .meta({ id: 'Figures' });
export type Figures = z.infer<typeof figuresSchema>;
