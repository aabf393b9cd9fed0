import type { Leavings } from './rest.ts';
import type { Grown } from './samples.ts';
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
  grown: readonly Grown[];
  left: Leavings;
}

/** With fewer, what each leaves behind cannot be told from what comes and goes. */
const leastJudged = 1_000;
/** Five minutes of conversation and one of writing up: as often a seat takes a call. */
const secondsPerCall = 360;
const shiftSeconds = 8 * 3_600;

export function isPassed(soak: Soak): boolean {
  const { failed, notServed, recordsWrong, left, grown } = soak;
  const isFlat = grown.every(({ trend }) => trend.verdict === 'flat');
  return failed + notServed + recordsWrong === 0 && isFlat && left.isClean && !isTooShort(soak);
}

function isTooShort({ calls }: Soak): boolean {
  return calls < leastJudged;
}

/** The lines of the page. */
export function linesOf(soak: Soak, measured: string): string[] {
  const { minutes, perSecond, most, seats, calls, failed, notServed, recordsWrong } = soak;
  const { cpuMs, waitMs, loopP99Ms } = soak;
  const part = most === null ? '' : `, 70 % of the ${most} that were the most in the same run`;
  const verdict = isPassed(soak) ? 'passed' : isTooShort(soak) ? '**too short**' : '**failed**';
  const alike = Math.round(calls / (shiftSeconds / secondsPerCall));
  return [
    `${verdict} (${measured}): ${minutes} minutes at ${perSecond} calls a second${part}; ${seats} seats.`,
    `${calls} calls, as many as ${alike} seats take in eight hours: ${failed} failed, ${notServed} left without a`,
    `seat, ${recordsWrong} records too many or too few. From the queue to the answer p50 ${waitMs.p50} ms, p99 ${waitMs.p99} ms;`,
    `the event loop's delay p99 ${loopP99Ms} ms. Processor time for a call: server ${cpuMs.server} ms, exchange ${cpuMs.exchange} ms.`,
    '',
    '| under load | mean | change per 1,000 calls (95 %) | |',
    '|---|---|---|---|',
    ...soak.grown.map(({ name, unit, trend }) => {
      const { mean, verdict: word } = trend;
      const bold = word === 'flat' ? word : `**${word}**`;
      return `| ${name} | ${round(mean)}${unit} | ${changeOf(trend, unit)} | ${bold} |`;
    }),
    '',
    ...leftLines(soak.left),
  ];
}

/** The page with this soak in place of the last one. @throws Error when it has no place for it */
export function updatePage(page: string, lines: readonly string[]): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to === -1) throw new Error('the page has no place for the soak');
  return `${page.slice(0, from)}${[begin, ...lines].join('\n')}\n${page.slice(to)}`;
}

function leftLines({ rows, perCall }: Leavings): string[] {
  return [
    '| at rest | before | after | |',
    '|---|---|---|---|',
    ...rows.map(
      ({ name, before, after, isSame }) =>
        `| ${name} | ${before} | ${after} | ${isSame ? 'as before' : '**more**'} |`,
    ),
    '',
    `Left on the heap by each call: ${round(perCall.bytes)} bytes, ${round(perCall.objects)} objects.`,
  ];
}

function changeOf({ perThousandCalls, plusMinus }: Trend, unit: string): string {
  return `${round(perThousandCalls)} ± ${round(plusMinus)}${unit}`;
}

function round(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
