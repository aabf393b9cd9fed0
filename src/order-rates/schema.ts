import { z } from 'zod';

/** Every rate of work orders that is published; `catalogue.ts` says what each one is. */
export const rateIds = [
  'direct-answer',
  'first-resolution',
  'repeat',
  'dispatch-accuracy',
  'on-time-sign',
  'first-contact',
  'on-time-close',
  'on-time-close-unextended',
  'close',
  'return',
  'improper-return',
  'visit',
  'valid-visit',
  'response',
  'resolve',
  'satisfaction',
  'dissatisfaction',
  'three-rate',
  'rework',
  'supervised',
  'feed-quality',
] as const;
export type RateId = (typeof rateIds)[number];

const both = z.object({ zh: z.string(), en: z.string() });

/** One rate as it is published. */
const rateSchema = z
  .object({
    id: z.enum(rateIds),
    name: both,
    numerator: both,
    denominator: both,
    /** Which moment of an order puts it into a period. */
    basis: both,
    source: both,
    /** The numerator counts against the unit: the smaller the better. */
    isAgainst: z.boolean(),
    /** A score made of other rates, with their weights in per cent; those have the orders behind it. */
    parts: z.array(z.object({ rate: z.enum(rateIds), weight: z.int() })).nullable(),
  })
  .meta({ id: 'OrderRate' });
export type Rate = z.infer<typeof rateSchema>;

export const rateDefinitionsSchema = z
  .object({
    rates: z.array(rateSchema),
    /** Rates of the hotline's calls, published at `/api/metrics/definitions`: name here, id there. */
    calls: z.array(z.object({ name: both, metrics: z.array(z.string()) })),
    rules: z.object({ zone: z.literal('Asia/Shanghai'), repeatDays: z.int(), exclusions: both }),
  })
  .meta({ id: 'OrderRateDefinitions' });
export type RateDefinitions = z.infer<typeof rateDefinitionsSchema>;

const rateGroupings = ['all', 'unit', 'matter', 'area', 'day', 'month'] as const;
export type RateGrouping = (typeof rateGroupings)[number];

const code = z.string().min(1).max(64);
const moment = z.coerce.number().int().min(0).max(8e15);

/** What is asked for, as it stands in the address bar; without times, the last thirty days. */
export const ratesQuerySchema = z.strictObject({
  from: moment.optional(),
  to: moment.optional(),
  by: z.enum(rateGroupings).default('all'),
  /** The unit and all below it. */
  unit: code.optional(),
  matter: code.optional(),
  /** An area and all within it: codes are compared from their start. */
  area: code.optional(),
});
export type RatesQuery = z.infer<typeof ratesQuerySchema>;

/** Numerator and denominator, never a percentage alone. */
const figure = z.object({ n: z.int(), d: z.int() });

const ratesRowSchema = z.object({
  /** A unit's id, a matter, an area, or the beginning of a day or month. */
  key: z.string(),
  name: z.string(),
  figures: z.partialRecord(z.enum(rateIds), figure),
});
export type RatesRow = z.infer<typeof ratesRowSchema>;

export const ratesSchema = z
  .object({
    from: z.int(),
    to: z.int(),
    /** When it was counted. */
    at: z.int(),
    by: z.enum(rateGroupings),
    rows: z.array(ratesRowSchema),
    total: ratesRowSchema,
  })
  .meta({ id: 'OrderRates' });
export type Rates = z.infer<typeof ratesSchema>;

/** The orders behind a figure: those that count, those of them that are in the numerator, or the others. */
export const behindQuerySchema = ratesQuerySchema.extend({
  rate: z.enum(rateIds),
  side: z.enum(['denominator', 'numerator', 'others']).default('others'),
  key: code.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type BehindQuery = z.infer<typeof behindQuerySchema>;

export const leagueQuerySchema = z.strictObject({ from: z.iso.date(), to: z.iso.date() });

/** The table of units (效能榜): published rates, weighted. */
export const leagueSchema = z
  .object({
    /** What the score is made of. A rate that counts against the unit goes in as what is missing to the whole. */
    measures: z.array(
      z.object({ rate: z.enum(rateIds), name: both, isAgainst: z.boolean(), weight: z.number() }),
    ),
    leastOrders: z.number(),
    groups: z.array(
      z.object({
        peers: z.string(),
        units: z.array(
          z.object({
            unitId: z.string(),
            name: z.string(),
            /** Closed in the period. */
            orders: z.number(),
            /** 1 is the best; null with too few orders. */
            rank: z.number().nullable(),
            /** 0 to 100; null with too few orders. */
            score: z.number().nullable(),
            figures: z.partialRecord(z.enum(rateIds), figure),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'League' });
export type League = z.infer<typeof leagueSchema>;
