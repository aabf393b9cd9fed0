import type { Trend } from './trend.ts';

const begin = '<!-- soak -->';
const end = '<!-- end of soak -->';

/** What came of a soak. */
export interface Soak {
  minutes: number;
  perSecond: number;
  /** The rate it is a part of, in calls a second; null when the rate was given. */
  most: number | null;
  seats: number;
  calls: number;
  failed: number;
  notServed: number;
  recordsWrong: number;
  /** Processor time for a call, in milliseconds. */
  cpuMs: { server: number; exchange: number };
  waitMs: { p50: number; p99: number };
  /** The event loop's delay that 1 % of its rounds exceed; the median of all samples. */
  loopP99Ms: number;
  /** Calls after the warm-up. */
  judgedCalls: number;
  trends: readonly { name: string; unit: string; warmUp: Trend; trend: Trend }[];
  left: number;
}

/** With fewer, a leak cannot be told from what is still warming up. */
const leastJudged = 1_000;

export function isPassed(soak: Soak): boolean {
  const { failed, notServed, recordsWrong, left, trends } = soak;
  const isFlat = trends.every(({ trend }) => trend.isFlat);
  return failed + notServed + recordsWrong + left === 0 && isFlat && !isTooShort(soak);
}

function isTooShort({ judgedCalls }: Soak): boolean {
  return judgedCalls < leastJudged;
}

/** The lines of the page. */
export function linesOf(soak: Soak, measured: string): string[] {
  const { minutes, perSecond, most, seats, calls, failed, notServed, recordsWrong, left } = soak;
  const { cpuMs, waitMs, loopP99Ms } = soak;
  const part = most === null ? '' : `, 70 % of the ${most} that were the most in the same run`;
  const verdict = isPassed(soak) ? 'passed' : isTooShort(soak) ? '**too short**' : '**failed**';
  const judged = `judged over the last ${Math.round(soak.judgedCalls)}`;
  return [
    `${verdict} (${measured}): ${minutes} minutes at ${perSecond} calls a second${part}; ${seats} seats.`,
    `${calls} calls, ${judged}: ${failed} failed, ${notServed} left without a seat, ${recordsWrong} records too`,
    `many or too few, ${left} channels and bridges left. From the queue to the answer p50 ${waitMs.p50} ms,`,
    `p99 ${waitMs.p99} ms; the event loop's delay p99 ${loopP99Ms} ms. Processor time for a call: server`,
    `${cpuMs.server} ms, exchange ${cpuMs.exchange} ms.`,
    '',
    '| | mean | change per 1,000 calls while warming up | after it (95 %) | |',
    '|---|---|---|---|---|',
    ...soak.trends.map(({ name, unit, warmUp, trend }) => {
      const { mean, isFlat } = trend;
      const [before, after] = [changeOf(warmUp, unit), changeOf(trend, unit)];
      const word = isFlat ? 'flat' : '**grows**';
      return `| ${name} | ${round(mean)}${unit} | ${before} | ${after} | ${word} |`;
    }),
  ];
}

/** The page with this soak in place of the last one. @throws Error when it has no place for it */
export function updatePage(page: string, lines: readonly string[]): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to === -1) throw new Error('the page has no place for the soak');
  return `${page.slice(0, from)}${[begin, ...lines].join('\n')}\n${page.slice(to)}`;
}

function changeOf({ perThousandCalls, plusMinus }: Trend, unit: string): string {
  return `${round(perThousandCalls)} ± ${round(plusMinus)}${unit}`;
}

function round(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
