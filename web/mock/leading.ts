import type {
  AlertRow,
  DeskNotice,
  Notice,
  Plan,
  PlanPreview,
  PlanRun,
  Rest,
  WaitingCaller,
} from '../../src/leading/schema.ts';
import { demoNow } from './demo-clock.ts';
import { seats } from './floor.ts';
import { nameOf } from './people.ts';

const minuteMs = 60_000;
const ago = (minutes: number) => demoNow() - minutes * minuteMs;

function rest(n: number, state: Rest['state'], minutes: number, note = ''): Rest {
  const isDecided = state !== 'asked';
  return {
    id: `rest-${n}`,
    seatId: String(8001 + n),
    agentId: `p-${1000 + n}`,
    agentName: nameOf(n),
    reason: n % 3 === 0 ? 'meal' : 'rest',
    note,
    askedAt: ago(minutes),
    expiresAt: ago(minutes) + 5 * minuteMs,
    state,
    decidedAt: isDecided ? ago(minutes - 1) : null,
    decidedBy: isDecided && state !== 'expired' ? '周班长' : null,
    begunAt: state === 'approved' && n !== 31 ? ago(minutes - 2) : null,
    overAt: state === 'asked' || (state === 'approved' && n < 40) ? null : ago(minutes - 12),
    queueId: seats[n]?.queues[0]?.queueId ?? null,
  };
}

/** Rests asked for in the demo city. */
export const rests: Rest[] = [
  rest(11, 'asked', 3.4, '嗓子不舒服，想喝口水'),
  rest(3, 'asked', 2.1),
  rest(24, 'asked', 0.4),
  rest(30, 'approved', 9),
  rest(31, 'approved', 4),
  rest(45, 'approved', 34),
  rest(46, 'refused', 41),
  rest(47, 'expired', 55),
];

export const quotas = [
  { queueId: null, used: 2, quota: 6 },
  { queueId: 'consumer', used: 1, quota: 1 },
  { queueId: 'city', used: 1, quota: 2 },
];

const head = { by: '周班长', until: null, withdrawnAt: null };

export const notices: Notice[] = [
  {
    ...head,
    id: 'n-1',
    at: ago(6),
    text: '城东片区停水，预计 16:00 恢复。统一口径：抢修中，恢复前每半小时更新，不承诺具体到户时间。',
    isUrgent: true,
    audience: { to: 'all' },
    read: 41,
    unread: 9,
  },
  {
    ...head,
    id: 'n-2',
    at: ago(52),
    text: '公积金跨省转移新规今日起施行，知识库已更新。',
    isUrgent: false,
    audience: { to: 'queues', queueIds: ['housing-fund', 'social'] },
    read: 12,
    unread: 0,
  },
  {
    ...head,
    id: 'n-3',
    at: ago(190),
    text: '午间备份，工单系统 12:30 起有 5 分钟不可用。',
    isUrgent: false,
    audience: { to: 'all' },
    withdrawnAt: ago(120),
    read: 48,
    unread: 0,
  },
];

export const deskNotices = (): DeskNotice[] =>
  notices
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .map(({ id, at, by, text, isUrgent, until }) => {
      return { id, at, by, text, isUrgent, until, readAt: read.get(id) ?? null };
    });
/** When the demo agent read what. */
export const read = new Map<string, number>([['n-2', ago(50)]]);

const nothing = {
  callId: null,
  seatId: null,
  agentName: null,
  queueId: null,
  score: null,
  limitMs: null,
  overAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
};

export const alerts: AlertRow[] = [
  { ...nothing, id: 'a-1', kind: 'waiting', at: ago(1.2), queueId: 'city', limitMs: minuteMs },
  {
    ...nothing,
    id: 'a-6',
    kind: 'call-back-overdue',
    at: ago(4),
    queueId: 'consumer',
    limitMs: 30 * minuteMs,
  },
  {
    ...nothing,
    id: 'a-2',
    kind: 'raised-hand',
    at: ago(0.6),
    seatId: '8017',
    agentName: nameOf(16),
  },
  {
    ...nothing,
    id: 'a-3',
    kind: 'low-rating',
    at: ago(4),
    callId: '01JD001180K8ZQW4T2VX7MP9',
    seatId: '8021',
    agentName: '蔡雨桐',
    queueId: 'city',
    score: 1,
  },
  {
    ...nothing,
    id: 'a-4',
    kind: 'long-talk',
    at: ago(2),
    seatId: '8009',
    agentName: nameOf(8),
    queueId: 'social',
    limitMs: 15 * minuteMs,
    acknowledgedAt: ago(1),
    acknowledgedBy: '周班长',
  },
  {
    ...nothing,
    id: 'a-5',
    kind: 'seat-unreachable',
    at: ago(31),
    seatId: '8042',
    agentName: nameOf(41),
    overAt: ago(26),
  },
];

export const plans: Plan[] = ['白班', '夜班', '台风'].map((name, n) => ({
  id: `plan-${n}`,
  name,
  at: ago(60 * 24 * (n + 2)),
  by: '周班长',
  seats: 60,
}));

export const planRuns: PlanRun[] = [
  { id: 'run-1', name: '白班', at: ago(420), by: '周班长', seats: 18, undoneAt: null },
  { id: 'run-0', name: '夜班', at: ago(1_200), by: '林班长', seats: 31, undoneAt: ago(1_190) },
];

export const preview = (): PlanPreview => ({
  moves: seats.slice(0, 9).map(({ id, name, queues }, n) => ({
    seatId: id,
    seatName: name,
    agentName: n % 4 === 3 ? null : nameOf(n),
    before: queues,
    after: [{ queueId: 'general', level: 1 }],
  })),
  goneSeats: ['8077'],
  goneQueues: [],
});

export const waiting = (queueId: string): WaitingCaller[] =>
  ['138****5678', '139****2216', '', '186****9034', '+85****7721'].map((callerMasked, n) => ({
    callId: `01JD0011${n}0K8ZQW4T2VX7MP9`,
    queueId,
    place: n + 1,
    enteredAt: ago(2.4 - n * 0.45),
    callerMasked,
    priority: [4, 0, 0, 1, 0][n] ?? 0,
    isRinging: n === 1,
    reason: (['leader', 'arrival', 'arrival', 'entry', 'after-transfer'] as const)[n] ?? 'arrival',
  }));

/** A usual day: two humps, quiet nights. */
export const normal = Array.from({ length: 96 }, (_, at) => {
  const hour = at / 4;
  const hump = (peak: number, width: number) => Math.exp(-(((hour - peak) / width) ** 2));
  return Math.round(6 + 92 * hump(10, 2) + 76 * hump(15.5, 2.4) + 24 * hump(20, 2.2));
});
