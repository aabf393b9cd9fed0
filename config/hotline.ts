import { z } from 'zod';
import { deskProblems, help, selfService, tag } from './desk.ts';
import { callers } from './hotline-callers.ts';
import { type HolidayConfig, type HoursConfig, holiday, hours } from './hotline-hours.ts';
import {
  alertLimits,
  emergencyProfile,
  profileProblems,
  restProblems,
  restRules,
} from './hotline-leading.ts';
import { id, language, outcome, type Problem, text } from './hotline-words.ts';

export type { CallerRule } from './hotline-callers.ts';
export type { EmergencyProfile, EmergencyQueueChange } from './hotline-leading.ts';
export type { HolidayConfig, HoursConfig };
export { language };

/**
 * The hotline as its operators describe it: queues, entries, menus, hours, reasons, result codes.
 * One document, checked as a whole, kept in versions with who, when and why. The example city lies
 * in `hotline.example/` and is imported at first start.
 */

const promptId = id;
const key = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']);

export type Outcome = z.infer<typeof outcome>;

/** How callers are called back who hung up to keep their place, or whom nobody served. */
const callBack = z.strictObject({
  /** A caller who waited this long is offered it, by key; null = never. */
  offerAfterMs: z.int().min(0).max(3_600_000).nullable().default(60_000),
  /** Dialled this often at most, with this pause in between. */
  attempts: z.int().min(1).max(10).default(3),
  pauseMs: z.int().min(10_000).max(86_400_000).default(300_000),
  /** How long the caller's phone rings. */
  ringTimeoutMs: z.int().min(5_000).max(120_000).default(30_000),
  /**
   * Callers who gave up waiting or were turned away: `list` puts them on the page of call-backs,
   * `dial` also dials them, within opening hours.
   */
  missed: z.enum(['off', 'list', 'dial']).default('off'),
});
export type CallBackConfig = z.infer<typeof callBack>;

const queue = z.strictObject({
  id,
  /** Short code on screens, e.g. Q01. */
  code: z.string().min(1).max(8),
  name: text,
  /** Priority every caller of this queue starts with. One step counts as one minute of waiting. */
  priority: z.int().min(0).max(10).default(0),
  /** Which idle seat is rung: see the engine's `seat-order.ts`. */
  strategy: z
    .enum(['longest-idle', 'fewest-calls', 'best-level', 'round-robin'])
    .default('longest-idle'),
  /** Seats up to `level` once a caller has waited `afterMs`; empty = all levels from the start. */
  widening: z
    .array(z.strictObject({ afterMs: z.int().min(0).max(3_600_000), level: z.int().min(1).max(9) }))
    .max(9)
    .default([]),
  ringTimeoutMs: z.int().min(3_000).max(120_000).default(15_000),
  wrapUpMs: z.int().min(0).max(3_600_000).default(30_000),
  /** Answered within this time counts for the service level (GB/T 33358-2016: 15 s). */
  serviceLevelMs: z.int().min(1_000).max(600_000).default(15_000),
  /** Position and expected wait are told this often; 0 = never. */
  announceEveryMs: z.int().min(0).max(600_000).default(30_000),
  hours: id.nullable().default(null),
  onClosed: outcome.default({ do: 'message', prompt: 'queue-closed' }),
  onNobody: outcome.default({ do: 'wait' }),
  maxWaiting: z.int().min(1).max(10_000).nullable().default(null),
  onFull: outcome.default({ do: 'call-back' }),
  maxWaitMs: z.int().min(5_000).max(7_200_000).nullable().default(null),
  onTooLong: outcome.default({ do: 'call-back' }),
  alerts: alertLimits,
  /** So many of the queue's seats may rest with approval at a time; null = no limit. */
  restQuota: z.int().min(0).max(1_000).nullable().default(null),
  callBack: callBack.prefault({}),
});
export type QueueConfig = z.infer<typeof queue>;

/** What a key leads to. Exactly one of queue, menu, language, service (进度查询: where an order stands). */
const choice = z.union([
  z.strictObject({ queue: id, priority: z.int().min(0).max(10).optional(), label: text }),
  z.strictObject({ menu: id, label: text }),
  z.strictObject({ language, label: text }),
  z.strictObject({ service: z.literal('progress'), label: text }),
]);
export type Choice = z.infer<typeof choice>;

