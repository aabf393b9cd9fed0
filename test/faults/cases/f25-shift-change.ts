import { percentile } from '../../../scripts/bench/figures.ts';
import { until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

/** Every agent hangs up at once and leaves; the next shift signs in within ten seconds while callers wait. */
export const f25: Fault = {
  id: 'F25',
  what: 'the shift changes',
  injected:
    'all agents hang up at once and are not ready; all are ready again within 10 s, callers waiting',
  inShortRun: false,
  run(run) {
    const seats = run.short ? 10 : 200;
    return inHall({ seats, isHuge: true }, (hall) => changed(hall, seats, run));
  },
};

async function changed(hall: Hall, seats: number, { say }: FaultRun) {
  const { book } = hall.house;
  const talking = await hall.crowd(seats);
  await until(() => hall.countAt('conversation') === seats, 'all talk', 180_000);
  const waiting = await hall.crowd(Math.ceil(seats / 2));
  await until(() => hall.countAt('waiting') === waiting.length, 'half as many wait', 120_000);
  const rungBefore = new Set(book.eventsOfKind('call.ringing').map(({ callId }) => callId));

  const apis = hall.seats.map(({ api }) => api);
  await Promise.all(apis.map((api) => api.send('POST', '/desk/not-ready', { reason: 'rest' })));
  for (const caller of talking) caller.hangUp();
  await until(() => hall.countAt('conversation') === 0, 'nobody talks', 60_000);
  const begun = performance.now();
  await Promise.all(apis.map((api) => api.send('POST', '/desk/ready')));
  const readyMs = performance.now() - begun;
  await until(() => hall.countAt('conversation') === waiting.length, 'who waited talks', 60_000);
  const recoveryMs = performance.now() - begun;

  const losses = new Losses(say);
  losses.add('hung up on', hall.hungUpOn());
  const rings = book.eventsOfKind('call.ringing').filter(({ callId }) => !rungBefore.has(callId));
  const delays = rings
    .map(({ at, seatId }) => at - readyAt(hall, String(seatId), at))
    .toSorted((a, b) => a - b);
  const p99 = percentile(delays, 0.99) ?? Number.NaN;
  await hall.empty();
  losses.add('records', hall.callers.length - book.count().all);
  return {
    before: talking.length + waiting.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice() + rings.length - waiting.length,
    recoveryMs,
    note: `${seats} seats ready within ${(readyMs / 1_000).toFixed(1)} s; from ready to the ring for who waits p99 ${p99} ms by the log, each rung once`,
  };
}

/** When the seat had last become ready. */
function readyAt(hall: Hall, seatId: string, before: number): number {
  const found = hall.house.book
    .eventsOfKind('seat.state')
    .findLast(
      (event) => event['seatId'] === seatId && event['state'] === 'ready' && event.at <= before,
    );
  return found?.at ?? Number.NaN;
}
