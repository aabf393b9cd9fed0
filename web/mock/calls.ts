import type { CallDetail, CallFilter, CallRow, CallStep } from '../../src/calls/schema.ts';
import { type EndingSlug, endings } from '../../src/ending.ts';
import { maskNumber } from '../../src/kit/mask.ts';
import { city } from './city.ts';
import { demoNow } from './demo-clock.ts';
import { people } from './people.ts';
import { pick, randomFrom, spread } from './random.ts';

const notes = [
  '反映小区外道路施工夜间噪声扰民，已告知施工时限规定，转城管部门核实。',
  '咨询灵活就业人员养老保险缴费基数与断缴补缴，已答复并发送办理指南。',
  '商家预付卡拒绝退款，余额 860 元，来电人已保存付款凭证，转市场监管。',
  '询问公积金异地贷款所需材料，已逐项答复。',
  '反映单元电梯反复困人，物业未处理，诉求尽快检修。',
  '查询上周反映的路灯问题处理进度，承办单位已回复将于两日内修复。',
  '老人不会使用手机办理医保年审，已告知就近社区服务点。',
  '',
];
const abandons: EndingSlug[] = [
  'left-while-waiting',
  'left-in-menu',
  'left-while-ringing',
  'left-in-greeting',
];
const turnedAway: EndingSlug[] = ['call-back-requested', 'waited-too-long', 'queue-full'];

interface Stored extends CallRow {
  caller: string;
  note: string;
}

const nobody = { callBackOf: null, orderId: null, stage: null };
const incoming = { direction: 'in' as const, tags: [], ...nobody };

function oneCall(n: number, arrivedAt: number, random: () => number): Stored {
  const queue = pick(random, city.queues);
  const luck = random();
  const ending: EndingSlug =
    luck < 0.9
      ? random() < 0.7
        ? 'agent-hung-up'
        : 'caller-hung-up'
      : luck < 0.975
        ? pick(random, abandons)
        : pick(random, turnedAway);
  const answered = endings[ending].class === 'answered';
  const queued = ending !== 'left-in-menu' && ending !== 'left-in-greeting';
  const queuedAt = queued ? arrivedAt + Math.round(9_000 + spread(random, 6_000)) : null;
  const waitedMs =
    queuedAt === null ? null : Math.round(2_400 + spread(random, answered ? 5_000 : 42_000));
  const talkMs = answered ? Math.round(28_000 + spread(random, 120_000)) : null;
  const connectedAt =
    answered && queuedAt !== null && waitedMs !== null ? queuedAt + waitedMs : null;
  const seat = Math.floor(random() * 52);
  const rated = answered && ending === 'agent-hung-up' && random() < 0.62;
  const caller = `1${pick(random, ['38', '39', '59', '86', '77', '50'])}${String(Math.floor(random() * 1e8)).padStart(8, '0')}`;
  const menuKey = Object.entries(city.menus[0]?.keys ?? {}).find(
    ([, choice]) => 'queue' in choice && choice.queue === queue.id,
  )?.[0];
  return {
    id: `01JD${String(n).padStart(6, '0')}K8ZQW4T2VX7MP9`,
    caller,
    entryId: menuKey === undefined && queue.id === 'social' ? 'line-12333' : 'main-line',
    callerMasked: random() < 0.03 ? '' : maskNumber(caller),
    dialled: '12345',
    language: random() < 0.86 ? 'zh' : random() < 0.7 ? 'yue' : 'en',
    choice:
      menuKey === undefined
        ? queue.id === 'consumer'
          ? `main/1/consumer/${1 + (n % 3)}`
          : null
        : `main/${menuKey}`,
    queueId: queued ? queue.id : null,
    seatId: answered ? String(8001 + seat) : null,
    agentId: answered ? (seat === 6 ? 'p-1' : `p-${1000 + seat}`) : null,
    arrivedAt,
    queuedAt,
    connectedAt,
    endedAt:
      (connectedAt ?? (queuedAt ?? arrivedAt + 6_000) + (waitedMs ?? 0)) +
      (talkMs ?? 0) +
      (rated ? 9_000 : 0),
    waitedMs,
    ringMs: answered ? Math.round(1_200 + spread(random, 1_800)) : null,
    talkMs,
    heldMs: answered && random() < 0.12 ? 24_000 : 0,
    rating: rated ? pick(random, [5, 5, 5, 5, 5, 4, 4, 3, 2, 1]) : null,
    ratingAsked: answered && ending === 'agent-hung-up',
    resultCode: answered ? pick(random, city.resultCodes).code : null,
    ...incoming,
    ending,
    note: answered ? pick(random, notes) : '',
  };
}