const keys = z.partialRecord(key, choice);

const menu = z.strictObject({
  id,
  prompt: promptId,
  /** 0 = person and * = repeat are always there; # chooses a language. */
  keys,
  /** Where silence, nonsense and 0 go: a person. */
  queue: id,
  timeoutMs: z.int().min(2_000).max(30_000).default(5_000),
});
export type MenuConfig = z.infer<typeof menu>;

const entry = z.strictObject({
  id,
  name: text,
  /** The numbers people dial: 12345 and former lines. */
  numbers: z.array(z.string().regex(/^\+?\d{3,20}$/)).min(1),
  language: language.default('zh'),
  /** Prompts of the greeting, the recording notice among them. */
  greeting: z.array(promptId).min(1),
  /** `direct`: to a person, keys work while the greeting plays. `menu`: two levels at most. */
  mode: z.enum(['direct', 'menu']),
  menu: id.nullable().default(null),
  keys: keys.default({}),
  queue: id,
  priority: z.int().min(0).max(10).default(0),
  /** When somebody is there to be called at all; a queue may have narrower hours of its own. */
  hours: id.nullable().default(null),
  onClosed: outcome.default({ do: 'message', prompt: 'queue-closed' }),
});
export type EntryConfig = z.infer<typeof entry>;

const coded = z.strictObject({ code: id, name: text });
const resultCode = coded.extend({
  /** The matter is not settled by the call: who calls again is a repeat caller. */
  isOpen: z.boolean().optional(),
});

export const hotlineShape = z.strictObject({
  name: text,
  queues: z.array(queue).min(1).max(200),
  entries: z.array(entry).min(1).max(300),
  menus: z.array(menu).max(100).default([]),
  hours: z.array(hours).max(100).default([]),
  holidays: z.array(holiday).max(400).default([]),
  callers: callers.default({ rules: [], lastAgentWithinMs: null }),
  /** Reasons an agent can give for not being ready. */
  notReadyReasons: z.array(coded).min(1).max(30),
  rest: restRules,
  /** Results an agent can give a call. */
  resultCodes: z.array(resultCode).min(1).max(100),
  rating: z.strictObject({
    /** Scores up to this one reach the shift leader at once. */
    lowAtMost: z.int().min(1).max(4).default(2),
    timeoutMs: z.int().min(2_000).max(30_000).default(6_000),
  }),
  wrapUp: z.strictObject({
    /** One extension adds this much. */
    extendMs: z.int().min(5_000).max(600_000).default(30_000),
  }),
  /** One key each for the agent: police, fire, ambulance come into the talk. */
  emergency: z
    .array(coded.extend({ number: z.string().regex(/^\+?[0-9]{3,20}$/) }))
    .max(20)
    .default([]),
  emergencyProfiles: z.array(emergencyProfile).max(20).default([]),
  tags: z.array(tag).max(300).default([]),
  selfServices: z.array(selfService).max(50).default([]),
  help,
  monitoring: z
    .strictObject({
      /** Does an agent see that a shift leader listens? */
      agentSees: z.boolean(),
    })
    .default({ agentSees: false }),
  /** A seat that lost its phone in a call may come back to the call for this long. */
  seatGraceMs: z.int().min(0).max(120_000).default(20_000),
  /** Who gives up within this time mostly dialled wrong: rates are told with and without them. */
  shortAbandonMs: z.int().min(1_000).max(30_000).default(5_000),
  /** Recordings older than this are removed; null = kept for ever. */
  recordingKeepDays: z.int().min(1).max(36_500).nullable().default(1_095),
});

/** A whole hotline whose references hold. */
export const hotlineSchema = hotlineShape.superRefine((doc, ctx) => {
  for (const problem of brokenReferences(doc)) ctx.addIssue({ code: 'custom', ...problem });
});
export type Hotline = z.infer<typeof hotlineShape>;

