import { percentile } from '../../../scripts/bench/figures.ts';
import { systemClock } from '../../../src/kit/clock.ts';
import type { ReadySeat } from '../../support/house-seat.ts';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

/** The next shift is there within this time. */
const SIGN_IN_WITHIN_MS = 10_000;
/** 99 of 100 phones ring within so many milliseconds of being ready. */
const GOAL_MS = 50;

/** Every agent hangs up at once and signs out; the next shift signs in within ten seconds while callers wait. */
export const f25: Fault = {
  id: 'F25',
  what: 'the shift changes',
  injected:
    'all agents hang up at once and sign out; all sign in and are ready again within 10 s, callers waiting',
  inShortRun: false,
  run(run) {
    const seats = run.short ? 10 : 600;
    return inHall({ seats, isHuge: true }, (hall) => changed(hall, seats, run));
  },
};

async function changed(hall: Hall, seats: number, { say }: FaultRun) {
  const { book } = hall.house;
  const talking = await hall.crowd(seats);
  await until(() => hall.countAt('conversation') === seats, 'all talk', 180_000);
  const waiting = await hall.crowd(Math.ceil(seats / 2));
  await until(() => hall.countAt('waiting') === waiting.length, 'half as many wait', 120_000);
  say(`${seats} talk, ${waiting.length} wait`);

  await allAtOnce(hall, ({ api }) => api.send('POST', '/desk/not-ready', { reason: 'rest' }));
  await allAtOnce(hall, ({ api }) => api.send('POST', '/desk/hang-up'));
  // Nobody stays to rate.
  for (const caller of talking) caller.hangUp();
  await until(() => hall.countAt('conversation') === 0, 'nobody talks', 60_000);
  await allAtOnce(hall, ({ api }) => api.send('POST', '/desk/sign-out'));
  say('the shift has left');

  const begun = systemClock.now();
  await Promise.all(
    hall.seats.map(async ({ api, seatId }, n) => {
      await pause((n * SIGN_IN_WITHIN_MS) / seats);
      await api.send('POST', '/desk/sign-in', { seatId });
      await api.send('POST', '/desk/ready');
    }),
  );
  const readyMs = systemClock.now() - begun;
  await until(() => hall.countAt('conversation') === waiting.length, 'who waited talks', 60_000);
  const recoveryMs = systemClock.now() - begun;

  const losses = new Losses(say);
  losses.add('hung up on', waiting.filter(({ wasHungUpOn }) => wasHungUpOn).length);
  const delays = ringsSince(hall, begun);
  const byLog = p99Of(delays.map(({ logMs }) => logMs));
  const atPhone = p99Of(delays.map(({ phoneMs }) => phoneMs));
  if (!(atPhone <= GOAL_MS)) losses.add(`first rings within ${GOAL_MS} ms, p99 ${atPhone} ms`, 1);
  await hall.empty();
  losses.add('records', hall.callers.length - book.count().all);
  return {
    before: talking.length + waiting.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice() + delays.length - waiting.length,
    recoveryMs,
    note: `${seats} seats signed in and ready within ${(readyMs / 1_000).toFixed(1)} s; from ready to the INVITE at the phone of who is given a caller p99 ${atPhone} ms (to the decision ${byLog} ms); each caller rung for once`,
  };
}

async function allAtOnce({ seats }: Hall, act: (seat: ReadySeat) => Promise<unknown>) {
  await Promise.all(seats.map(act));
}

/** Each ring since a moment: from its seat being ready to the decision, and to the INVITE at the phone. */
function ringsSince({ house, seats }: Hall, moment: number) {
  const phones = new Map(seats.map(({ seatId, phone }) => [seatId, phone]));
  const readyAt = new Map<string, number>();
  const rings: { logMs: number; phoneMs: number }[] = [];
  for (const event of house.book.eventsOfKind('seat.state', 'call.ringing')) {
    const seatId = String(event['seatId']);
    if (event['state'] === 'ready') readyAt.set(seatId, event.at);
    if (event.kind !== 'call.ringing' || event.at < moment) continue;
    const since = readyAt.get(seatId) ?? Number.NaN;
    const rung = phones.get(seatId)?.rung.find((call) => call.since >= moment);
    rings.push({ logMs: event.at - since, phoneMs: (rung?.since ?? Number.NaN) - since });
  }
  return rings;
}

function p99Of(values: readonly number[]): number {
  return (
    percentile(
      values.toSorted((a, b) => a - b),
      0.99,
    ) ?? Number.NaN
  );
}
