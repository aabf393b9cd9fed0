import type { Hotlines } from '../hotline/service.ts';

/** What was promised when an answer in time is not said otherwise, by the national standard. */
const STANDARD_MS = 15_000;

/**
 * Within how many milliseconds an answer of a queue was promised at a moment: by the version of the
 * hotline then in force, so that figures made again from the log are what they were.
 */
export function createServiceLevels(hotlines: Pick<Hotlines, 'current' | 'versions' | 'version'>) {
  let known: InForce[] = [];
  return (queueId: string, at: number): number => {
    if (known.length < hotlines.current().version) known = readAll(hotlines);
    const inForce = known.find((one) => one.at <= at) ?? known.at(-1);
    return inForce?.levels.get(queueId) ?? STANDARD_MS;
  };
}

interface InForce {
  /** Since when. */
  at: number;
  levels: Map<string, number>;
}

/** The newest first. */
function readAll(hotlines: Pick<Hotlines, 'versions' | 'version'>): InForce[] {
  return hotlines.versions().map(({ version, at }) => {
    const { queues } = hotlines.version(version).hotline;
    return { at, levels: new Map(queues.map(({ id, serviceLevelMs }) => [id, serviceLevelMs])) };
  });
}
