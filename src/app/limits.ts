import type { Limits } from '../counting/calls.ts';
import type { Hotlines } from '../hotline/service.ts';

/** What was promised when an answer in time is not said otherwise, by the national standard. */
const STANDARD_MS = 15_000;

/**
 * The limits callers were counted by at a moment: those of the version of the hotline then in force,
 * so that figures made again from the log are what they were.
 */
export function createLimits(hotlines: Pick<Hotlines, 'current' | 'versions' | 'version'>): Limits {
  let known: InForce[] = [];
  const inForce = (at: number): InForce | undefined => {
    if (known.length < hotlines.current().version) known = readAll(hotlines);
    return known.find((one) => one.at <= at) ?? known.at(-1);
  };
  return {
    serviceLevelMs: (queueId, at) => inForce(at)?.levels.get(queueId) ?? STANDARD_MS,
    shortAbandonMs: (at) =>
      inForce(at)?.shortAbandonMs ?? hotlines.current().hotline.shortAbandonMs,
  };
}

interface InForce {
  /** Since when. */
  at: number;
  levels: Map<string, number>;
  shortAbandonMs: number;
}

/** The newest first. */
function readAll(hotlines: Pick<Hotlines, 'versions' | 'version'>): InForce[] {
  return hotlines.versions().map(({ version, at }) => {
    const { queues, shortAbandonMs } = hotlines.version(version).hotline;
    const levels = new Map(queues.map(({ id, serviceLevelMs }) => [id, serviceLevelMs]));
    return { at, levels, shortAbandonMs };
  });
}
