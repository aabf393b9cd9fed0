import { TcpProxy } from '../../support/tcp-proxy.ts';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import type { HallCaller } from '../hall-caller.ts';
import { inHallBehind } from '../in-hall.ts';

/** The connection is reset, and stays away for a while in which people come and go. */
export const f3: Fault = {
  id: 'F3',
  what: 'the connection to the exchange is cut',
  injected: 'RST of every connection, 1 to 60 s away, callers coming and leaving meanwhile',
  inShortRun: true,
  run: (run) => inHallBehind(TcpProxy.open, { seats: 3 }, (hall, proxy) => cut(hall, proxy, run)),
};

async function cut(hall: Hall, proxy: TcpProxy, { short, say }: FaultRun) {
  const losses = new Losses(say);
  const slowest: number[] = [];
  for (const awayMs of short ? [2_000] : [1_000, 10_000, 60_000]) {
    slowest.push(await cutOnce(hall, proxy, awayMs, losses));
    await hall.empty();
  }
  losses.add('hung up on', hall.hungUpOn());
  losses.add('records', hall.callers.length - hall.house.book.count().all);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs: Math.max(...slowest),
    note: 'those who came meanwhile entered in order with their true time of arrival; hang-ups in the gap were found',
  };
}

/** @returns milliseconds from the connection being possible again to all being in the queue */
async function cutOnce(hall: Hall, proxy: TcpProxy, awayMs: number, losses: Losses) {
  const { book } = hall.house;
  const talking = await hall.crowd(3);
  await until(() => hall.countAt('conversation') === 3, 'three talk', 30_000);
  const waiting = await hall.crowd(2);
  await until(() => hall.countAt('waiting') === 2, 'two wait', 30_000);

  proxy.refuse();
  proxy.cut();
  const dialled: { caller: HallCaller; at: number }[] = [];
  for (let n = 0; n < 5; n += 1) {
    dialled.push({ caller: await hall.dial(), at: Date.now() });
    await pause(Math.min(300, awayMs / 6));
  }
  const left = [talking.at(0), waiting.at(0)].flatMap((caller) => caller ?? []);
  for (const caller of left) caller.hangUp();
  await pause(Math.max(0, awayMs - 1_500));
  proxy.pass();
  const begun = performance.now();
  /** The time of arrival a caller entered the queue with; undefined before. */
  const placeOf = ({ number }: HallCaller) => {
    const ids = new Set(book.callsOf(number).map(({ id }) => id));
    return book.eventsOfKind('call.queued').find(({ callId }) => ids.has(String(callId)));
  };
  await until(
    () => dialled.every(({ caller }) => caller.isOver || placeOf(caller) !== undefined),
    'those who came are in the queue',
    30_000,
  );
  const recoveryMs = performance.now() - begun;
  await until(
    () => left.every(({ number }) => book.callOf(number).endedAt !== null),
    'hang-ups found',
    30_000,
  );

  const places = dialled.map(({ caller, at }) => {
    const place = Number(placeOf(caller)?.['arrivedAt'] ?? 0);
    const isWrong = Math.abs(place - at) > 3_000;
    losses.add(`times of arrival, by ${place - at} ms`, isWrong ? 1 : 0);
    return place;
  });
  losses.add('places', places.filter((at, n) => n > 0 && at < (places[n - 1] ?? 0)).length);
  return recoveryMs;
}
