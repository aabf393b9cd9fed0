import type { DomainEvent, EventKind, EventOf } from '../events.ts';
import { shanghaiDay, shanghaiQuarter } from '../kit/shanghai.ts';
import type { QueueDay } from './schema.ts';

/** Who leaves within this time mostly dialled wrong (DOMAIN §2.6: short abandons shown apart). */
const SHORT_ABANDON_MS = 5_000;
const QUARTERS_PER_DAY = 96;

/** Offered and answered within a quarter of an hour. */
export interface Quarter {
  offered: number;
  answered: number;
}

/**
 * Today's figures, folded from the events: per queue, and with each call counted once. A day is a
 * clean sheet beginning at midnight in Asia/Shanghai: what a call does counts for the day on which
 * it entered the queue, so no rate can pass 100 %, and the events since midnight give the same
 * figures as having listened all day.
 */
export interface FloorFold {
  apply(event: DomainEvent): void;
  /** Clears the sheet when `now` is on a later day. Call it before reading. */
  turnTo(now: number): void;
  figures(queueId: string): QueueDay;
  /** Every call once, whatever queues it went through. */
  today(): QueueDay;
  /** From midnight to the quarter that contains `now`; by the time of the event itself. */
  quarters(now: number): Quarter[];
}

/**
 * What became of a call in one queue (or over all); nothing counts twice. `refused` was turned away
 * at the door and never offered.
 */
type Outcome = 'open' | 'answered' | 'abandoned' | 'turned-away' | 'refused';

/** The kinds of events that figures are made of. */
export const countedKinds = [
  'call.queued',
  'call.overflowed',
  'call.connected',
  'call.abandoned',
  'call.turned-away',
  'call.call-back-requested',
  'call.talk-ended',
  'call.rated',
] as const satisfies readonly EventKind[];
type CountedEvent = EventOf<(typeof countedKinds)[number]>;

const counted: ReadonlySet<EventKind> = new Set(countedKinds);

function isCounted(event: DomainEvent): event is CountedEvent {
  return counted.has(event.kind);
}

/** Figures, and the calls they were counted from. */
interface Sheet {
  day: QueueDay;
  calls: Map<string, Outcome>;
}

/**
 * @param serviceLevelOf milliseconds within which an answer of a queue counts as in time, inclusive
 */
export function createFloorFold(serviceLevelOf: (queueId: string) => number): FloorFold {
  let dayNumber = Number.NEGATIVE_INFINITY;
  let total = emptySheet();
  let queues = new Map<string, Sheet>();
  let quarters = emptyQuarters();

  const turnTo = (now: number): void => {
    const wanted = shanghaiDay(now);
    if (wanted <= dayNumber) return;
    dayNumber = wanted;
    total = emptySheet();
    queues = new Map();
    quarters = emptyQuarters();
  };
  const sheetOf = (queueId: string): Sheet => {
    const known = queues.get(queueId);
    if (known) return known;
    const made = emptySheet();
    queues.set(queueId, made);
    return made;
  };

  return {
    turnTo,
    apply(event) {
      turnTo(event.at);
      if (!isCounted(event) || shanghaiDay(event.at) < dayNumber) return;
      const before = { offered: total.day.offered, answered: total.day.answered };
      const inTimeMs = serviceLevelOf(event.queueId);
      count(sheetOf(event.queueId), event, inTimeMs);
      count(total, event, inTimeMs);
      const quarter = quarters[shanghaiQuarter(event.at)];
      if (!quarter) return;
      quarter.offered += total.day.offered - before.offered;
      quarter.answered += total.day.answered - before.answered;
    },
    figures: (queueId) => ({ ...(queues.get(queueId)?.day ?? emptyDay()) }),
    today: () => ({ ...total.day }),
    quarters: (now) => quarters.slice(0, shanghaiQuarter(now) + 1).map((one) => ({ ...one })),
  };
}

/** The same figures from the log: feed it the events of `countedKinds` since midnight. */
export function recompute(
  serviceLevelOf: (queueId: string) => number,
  events: Iterable<DomainEvent>,
): FloorFold {
  const fold = createFloorFold(serviceLevelOf);
  for (const event of events) fold.apply(event);
  return fold;
}

/**
 * Offered: entered the queue. Answered once is answered for good: a caller put back after the seat
 * was lost who then gives up did speak to somebody. Turned away at the door was never offered.
 */
function count(sheet: Sheet, event: CountedEvent, inTimeMs: number): void {
  const { day } = sheet;
  switch (event.kind) {
    case 'call.queued':
    case 'call.overflowed':
      return countOffered(sheet, event.callId);
    case 'call.connected':
      return countAnswered(sheet, event, inTimeMs);
    case 'call.abandoned':
      return countAbandoned(sheet, event);
    case 'call.turned-away':
    case 'call.call-back-requested':
      return countTurnedAway(sheet, event.callId);
    case 'call.talk-ended':
      if (sheet.calls.has(event.callId)) day.talkMs += event.talkMs;
      return;
    case 'call.rated':
      if (!sheet.calls.has(event.callId)) return;
      day.rated += 1;
      day.ratingSum += event.score;
      return;
    default:
      event satisfies never;
  }
}

/** Coming into a queue takes back an earlier turning away: the call is open again. */
function countOffered({ day, calls }: Sheet, callId: string): void {
  const outcome = calls.get(callId);
  if (outcome === 'refused' || outcome === 'turned-away') day.turnedAway -= 1;
  if (outcome === 'refused' || outcome === undefined) day.offered += 1;
  if (outcome !== 'answered') calls.set(callId, 'open');
}

function countAnswered(sheet: Sheet, event: EventOf<'call.connected'>, inTimeMs: number): void {
  const { day, calls } = sheet;
  if (calls.get(event.callId) !== 'open') return;
  calls.set(event.callId, 'answered');
  day.answered += 1;
  day.waitedMs += event.waitedMs;
  if (event.waitedMs <= inTimeMs) day.answeredInTime += 1;
}

function countAbandoned({ day, calls }: Sheet, event: EventOf<'call.abandoned'>): void {
  if (calls.get(event.callId) !== 'open') return;
  calls.set(event.callId, 'abandoned');
  day.abandoned += 1;
  if (event.waitedMs < SHORT_ABANDON_MS) day.abandonedShort += 1;
}

function countTurnedAway({ day, calls }: Sheet, callId: string): void {
  const outcome = calls.get(callId);
  if (outcome !== undefined && outcome !== 'open') return;
  calls.set(callId, outcome === 'open' ? 'turned-away' : 'refused');
  day.turnedAway += 1;
}

function emptyDay(): QueueDay {
  return {
    offered: 0,
    answered: 0,
    abandoned: 0,
    abandonedShort: 0,
    turnedAway: 0,
    answeredInTime: 0,
    waitedMs: 0,
    talkMs: 0,
    rated: 0,
    ratingSum: 0,
  };
}

function emptySheet(): Sheet {
  return { day: emptyDay(), calls: new Map() };
}

function emptyQuarters(): Quarter[] {
  return Array.from({ length: QUARTERS_PER_DAY }, () => ({ offered: 0, answered: 0 }));
}
