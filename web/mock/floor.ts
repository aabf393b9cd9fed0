import type { Floor, QueueDay, QueueLive, SeatLive } from '../../src/floor/schema.ts';
import type { FloorChange } from '../../src/realtime/protocol.ts';
import type { Seat } from '../../src/seats/schema.ts';
import { city } from './city.ts';
import { demoMidnight, demoNow } from './demo-clock.ts';
import { nameOf } from './people.ts';
import { pick, randomFrom } from './random.ts';

const random = randomFrom(2026);
const queueIds = city.queues.map((queue) => queue.id);

/** Places in `queueIds`: busy queues have more seats of their own. */
const homes = [0, 4, 1, 11, 8, 2, 0, 6, 3, 11, 4, 7, 5, 0, 10, 1, 8, 11, 9, 4];

function queuesOfSeat(n: number): string[] {
  const own = queueIds[homes[n % homes.length] ?? 11] ?? 'general';
  const second = queueIds[(n * 5 + 3) % 11] ?? 'general';
  return [...new Set([own, second, 'general'])];
}

const someSeats = (count: number): Seat[] =>
  Array.from({ length: count }, (_, n) => ({
    id: String(8001 + n),
    name: `${'东西南北'[Math.floor(n / 15) % 4] ?? '东'}区 ${(n % 15) + 1} 座`,
    phone: n % 6 === 0 ? ('sip' as const) : ('browser' as const),
    number: null,
    queues: queuesOfSeat(n).map((queueId, at) => ({ queueId, level: at + 1 })),
    enabled: n !== 59,
    autoAnswer: n % 6 === 0,
    createdAt: demoMidnight - 40 * 86_400_000,
  }));

/** Sixty seats, browser phones and a few desk phones. */
export const seats: Seat[] = someSeats(60);

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

const takeSeat = (seat: Seat, n: number) =>
  inState(seat, n, someState(), demoNow() - Math.floor(random() ** 2 * 420_000) - 4_000);
const seatsLive = seats.map(takeSeat);
/** Seats whose queues changed since the last message. */
const moved = new Set<string>();

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
const callBacksNow = [2, 0, 0, 0, 1];
const waitedS = [22, 0, 6, 0, 71, 0, 0, 11, 4, 0, 0, 9];

const queuesLive: QueueLive[] = queueIds.map((queueId, at) => {
  const waiting = waitingNow[at] ?? 0;
  return {
    queueId,
    waiting,
    callBacks: callBacksNow[at] ?? 0,
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

/** Another size of floor, for the pictures. */
export function resize(count: number): void {
  if (count === seats.length) return;
  seats.splice(0, seats.length, ...someSeats(count));
  seatsLive.splice(0, seatsLive.length, ...seats.map(takeSeat));
  for (const queue of queuesLive) queue.seats = countSeats(queue.queueId);
}

/** Other queues for a seat; the next message tells. Answers what it had. */
export function moveSeat(seat: Seat, queues: Seat['queues']): Seat['queues'] {
  const before = seat.queues;
  seat.queues = queues;
  const live = seatsLive.find(({ seatId }) => seatId === seat.id);
  if (live) live.queueIds = queues.map(({ queueId }) => queueId);
  moved.add(seat.id);
  return before;
}

/** The seat a picture is about: it goes on talking. */
let watched = '';
export function keepTalking(seatId: string): void {
  watched = seatId;
  setState(seatId, 'talking');
}

/** A leader's word: this seat is in that state from now on. */
export function setState(seatId: string, state: SeatLive['state']): void {
  const at = seats.findIndex(({ id }) => id === seatId);
  const seat = seats[at];
  if (seat) seatsLive[at] = inState(seat, at, state, demoNow());
  moved.add(seatId);
}

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
  const changed =
    seat && seat.id !== watched ? inState(seat, at, someState(), demoNow()) : undefined;
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
  const told = seatsLive.filter((live) => live === changed || moved.has(live.seatId));
  moved.clear();
  return {
    n,
    now: demoNow(),
    queues: queuesLive.filter((_, index) => index === queueAt),
    seats: told,
    today: wholeDay(),
    quarter: {
      index: last,
      offered: quarters[last]?.offered ?? 0,
      answered: quarters[last]?.answered ?? 0,
    },
    connected: true,
  };
}