function allCalls(): Stored[] {
  const random = randomFrom(12345);
  const calls: Stored[] = [];
  let at = demoNow() - 4_000;
  for (let n = 0; n < 1_200; n += 1) {
    at -= Math.round(spread(random, 38_000));
    const call = oneCall(1_200 - n, at, random);
    if (n < 14) Object.assign(call, live(call, n));
    calls.push(call);
  }
  calledBack(calls);
  return calls;
}

/** One who had asked for it was called back, and answered. */
function calledBack(calls: readonly Stored[]): void {
  const back = calls.find((call) => call.id.startsWith('01JD001140'));
  const wish = calls.find((call) => call.ending === 'call-back-requested');
  if (!back || !wish) return;
  const { callerMasked, caller, language } = wish;
  Object.assign(back, { callBackOf: wish.id, direction: 'out', callerMasked, caller, language });
}

/** The newest calls still live: waiting, ringing, talking. */
function live(call: Stored, n: number): Partial<Stored> {
  const talking = n > 4;
  return {
    ending: null,
    endedAt: null,
    rating: null,
    ratingAsked: false,
    resultCode: null,
    talkMs: null,
    note: '',
    queueId: call.queueId ?? 'general',
    queuedAt: call.arrivedAt + 2_000,
    stage: talking ? 'conversation' : n === 4 ? 'ringing' : 'waiting',
    ...(talking
      ? {
          connectedAt: call.arrivedAt + 8_000,
          waitedMs: 6_000,
          seatId: String(8001 + n),
          agentId: `p-${1000 + n}`,
        }
      : { connectedAt: null, waitedMs: null, ringMs: null, seatId: null, agentId: null }),
  };
}

export const stored = allCalls();

function shown({ caller: _caller, note: _note, ...row }: Stored): CallRow {
  return row;
}

/** Rows that fit the filter, newest first. */
export function findCalls(filter: CallFilter): CallRow[] {
  return stored
    .filter(
      (call) =>
        (filter.from === undefined || call.arrivedAt >= filter.from) &&
        (filter.to === undefined || call.arrivedAt < filter.to) &&
        (filter.queue === undefined || call.queueId === filter.queue) &&
        (filter.agent === undefined || call.agentId === filter.agent) &&
        (filter.seat === undefined || call.seatId === filter.seat) &&
        (filter.ending === undefined || call.ending === filter.ending) &&
        (filter.class === undefined ||
          (call.ending !== null && endings[call.ending].class === filter.class)) &&
        (filter.rating === undefined || call.rating === filter.rating) &&
        (filter.caller === undefined || call.caller.endsWith(filter.caller)) &&
        (filter.live === undefined || (call.ending === null) === (filter.live === 'yes')),
    )
    .map(shown);
}

export function numberOf(callId: string): string | undefined {
  return stored.find((call) => call.id === callId)?.caller;
}

/** What an agent's pop shows of calls before. */
export function lastCalls(count: number) {
  return stored
    .filter((call) => call.note !== '')
    .filter((_, at) => at % 230 === 120)
    .slice(0, count)
    .map(({ id, arrivedAt, queueId, agentId, ending, rating, resultCode, talkMs, note }) => ({
      id,
      arrivedAt,
      queueId,
      agentId,
      ending,
      rating,
      resultCode,
      talkMs,
      note,
    }));
}

export function detailOf(id: string): CallDetail | undefined {
  const call = stored.find((each) => each.id === id);
  if (!call) return undefined;
  const recordings: CallDetail['recordings'] =
    call.connectedAt === null || call.seatId === null || call.agentId === null
      ? []
      : [
          {
            id: `r-${call.id}`,
            seatId: call.seatId,
            agentId: call.agentId,
            startedAt: call.connectedAt,
            state: call.endedAt === null ? 'running' : 'ready',
            sha256:
              call.endedAt === null
                ? null
                : '9f2c1be07d6a4c53e8b1f0a2c7d94e6358ab10ff62d7c4913e5ab8876d20c41b',
            durationMs: call.talkMs,
            bytes: call.talkMs === null ? null : 44 + Math.round(call.talkMs * 32),
            failure: null,
          },
        ];
  return { ...shown(call), note: call.note, steps: stepsOf(call), recordings };
}

