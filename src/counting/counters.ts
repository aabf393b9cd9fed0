/**
 * What is counted, each in whole units: calls, ratings or milliseconds. Every figure of the house is
 * a quotient of sums of these; `fold.ts` alone says when one of them grows.
 */
export const counters = [
  'offered',
  'answered',
  'answered15',
  'answered20',
  'answeredInTime',
  'abandoned',
  'abandonedShort',
  'turnedAway',
  'refused',
  'callBacks',
  'callBacksReached',
  'callBacksFailed',
  'waitedMs',
  'conversationMs',
  'known',
  'repeats',
  'ratingAsked',
  'rated',
  'ratedWell',
  'ratingSum',
  'conversations',
  'transfers',
  'talkMs',
  'holdMs',
  'wrapUpMs',
  'ringMs',
  'readyMs',
  'notReadyMs',
] as const;
export type Counter = (typeof counters)[number];
export type Sums = Record<Counter, number>;

/** All counters at nought. */
export function noSums(): Sums {
  return Object.fromEntries(counters.map((counter) => [counter, 0])) as Sums;
}

/** Adds `more` to `sums`. */
export function addSums(sums: Sums, more: Sums): void {
  for (const counter of counters) sums[counter] += more[counter];
}

/** The interval everything is counted in: a quarter of an hour. */
export const QUARTER_MS = 900_000;

/** Where something is counted. */
export interface Cell {
  /** Beginning of the quarter of an hour. */
  quarterAt: number;
  /** Empty: over all queues, each call once; for agents, time that belongs to no queue. */
  queueId: string;
  /** Empty: not known, or time that belongs to no call. */
  entryId: string;
  /** Empty: over all agents. */
  agentId: string;
}

/** Told of everything that is counted. `by` may be negative: a call turned away was let in again. */
export type Count = (cell: Cell, counter: Counter, by: number) => void;

/** Beginning of the quarter that contains `at`; Shanghai's offset is a whole number of quarters. */
export function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS) * QUARTER_MS;
}
