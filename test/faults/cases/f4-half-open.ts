import { TcpProxy } from '../../support/tcp-proxy.ts';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHallBehind } from '../in-hall.ts';

/** Nothing passes any more and nothing is closed: the network between the two has gone quiet. */
export const f4: Fault = {
  id: 'F4',
  what: 'the connection to the exchange is half open',
  injected: 'no byte passes for 30 s in either direction, no connection is closed',
  inShortRun: true,
  run: (run) => inHallBehind(TcpProxy.open, { seats: 3 }, (hall, proxy) => quiet(hall, proxy, run)),
};

async function quiet(hall: Hall, proxy: TcpProxy, { short, say }: FaultRun) {
  await hall.crowd(2);
  await until(() => hall.countAt('conversation') === 2, 'two talk', 30_000);
  hall.manner('ring');
  await hall.crowd(1);
  await until(() => hall.countAt('ringing') === 1, 'one is rung', 30_000);
  await hall.crowd(2);
  await until(() => hall.countAt('waiting') === 2, 'two wait', 30_000);
  const rungBefore = hall.rings();

  proxy.stall();
  const begun = performance.now();
  await until(async () => !(await hall.isConnected()), 'the silence is noticed', 30_000);
  const noticedMs = performance.now() - begun;
  say(`noticed after ${Math.round(noticedMs)} ms`);
  await hall.crowd(2);
  await pause(short ? 2_000 : 30_000 - noticedMs);
  proxy.pass();
  const again = performance.now();
  await until(() => hall.isConnected(), 'connected again', 30_000);
  await until(() => hall.countAt('waiting') === 4, 'the new ones wait, too', 30_000);
  const recoveryMs = performance.now() - again;

  const losses = new Losses(say);
  losses.add('conversations', 2 - hall.countAt('conversation'));
  losses.add('hung up on', hall.hungUpOn());
  const doubled = hall.rings() - rungBefore;
  const before = hall.callers.length;
  await hall.empty();
  losses.add('records', before - hall.house.book.count().all);
  return {
    before,
    lost: losses.total,
    doubled: doubled + hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs,
    note: `noticed after ${(noticedMs / 1_000).toFixed(1)} s; no phone rung twice`,
  };
}
