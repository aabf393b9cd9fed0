import { pause, until } from '../../support/until.ts';
import { AriMeddler } from '../ari-meddler.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHallBehind } from '../in-hall.ts';

/** Requests that must not be done twice: another channel, another bridge, another recording. */
const onceOnly = /^\/ari\/(channels\/leg-[^/]+|bridges\/[^/]+|bridges\/[^/]+\/addChannel)$/;

/** What is asked of the exchange is refused, or done without an answer. */
export const f16: Fault = {
  id: 'F16',
  what: "the exchange's answers fail",
  injected:
    'a proxy answers one request in fifty with 404, 409 or 500, and carries one ring, bridge or join in twenty out without an answer; calls come at 2 a second',
  inShortRun: false,
  run: (run) =>
    inHallBehind(AriMeddler.open, { seats: 10 }, (hall, meddler) => failing(hall, meddler, run)),
};

async function failing(hall: Hall, meddler: AriMeddler, { short, say }: FaultRun) {
  const { book } = hall.house;
  const rungBefore = hall.rings();
  meddler.unruly = {
    refuse: (method, path) => {
      // Lists are asked for again until they come; they are not what is tried here.
      if (method === 'GET' || Math.random() > 0.02) return null;
      return path.startsWith('/ari/applications') ? null : oneOf([404, 409, 500]);
    },
    swallow: (method, path) => method === 'POST' && onceOnly.test(path) && Math.random() < 0.05,
  };
  const comings = hall.comeAndGo(2, { from: 8_000, to: 14_000 });
  await pause(short ? 10_000 : 60_000);
  await comings.stop();
  meddler.unruly = {};
  const calls = hall.callers.length;
  const begun = performance.now();
  await hall.empty(120_000);
  await hall.takenIn();
  const recoveryMs = performance.now() - begun;
  say(`${calls} calls, ${meddler.meddled} requests meddled with`);

  const losses = new Losses(say);
  losses.add('records', Math.max(0, hall.answered() - book.count().all));
  await until(() => hall.falseSeats().length === 0, 'every seat ready', 60_000).catch(() => {});
  // A seat whose ring the exchange refused is not ready, and says so.
  const silent = hall.falseSeats().filter((seat) => !/ not-ready \w/.test(seat));
  losses.add(`seats ${silent.join(', ')}`, silent.length);
  const attempts = book.eventsOfKind('call.ringing').length;
  const doubled = Math.max(0, hall.rings() - rungBefore - attempts);
  const ended = book.eventsOfKind('call.ended').map(({ callId }) => callId);
  return {
    before: calls,
    lost: losses.total,
    doubled: doubled + hall.recordsTooMany() + ended.length - new Set(ended).size,
    recoveryMs,
    note: `${meddler.meddled} requests; no phone rung twice for one attempt, no channel and no bridge left, each call one record and one ending`,
  };
}

function oneOf(values: readonly number[]): number {
  return values[Math.floor(Math.random() * values.length)] ?? 500;
}
