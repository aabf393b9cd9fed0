import type { CallOutcome } from '../sipp/place-call.ts';
import type { CallRecord } from './record.ts';

/** What `npm run call --json` prints. */
export interface CallResult {
  /** An agent spoke with the caller. */
  answered: boolean;
  entry: string | null;
  language: string | null;
  queue: string | null;
  seat: string | null;
  /** The agent's login. */
  agent: string | null;
  waitedMs: number | null;
  ringMs: number | null;
  talkMs: number | null;
  rating: number | null;
  ending: string | null;
  /** Path below the recordings folder. */
  recording: string | null;
}

export function resultOf(record: CallRecord | undefined, recording: string | null): CallResult {
  return {
    answered: record?.connectedAt != null,
    entry: record?.entry ?? null,
    language: record?.language ?? null,
    queue: record?.queue ?? null,
    seat: record?.seat ?? null,
    agent: record?.agent ?? null,
    waitedMs: record?.waitedMs ?? null,
    ringMs: record?.ringMs ?? null,
    talkMs: record?.talkMs ?? null,
    rating: record?.rating ?? null,
    ending: record?.ending ?? null,
    recording,
  };
}

/** The same for people. */
export function resultText(result: CallResult, outcome: CallOutcome): string {
  if (!outcome.answered) {
    return `✗ 交换机没有接受呼叫 / the exchange did not take the call (SIP ${outcome.status ?? '-'})`;
  }
  if (result.entry === null) {
    return '✗ 服务器没有此次来电的记录 / the server has no record of this call';
  }
  const seconds = (ms: number | null) => (ms === null ? '-' : `${(ms / 1_000).toFixed(1)} s`);
  const rows = [
    ['人工接听 / answered by an agent', result.answered ? '✓' : '✗'],
    ['入口 / entry', result.entry],
    ['语言 / language', result.language],
    ['队列 / queue', result.queue],
    ['座席 / seat', result.seat],
    ['话务员 / agent', result.agent],
    ['等候 / waited', seconds(result.waitedMs)],
    ['振铃 / rang', seconds(result.ringMs)],
    ['通话 / talked', seconds(result.talkMs)],
    ['评价 / rating', result.rating],
    ['结束 / ending', result.ending],
    ['录音 / recording', result.recording],
  ];
  return rows.map(([name, value]) => `  ${name}: ${value ?? '-'}`).join('\n');
}