/** Everything one part of the document says about another part that is not there. */
function brokenReferences(doc: Hotline): Problem[] {
  const problems: Problem[] = [];
  const queues = new Set(doc.queues.map((q) => q.id));
  const menus = new Map(doc.menus.map((m) => [m.id, m]));
  const hourIds = new Set(doc.hours.map((h) => h.id));
  const say = (message: string, ...path: (string | number)[]) => problems.push({ message, path });
  const needQueue = (queueId: string, ...path: (string | number)[]) => {
    if (!queues.has(queueId)) say(`no queue "${queueId}"`, ...path);
  };
  const checkKeys = (
    choices: EntryConfig['keys'],
    path: (string | number)[],
    mayHaveMenu: boolean,
  ) => {
    for (const [pressed, chosen] of Object.entries(choices)) {
      if ('queue' in chosen) needQueue(chosen.queue, ...path, pressed);
      if (!('menu' in chosen)) continue;
      if (!menus.has(chosen.menu)) say(`no menu "${chosen.menu}"`, ...path, pressed);
      if (!mayHaveMenu) say('menus are two levels deep at most', ...path, pressed);
    }
  };

  unique(
    doc.queues.map((q) => q.id),
    'queues',
    say,
  );
  unique(
    doc.entries.map((e) => e.id),
    'entries',
    say,
  );
  unique(
    doc.entries.flatMap((e) => e.numbers),
    'entries',
    say,
  );
  unique(
    doc.menus.map((m) => m.id),
    'menus',
    say,
  );
  unique(
    doc.hours.map((h) => h.id),
    'hours',
    say,
  );

  problems.push(...deskProblems(doc));
  unique(
    doc.callers.rules.map((r) => r.id),
    'callers',
    say,
  );
  unique(
    doc.emergency.map((e) => e.code),
    'emergency',
    say,
  );

  doc.queues.forEach((q, at) => {
    if (q.hours !== null && !hourIds.has(q.hours))
      say(`no hours "${q.hours}"`, 'queues', at, 'hours');
    for (const field of ['onClosed', 'onNobody', 'onFull', 'onTooLong'] as const) {
      const chosen = q[field];
      if (chosen.do !== 'queue') continue;
      needQueue(chosen.queue, 'queues', at, field);
      if (chosen.queue === q.id) say('a queue cannot overflow into itself', 'queues', at, field);
    }
  });
  doc.callers.rules.forEach((r, at) => {
    if (r.queue !== null) needQueue(r.queue, 'callers', 'rules', at, 'queue');
  });
  doc.holidays.forEach(({ from, to }, at) => {
    // Dates as texts compare like dates.
    if (from > to) say('must not end before it begins', 'holidays', at, 'to');
  });
  doc.hours.forEach((h, at) => {
    h.open.forEach(({ from, to }, n) => {
      // Texts of HH:MM compare like times. A night is two intervals: to 24:00 and from 00:00.
      if (from >= to || to > '24:00') say('must end after it begins', 'hours', at, 'open', n);
    });
  });
  problems.push(...restProblems(doc), ...profileProblems(doc));
  const secondLevel = new Set<string>();
  doc.entries.forEach((e, at) => {
    needQueue(e.queue, 'entries', at, 'queue');
    if (e.hours !== null && !hourIds.has(e.hours))
      say(`no hours "${e.hours}"`, 'entries', at, 'hours');
    if (e.onClosed.do === 'queue') needQueue(e.onClosed.queue, 'entries', at, 'onClosed');
    checkKeys(e.keys, ['entries', at, 'keys'], true);
    if (e.mode === 'menu' && (e.menu === null || !menus.has(e.menu))) {
      say(`no menu "${e.menu ?? ''}"`, 'entries', at, 'menu');
    }
    for (const chosen of Object.values(menus.get(e.menu ?? '')?.keys ?? {})) {
      if ('menu' in chosen) secondLevel.add(chosen.menu);
    }
  });
  doc.menus.forEach((m, at) => {
    needQueue(m.queue, 'menus', at, 'queue');
    checkKeys(m.keys, ['menus', at, 'keys'], !secondLevel.has(m.id));
  });
  return problems;
}

function unique(
  values: string[],
  where: string,
  say: (message: string, ...path: (string | number)[]) => void,
): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) say(`"${value}" stands twice`, where);
    seen.add(value);
  }
}