type Say = (at: number | null, kind: string, detail?: Record<string, unknown>) => void;

function sayArrival(call: Stored, say: Say): void {
  const { entryId, dialled, language, choice, queueId } = call;
  say(call.arrivedAt, 'call.arrived', { entryId, dialled, language });
  say(call.arrivedAt + 14, 'call.stage', { stage: 'greeting' });
  if (choice) say(call.arrivedAt + 6_214, 'call.choice', { key: choice.split('/').at(-1), choice });
  say(call.queuedAt, 'call.queued', { queueId, priority: 0 });
}

function sayCallBack({ arrivedAt, queueId, seatId, agentId }: Stored, say: Say): void {
  const who = { queueId, seatId, agentId };
  say(arrivedAt, 'call.call-back-begun', { queueId });
  say(arrivedAt + 700, 'call.call-back-dialled', who);
  const againAt = arrivedAt + 2_500;
  say(arrivedAt + 2_400, 'call.call-back-failed', { ...who, tries: 1, why: 'busy', againAt });
  say(againAt, 'call.call-back-dialled', who);
}

function stepsOf(call: Stored): CallStep[] {
  const steps: Omit<CallStep, 'seq'>[] = [];
  const say: Say = (at, kind, detail = {}) => {
    if (at !== null) steps.push({ at, kind, detail });
  };
  const { seatId, agentId, queueId } = call;
  (call.callBackOf === null ? sayArrival : sayCallBack)(call, say);
  const ringAt = call.connectedAt === null ? null : call.connectedAt - (call.ringMs ?? 1_500);
  say(ringAt, 'call.ringing', { queueId, seatId, agentId, attempt: 1 });
  say(call.connectedAt, 'call.connected', {
    queueId,
    seatId,
    agentId,
    waitedMs: call.waitedMs,
    ringMs: call.ringMs,
  });
  if (call.connectedAt !== null)
    say(call.connectedAt + 12, 'recording.started', { seatId, agentId });
  if (call.heldMs > 0 && call.connectedAt !== null) {
    say(call.connectedAt + 20_000, 'call.held', { seatId });
    say(call.connectedAt + 20_000 + call.heldMs, 'call.resumed', { seatId, heldMs: call.heldMs });
  }
  if (call.endedAt !== null && call.connectedAt !== null && call.talkMs !== null) {
    const overAt = call.connectedAt + call.talkMs;
    say(overAt, 'call.talk-ended', {
      seatId,
      by: call.ending === 'agent-hung-up' ? 'agent' : 'caller',
      talkMs: call.talkMs,
    });
    if (call.ratingAsked) say(overAt + 40, 'call.rating-asked', { agentId });
    if (call.rating !== null) say(overAt + 7_320, 'call.rated', { score: call.rating });
  }
  if (call.ending !== null) say(call.endedAt, 'call.ended', { ending: call.ending });
  if (call.endedAt !== null && call.connectedAt !== null) {
    say(call.endedAt + 180, 'recording.ready', { durationMs: call.talkMs, repaired: false });
    if (call.note) say(call.endedAt + 21_400, 'call.noted', { resultCode: call.resultCode });
  }
  return steps.map((step, at) => ({ seq: 90_000 + at, ...step }));
}

export const peopleNames = people.map(({ id, name, staffNo }) => ({ id, name, staffNo }));

/** Why a call went where it went. */
export function reasonsOf(id: string): { at: number; zh: string; en: string }[] {
  const call = stored.find((each) => each.id === id);
  if (!call) return [];
  const reasons = [
    {
      at: call.arrivedAt,
      zh: '拨打 12345，按“12345 主号”接入',
      en: 'dialled 12345: 12345 main line',
    },
  ];
  if (call.connectedAt !== null) {
    reasons.push({
      at: call.connectedAt - (call.ringMs ?? 0),
      zh: `排在最前，座席 ${call.seatId} 空闲时间最长，因此振铃`,
      en: `first in line; seat ${call.seatId} had been idle longest, so it rang`,
    });
  }
  return reasons;
}
