import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

const CALLS_PER_SECOND = 10;
/** Callers stay this long, wherever they are then: in the greeting, waiting, talking. */
const STAY_MS = { from: 1_000, to: 6_000 };

/** `kill -9` in a loop, at random instants, while ten callers a second come and go. */
export const f2: Fault = {
  id: 'F2',
  what: 'the server dies again and again',
  injected: 'kill -9 at random instants under 10 calls/s',
  inShortRun: true,
  run: (run) => inHall({ seats: run.short ? 8 : 40 }, (hall) => killedAgainAndAgain(hall, run)),
};

async function killedAgainAndAgain(hall: Hall, { short, kills, say }: FaultRun) {
  const count = kills ?? (short ? 3 : 50);
  const comings = hall.comeAndGo(CALLS_PER_SECOND, STAY_MS);
  const recoveries: number[] = [];
  for (let n = 1; n <= count; n += 1) {
    // Sometimes before it has taken anything over.
    await pause(n % 5 === 0 ? 0 : between(200, 2_500));
    await hall.killServer();
    if (n % 5 === 4) {
      const early = hall.house.startServer().catch(() => {});
      await pause(between(100, 1_500));
      await hall.killServer();
      await early;
    }
    recoveries.push(await hall.startAndAdopt());
    if (n % 10 === 0) say(`${n} kills, ${hall.callers.length} callers so far`);
  }
  await pause(2_000);
  await comings.stop();
  await hall.empty();

  const losses = new Losses(say);
  losses.add('refused', hall.callers.filter(({ status }) => (status ?? 0) >= 300).length);
  losses.add('hung up on', hall.hungUpOn());
  await hall.takenIn();
  const without = hall.withoutRecord();
  losses.add(`records ${without.join(', ')}`, without.length);
  await until(() => hall.falseSeats().length === 0, 'every seat ready', 60_000).catch(() => {});
  losses.add(`seats ${hall.falseSeats().join(', ')}`, hall.falseSeats().length);
  const worst = Math.max(...recoveries);
  const mean = recoveries.reduce((sum, ms) => sum + ms, 0) / recoveries.length;
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany(),
    recoveryMs: worst,
    note: `${count} kills, adopted after ${(mean / 1_000).toFixed(2)} s on average; channels and bridges left: 0`,
  };
}

function between(low: number, high: number): number {
  return low + Math.random() * (high - low);
}
