import type { Floor, QueueDay, QueueLive, SeatLive } from '../../src/floor/schema.ts';
import type { FloorChange } from '../../src/realtime/protocol.ts';
import type { Seat } from '../../src/seats/schema.ts';
import { city } from './city.ts';
import { demoMidnight, demoNow } from './demo-clock.ts';
import { nameOf } from './people.ts';
import { pick, randomFrom } from './random.ts';

const random = randomFrom(2026);
const queueIds = city.queues.map((queue) => queue.id);

function queuesOfSeat(n: number): string[] {
  const own = queueIds[n % 11] ?? 'general';
  const second = queueIds[(n * 5 + 3) % 11] ?? 'general';
  return [...new Set([own, second, 'general'])];
}

/** Sixty seats, browser phones and a few desk phones. */
export const seats: Seat[] = Array.from({ length: 60 }, (_, n) => ({
  id: String(8001 + n),
  name: `${'东西南北'[Math.floor(n / 15)] ?? '东'}区 ${(n % 15) + 1} 座`,
  phone: n % 6 === 0 ? ('sip' as const) : ('browser' as const),
  queues: queuesOfSeat(n).map((queueId, at) => ({ queueId, level: at + 1 })),
  enabled: n !== 59,
  createdAt: demoMidnight - 40 * 86_400_000,
}));

const states: [SeatLive['state'], number][] = [
  ['talking', 0.5],
  ['ready', 0.13],
  ['wrap-up', 0.13],
  ['not-ready', 0.11],
  ['hold', 0.03],
  ['ringing', 0.03],
  ['offline', 0.07],
];

function someState(): SeatLive['state'] {
  let luck = random();
  for (const [state, share] of states) {
    luck -= share;
    if (luck < 0) return state;
  }
  return 'offline';
}

function inState(seat: Seat, n: number, state: SeatLive['state'], since: number): SeatLive {
  const ids = seat.queues.map((queue) => queue.queueId);
  const busy = state === 'talking' || state === 'hold' || state === 'ringing';
  return {
    seatId: seat.id,
    seatName: seat.name,
    agentId: state === 'offline' ? null : `p-${1000 + n}`,
    agentName: state === 'offline' ? null : nameOf(n),
    state,
    since,
    reason:
      state === 'not-ready'
        ? pick(random, ['rest', 'meal', 'training', 'paperwork', 'no-answer'])
        : null,
    callQueueId: busy ? pick(random, ids) : null,
    queueIds: ids,
    reachable: n !== 41,
  };
}

const seatsLive = seats.map((seat, n) =>
  inState(seat, n, someState(), demoNow() - Math.floor(random() ** 2 * 420_000) - 4_000),
);

function day(share: number): QueueDay {
  const offered = Math.round(2_380 * share);
  const abandoned = Math.round(offered * (0.02 + random() * 0.03));
  const answered = offered - abandoned - 1;
  const rated = Math.round(answered * 0.58);
  return {
    offered,
    answered,
    abandoned,
    abandonedShort: Math.round(abandoned * 0.3),
    turnedAway: 1,
    answeredInTime: Math.round(answered * (0.89 + random() * 0.09)),
    waitedMs: answered * 7_400,
    talkMs: answered * 148_000,
    rated,
    ratingSum: Math.round(rated * 4.7),
  };
}

const shares = [0.13, 0.12, 0.09, 0.06, 0.12, 0.07, 0.08, 0.06, 0.08, 0.02, 0.05, 0.12];
const waitingNow = [3, 0, 1, 0, 5, 0, 0, 2, 1, 0, 0, 1];
const waitedS = [22, 0, 6, 0, 71, 0, 0, 11, 4, 0, 0, 9];

const queuesLive: QueueLive[] = queueIds.map((queueId, at) => {
  const waiting = waitingNow[at] ?? 0;
  return {
    queueId,
    waiting,
    longestSince: waiting > 0 ? demoNow() - (waitedS[at] ?? 5) * 1000 : null,
    seats: countSeats(queueId),
    today: day(shares[at] ?? 0.05),
  };
});

function countSeats(queueId: string): QueueLive['seats'] {
  const own = seatsLive.filter(
    (seat) => seat.queueIds.includes(queueId) && seat.state !== 'offline',
  );
  const count = (...wanted: SeatLive['state'][]) =>
    own.filter((seat) => wanted.includes(seat.state)).length;
  return {
    signedIn: own.length,
    ready: count('ready'),
    ringing: count('ringing'),
    talking: count('talking', 'hold'),
    wrapUp: count('wrap-up'),
    notReady: count('not-ready'),
  };
}

function wholeDay(): QueueDay {
  const sum = (part: keyof QueueDay) =>
    queuesLive.reduce((total, queue) => total + queue.today[part], 0);
  return {
    offered: sum('offered'),
    answered: sum('answered'),
    abandoned: sum('abandoned'),
    abandonedShort: sum('abandonedShort'),
    turnedAway: sum('turnedAway'),
    answeredInTime: sum('answeredInTime'),
    waitedMs: sum('waitedMs'),
    talkMs: sum('talkMs'),
    rated: sum('rated'),
    ratingSum: sum('ratingSum'),
  };
}

/** A working day's shape: a morning peak, a lunch dip, an afternoon peak. */
const quarters = Array.from({ length: 59 }, (_, at) => {
  const hour = at / 4;
  const peak = (middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2));
  const offered = Math.round(
    4 + 92 * peak(9.8, 1.5) + 70 * peak(15, 2) + 16 * peak(12.5, 3) + random() * 8,
  );
  return { offered, answered: Math.max(0, offered - Math.round(random() * 5)) };
});

let n = 41;

export function wholeFloor(): Floor {
  return {
    n,
    now: demoNow(),
    queues: queuesLive,
    seats: seatsLive,
    today: wholeDay(),
    quarters,
    connected: true,
  };
}

/** A little life: one seat changes its state, one queue gets or loses a caller. */
export function stir(): FloorChange {
  n += 1;
  const at = Math.floor(random() * seats.length);
  const seat = seats[at];
  const changed = seat ? inState(seat, at, someState(), demoNow()) : undefined;
  if (changed) seatsLive[at] = changed;
  const queueAt = Math.floor(random() * queuesLive.length);
  const queue = queuesLive[queueAt];
  if (queue) {
    const served = random() < 0.45 + queue.waiting * 0.1;
    const waiting = Math.max(0, Math.min(6, queue.waiting + (served ? -1 : 1)));
    // Whoever is served is the one who waited longest; the next one came later.
    const since = served
      ? demoNow() - Math.floor(random() * 20_000)
      : (queue.longestSince ?? demoNow());
    queuesLive[queueAt] = {
      ...queue,
      waiting,
      longestSince: waiting === 0 ? null : since,
      seats: countSeats(queue.queueId),
    };
  }
  const last = quarters.length - 1;
  return {
    n,
    now: demoNow(),
    queues: queuesLive.filter((_, index) => index === queueAt),
    seats: changed ? [changed] : [],
    today: wholeDay(),
    quarter: {
      index: last,
      offered: quarters[last]?.offered ?? 0,
      answered: quarters[last]?.answered ?? 0,
    },
    connected: true,
  };
}
