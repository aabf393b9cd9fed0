import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

/** A new version takes over from the old one while people come, talk, wait and are rung. */
export const f6: Fault = {
  id: 'F6',
  what: 'a new version takes over',
  injected: 'warm takeover under 5 calls/s',
  inShortRun: false,
  run: (run) => inHall({ seats: run.short ? 6 : 20 }, (hall) => takenOver(hall, run)),
};

async function takenOver(hall: Hall, { short, kills, say }: FaultRun) {
  const count = kills ?? (short ? 2 : 20);
  const comings = hall.comeAndGo(5, { from: 2_000, to: 6_000 });
  const decidedAgainMs: number[] = [];
  for (let n = 1; n <= count; n += 1) {
    await pause(1_000 + Math.random() * 1_500);
    await hall.house.takeOver();
    decidedAgainMs.push(hall.handOverMs());
    if (n % 5 === 0) say(`${n} takeovers, ${hall.callers.length} callers so far`);
  }
  await pause(2_000);
  await comings.stop();
  await hall.empty();

  const { book } = hall.house;
  const losses = new Losses(say);
  losses.add('refused', hall.callers.filter(({ status }) => (status ?? 0) >= 300).length);
  losses.add('hung up on', hall.hungUpOn());
  await hall.takenIn();
  const without = hall.withoutRecord();
  losses.add(`records ${without.join(', ')}`, without.length);
  const ended = book.eventsOfKind('call.ended');
  const unheard = ended.filter(({ ending }) => ending === 'server-lost');
  losses.add('hang-ups not heard', unheard.length);
  await until(() => hall.falseSeats().length === 0, 'every seat ready', 60_000).catch(() => {});
  losses.add('seats', hall.falseSeats().length);
  const worst = Math.max(...decidedAgainMs);
  losses.add('pauses above 1 s', decidedAgainMs.filter((ms) => ms > 1_000).length);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + ended.length - new Set(ended.map(({ callId }) => callId)).size,
    recoveryMs: worst,
    note: `${count} takeovers; nobody decided for ${Math.round(worst)} ms at most; phones rang on; every hang-up has its true ending`,
  };
}
