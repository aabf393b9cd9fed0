import { z } from 'zod';
import { shanghaiDay } from '../kit/shanghai.ts';
import { dayOfDate, type TimeLimit, type WorkingDays } from '../kit/working-days.ts';
import type { Clock, ClockKind } from './order.ts';
import { partyTypes, type RequestType, requestTypes, urgencies } from './words.ts';

const typeNames = Object.keys(requestTypes) as [RequestType, ...RequestType[]];
const count = z.int().min(1).max(365);
/** How long somebody has. */
export const timeLimit = z.union([
  z.strictObject({ workdays: count }),
  z.strictObject({ naturalDays: count }),
  z.strictObject({ hours: z.number().positive().max(8_760) }),
]) satisfies z.ZodType<TimeLimit>;

/** Which orders something is for; what is left out is for all. Codes are compared from their start. */
const when = z.strictObject({
  types: z.array(z.enum(typeNames)).optional(),
  urgencies: z.array(z.enum(urgencies)).optional(),
  parties: z.array(z.enum(partyTypes)).optional(),
  matters: z.array(z.string()).optional(),
  areas: z.array(z.string()).optional(),
});

const limits = z.strictObject({
  dispatch: timeLimit,
  sign: timeLimit,
  contact: timeLimit,
  reply: timeLimit,
  return: timeLimit,
  check: timeLimit,
  visit: timeLimit,
  outside: timeLimit,
});

/**
 * A pack of time limits as a city has published it (`source` cites the text). Orders keep the pack
 * that was in force on the day they were accepted.
 */
const policyPack = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.int().min(1),
  title: z.string().min(1),
  source: z.string().min(1),
  /** First and last day in force. */
  from: z.iso.date(),
  until: z.iso.date().optional(),
  limits,
  /** The first rule that fits an order overrules the limits above. */
  rules: z.array(z.strictObject({ when, limits: limits.partial() })),
  /** The reply of an order that is done again. */
  reworkReply: timeLimit,
  /** Until when a unit may ask to return an order; silence is acceptance. */
  returnWithin: timeLimit,
  /** Does the reply's clock start anew at the next unit, or run on? */
  restartOnReturn: z.boolean(),
  extensions: z.strictObject({
    times: z.int().min(0),
    workdays: z.int().min(0),
    /** As long as an order is extended by no more in all, its unit's leader agrees alone. */
    aloneUpTo: z.int().min(0).default(0),
    /** Extensions are asked for before this hour of the day. */
    cutOffHour: z.int().min(0).max(24),
  }),
  /** Shares of the time that has gone when a clock turns amber and red. */
  warnAt: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]),
  confidence: z.number().min(0).max(1),
  /**
   * How often a visit is tried at different times of day before it may be given up. No published rule
   * names a number; packs of before there was one mean three.
   */
  visitTries: z.int().min(1).max(9).default(3),
  appeal: timeLimit,
});
export type PolicyPack = z.infer<typeof policyPack>;

/** The packs of a city and which orders each is for; of those that fit, the first is taken. */
export const policies = z
  .strictObject({
    packs: z.array(policyPack).min(1),
    choose: z.array(z.strictObject({ when, pack: z.string() })).min(1),
  })
  .superRefine(({ packs, choose }, context) => {
    for (const [index, { pack }] of choose.entries()) {
      if (!packs.some(({ id }) => id === pack)) {
        context.addIssue({
          code: 'custom',
          path: ['choose', index, 'pack'],
          message: 'no such pack',
        });
      }
    }
    for (const [index, { id, version }] of packs.entries()) {
      if (packs.findIndex((each) => each.id === id && each.version === version) !== index) {
        context.addIssue({ code: 'custom', path: ['packs', index], message: 'is there twice' });
      }
    }
  });
export type Policies = z.infer<typeof policies>;

/** What of an order decides on its limits. */
export type OrderKind = {
  readonly [Key in 'type' | 'urgency' | 'party' | 'matter' | 'area']: string;
};

/** The row that holds for an order accepted at `at`, from 0 on, and its pack: the newest version in force that day. */
export function choiceFor(
  { packs, choose }: Policies,
  order: OrderKind,
  at: number,
): { row: number; pack: PolicyPack } | null {
  const day = shanghaiDay(at);
  for (const [row, { when: condition, pack: id }] of choose.entries()) {
    if (!fits(condition, order)) continue;
    const inForce = packs.filter((pack) => pack.id === id && isInForce(pack, day));
    const pack = inForce.sort((a, b) => b.version - a.version)[0];
    if (pack) return { row, pack };
  }
  return null;
}

/** The pack for an order accepted at `at`. */
export function packFor(city: Policies, order: OrderKind, at: number): PolicyPack | null {
  return choiceFor(city, order, at)?.pack ?? null;
}

/** `general@2`, as orders remember it. */
export function packName({ id, version }: PolicyPack): string {
  return `${id}@${version}`;
}

/** The limit of one clock of an order. */
export function limitOf(pack: PolicyPack, order: OrderKind, kind: ClockKind): TimeLimit {
  const rule = pack.rules.find(
    ({ when: condition, limits: own }) => own[kind] !== undefined && fits(condition, order),
  );
  return rule?.limits[kind] ?? pack.limits[kind];
}

/** How a clock stands: calm, amber, red, or past its end. A clock that stands still keeps its colour. */
export type Warning = 'calm' | 'amber' | 'red' | 'overdue';

export function warningOf(clock: Clock, [amber, red]: PolicyPack['warnAt'], now: number): Warning {
  const at = clock.stoppedAt ?? clock.paused?.at ?? now;
  if (at > clock.dueAt) return 'overdue';
  const gone = (at - clock.startedAt) / Math.max(1, clock.dueAt - clock.startedAt);
  if (gone >= red) return 'red';
  return gone >= amber ? 'amber' : 'calm';
}

/** When a limit that starts at `at` ends, by the lawful calendar. */
export function dueOf(calendar: WorkingDays, at: number, timeLimit: TimeLimit): number {
  return calendar.due(at, timeLimit).at;
}

function isInForce({ from, until }: PolicyPack, day: number): boolean {
  return dayOfDate(from) <= day && (until === undefined || day <= dayOfDate(until));
}

function fits(condition: z.infer<typeof when>, order: OrderKind): boolean {
  const { types, urgencies: urgent, parties, matters, areas } = condition;
  return (
    has(types, order.type) &&
    has(urgent, order.urgency) &&
    has(parties, order.party) &&
    startsAs(matters, order.matter) &&
    startsAs(areas, order.area)
  );
}

function has(list: readonly string[] | undefined, value: string): boolean {
  return list === undefined || list.includes(value);
}

function startsAs(list: readonly string[] | undefined, value: string): boolean {
  return list === undefined || list.some((start) => value.startsWith(start));
}
