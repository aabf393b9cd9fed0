import { pause, until } from '../../support/until.ts';
import { AriMeddler, type Fate } from '../ari-meddler.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHallBehind } from '../in-hall.ts';

/** One request in so many is meddled with, of every kind in turn by every fate. */
const ONE_IN = 8;
const fates: readonly Fate[] = [404, 409, 500, 'no answer'];
/** Asked for the server's connection, not for calls. */
const ofTheLink = /^\/ari\/(applications|asterisk)/;

/** Whatever is asked of the exchange is refused, or done without an answer. */
export const f16: Fault = {
  id: 'F16',
  what: "the exchange's answers fail",
  injected:
    'a proxy answers one request in eight with 404, 409 or 500, or carries it out without an answer: every kind of request (ring, answer, prompt, bridge, join, hang-up, lists …) in turn by each of these; calls come at 2 a second',
  inShortRun: false,
  run: (run) =>
    inHallBehind(AriMeddler.open, { seats: 10 }, (hall, meddler) => failing(hall, meddler, run)),
};

async function failing(hall: Hall, meddler: AriMeddler, { short, say }: FaultRun) {
  const { book } = hall.house;
  const rungBefore = hall.rings();
  const tried = new Map<string, number>();
  meddler.unruly.requests = (method, path) => {
    if (ofTheLink.test(path)) return null;
    const kind = `${method} ${kindOf(path)}`;
    const before = tried.get(kind) ?? 0;
    if (Math.random() * ONE_IN > 1) return null;
    tried.set(kind, before + 1);
    return fates[before % fates.length] ?? null;
  };
  const comings = hall.comeAndGo(2, { from: 8_000, to: 14_000 });
  for (let n = 0; n < (short ? 5 : 60); n += 1) {
    await pause(2_000);
    await readyAgain(hall);
  }
  await comings.stop();
  meddler.unruly = {};
  const calls = hall.callers.length;
  const begun = performance.now();
  await hall.empty(120_000);
  await hall.takenIn();
  const recoveryMs = performance.now() - begun;
  for (const [kind, times] of tried) say(`${kind}: ${times} times`);
  const wholly = [...tried.values()].filter((times) => times >= fates.length).length;

  const losses = new Losses(say);
  const without = hall.withoutRecord();
  losses.add(`records ${without.join(', ')}`, without.length);
  const allReady = () => readyAgain(hall).then(() => hall.falseSeats().length === 0);
  await until(allReady, 'every seat ready', 60_000).catch(() => {});
  losses.add(`seats ${hall.falseSeats().join(', ')}`, hall.falseSeats().length);
  const attempts = book.eventsOfKind('call.ringing').length;
  const doubled = Math.max(0, hall.rings() - rungBefore - attempts);
  const ended = book.eventsOfKind('call.ended').map(({ callId }) => callId);
  return {
    before: calls,
    lost: losses.total,
    doubled: doubled + hall.recordsTooMany() + ended.length - new Set(ended).size,
    recoveryMs,
    note: `${meddler.meddled} requests of ${tried.size} kinds, ${wholly} of them in all four ways; no phone rung twice for one attempt, no channel and no bridge left, each call one record and one ending`,
  };
}

/** Who was set not ready, because a ring was refused, says to be ready again. */
async function readyAgain({ seats, house }: Hall): Promise<void> {
  const resting = seats.filter(({ seatId }) => house.book.seatState(seatId)?.state === 'not-ready');
  await Promise.all(resting.map(({ api }) => api.send('POST', '/desk/ready').catch(() => {})));
}

/** What is asked, without the ids of whom it is asked about. */
function kindOf(path: string): string {
  return path.replace(/^\/ari\/(\w+)\/[^/]+/, '$1/…').replace(/\/play\/.*$/, '/play/…');
}
