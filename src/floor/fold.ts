import type { Limits } from '../counting/calls.ts';
import { type Cell, type Counter, noSums, type Sums } from '../counting/counters.ts';
import { createCounting } from '../counting/fold.ts';
import type { DomainEvent, EventKind } from '../events.ts';
import { shanghaiDay, shanghaiQuarter } from '../kit/shanghai.ts';
import type { QueueDay } from './schema.ts';

const QUARTERS_PER_DAY = 96;

/** What came within a quarter of an hour, and how much of it was answered. */
export interface Quarter {
  offered: number;
  answered: number;
}

/**
 * Today's sheet of the figures, counted by the rules of `src/counting`. A day begins at midnight in
 * Asia/Shanghai with a clean sheet: a call counts for the day on which it came, so the events since
 * midnight give the same figures as having listened all day.
 */
export interface FloorFold {
  apply(event: DomainEvent): void;
  /** Clears the sheet when `now` is on a later day. Call it before reading. */
  turnTo(now: number): void;
  figures(queueId: string): QueueDay;
  /** Every call once, whatever queues it went through. */
  today(): QueueDay;
  /** From midnight to the quarter that contains `now`; by the time the calls came. */
  quarters(now: number): Quarter[];
}

/** The kinds of events that the sheet is made of: those of calls, agents' seconds are not on it. */
export const countedKinds = [
  'call.arrived',
  'call.placed',
  'call.queued',
  'call.connected',
  'call.abandoned',
  'call.turned-away',
  'call.call-back-requested',
  'call.call-back-begun',
  'call.talk-ended',
  'call.rated',
  'call.ended',
] as const satisfies readonly EventKind[];

const counted: ReadonlySet<EventKind> = new Set(countedKinds);

/**
 * @param limits in force at the moment of what is counted
 */
export function createFloorFold(limits: Limits): FloorFold {
  let dayNumber = Number.NEGATIVE_INFINITY;
  let queues = new Map<string, Sums>();
  let quarters = emptyQuarters();

  const turnTo = (now: number): void => {
    const wanted = shanghaiDay(now);
    if (wanted <= dayNumber) return;
    dayNumber = wanted;
    queues = new Map();
    quarters = emptyQuarters();
  };
  const count = ({ quarterAt, queueId, agentId }: Cell, counter: Counter, by: number): void => {
    if (agentId !== '' || shanghaiDay(quarterAt) !== dayNumber) return;
    const sums = queues.get(queueId) ?? noSums();
    sums[counter] += by;
    queues.set(queueId, sums);
    const quarter = quarters[shanghaiQuarter(quarterAt)];
    if (!quarter || queueId !== '') return;
    if (counter === 'offered' || counter === 'answered') quarter[counter] += by;
  };
  const counting = createCounting({ limits, count });
  const figures = (queueId: string) => dayOf(queues.get(queueId) ?? noSums());

  return {
    turnTo,
    apply(event) {
      turnTo(event.at);
      if (counted.has(event.kind)) counting.apply(event);
    },
    figures,
    today: () => figures(''),
    quarters: (now) => quarters.slice(0, shanghaiQuarter(now) + 1).map((one) => ({ ...one })),
  };
}

/** The same figures from the log: feed it the events of `countedKinds` since midnight. */
export function recompute(limits: Limits, events: Iterable<DomainEvent>): FloorFold {
  const fold = createFloorFold(limits);
  for (const event of events) fold.apply(event);
  return fold;
}

function dayOf(sums: Sums): QueueDay {
  const { offered, answered, answeredInTime, abandoned, abandonedShort } = sums;
  return {
    offered,
    answered,
    answeredInTime,
    abandoned,
    abandonedShort,
    turnedAway: sums.turnedAway + sums.refused,
    waitedMs: sums.waitedMs,
    talkMs: sums.conversationMs,
    rated: sums.rated,
    ratingSum: sums.ratingSum,
  };
}

function emptyQuarters(): Quarter[] {
  return Array.from({ length: QUARTERS_PER_DAY }, () => ({ offered: 0, answered: 0 }));
}
