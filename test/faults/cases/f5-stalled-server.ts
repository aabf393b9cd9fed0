import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

/** The server hangs without dying: the exchange must not refuse callers because of it. */
export const f5: Fault = {
  id: 'F5',
  what: 'the server stalls',
  injected: 'SIGSTOP for 2, 10 and 60 s under 10 calls/s',
  inShortRun: true,
  run: (run) => inHall({ seats: run.short ? 4 : 20 }, (hall) => stalled(hall, run)),
};

async function stalled(hall: Hall, { short, say }: FaultRun) {
  const losses = new Losses(say);
  const recoveries: number[] = [];
  for (const forMs of short ? [3_000] : [2_000, 10_000, 60_000]) {
    const server = hall.house.process;
    // For ten seconds at most: who comes during a whole minute would fill the machine, not the exchange.
    const comings = hall.comeAndGo(10, { from: 4_000, to: 9_000 });
    await pause(1_000);
    server?.kill('SIGSTOP');
    await pause(Math.min(forMs, 10_000));
    await comings.stop();
    await pause(Math.max(0, forMs - 10_000));
    server?.kill('SIGCONT');
    const begun = performance.now();
    await until(() => hall.isConnected(), 'connected again', 30_000);
    await hall.empty();
    recoveries.push(performance.now() - begun);
    say(`${forMs / 1_000} s: in order again after ${Math.round(recoveries.at(-1) ?? 0)} ms`);
  }
  losses.add('refused', hall.callers.filter(({ status }) => (status ?? 0) >= 300).length);
  losses.add('hung up on', hall.hungUpOn());
  await until(() => hall.falseSeats().length === 0, 'every seat ready', 60_000).catch(() => {});
  losses.add('seats', hall.falseSeats().length);
  await hall.takenIn();
  const without = hall.withoutRecord();
  losses.add(`records ${without.join(', ')}`, without.length);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs: Math.max(...recoveries),
    note: 'nobody refused; time until the last call is closed and no channel is left',
  };
}
