import { pause, until } from '../../support/until.ts';
import { AriMeddler } from '../ari-meddler.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHallBehind } from '../in-hall.ts';

/** Events come twice, late and in another order, and one in a hundred not at all. */
export const f15: Fault = {
  id: 'F15',
  what: "the exchange's events come as they like",
  injected:
    'a proxy doubles one event in ten, holds one in ten up for 0 to 500 ms and one in fifty for 5 s, loses one in a hundred; calls come at 3 a second',
  inShortRun: false,
  run: (run) =>
    inHallBehind(AriMeddler.open, { seats: 10 }, (hall, meddler) => unruly(hall, meddler, run)),
};

async function unruly(hall: Hall, meddler: AriMeddler, { short, say }: FaultRun) {
  const { book } = hall.house;
  meddler.unruly.events = fateOf;
  const comings = hall.comeAndGo(3, { from: 2_000, to: 8_000 });
  await pause(short ? 10_000 : 60_000);
  await comings.stop();
  const calls = hall.callers.length;
  for (const caller of hall.callers) caller.hangUp();
  // What was lost is found by the look at the exchange every 30 seconds.
  const begun = performance.now();
  await hall.empty(120_000);
  await hall.takenIn();
  const recoveryMs = performance.now() - begun;
  say(`${calls} calls, ${meddler.meddled} events meddled with`);
  const losses = new Losses(say);
  losses.add('hung up on', hall.hungUpOn());
  const without = hall.withoutRecord();
  losses.add(`records ${without.join(', ')}`, without.length);
  const ended = book.eventsOfKind('call.ended').map(({ callId }) => callId);
  meddler.unruly = {};
  await until(() => hall.falseSeats().length === 0, 'every seat ready', 60_000).catch(() => {});
  losses.add(`seats ${hall.falseSeats().join(', ')}`, hall.falseSeats().length);
  const again = await hall.crowd(3);
  await until(() => hall.countAt('conversation') === 3, 'it serves as before', 30_000);
  for (const caller of again) caller.hangUp();
  await hall.empty();
  return {
    before: calls,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice() + ended.length - new Set(ended).size,
    recoveryMs,
    note: `${meddler.meddled} events doubled, late or lost; each call one record and one ending, every seat free again: as without`,
  };
}

function fateOf(): number[] {
  const dice = Math.random();
  if (dice < 0.01) return [];
  if (dice < 0.03) return [5_000];
  if (dice < 0.13) return [Math.random() * 500];
  if (dice < 0.23) return [0, Math.random() * 200];
  return [0];
}
