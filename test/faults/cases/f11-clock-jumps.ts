import { until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import type { HallCaller } from '../hall-caller.ts';
import { inHall } from '../in-hall.ts';
import { mustReadFakeClock, type SetClock, withClock } from '../wall-clock.ts';

/** Nothing in this case takes so long: a longer time was read off a clock that jumped. */
const LONGEST_MS = 600_000;

/** By these hours the clock is off after each jump. */
const OFF = ['+1h', '-1h', '+0h'] as const;

/**
 * Somebody sets the machine's clock. It is set under the server and under the exchange, as one machine
 * has one clock; that a caller's wait is counted by the exchange's clock alone, also when only that one
 * is set, is in `test/telephony/callers.test.ts`.
 */
export const f11: Fault = {
  id: 'F11',
  what: 'the clock is set',
  injected:
    'libfaketime sets the wall clock of server and exchange by +1 h, -2 h, +1 h under calls',
  inShortRun: false,
  run: (run) => withClock((set) => inHall({ seats: 2 }, (hall) => jumped(hall, set, run))),
};

async function jumped(hall: Hall, set: SetClock, { say }: FaultRun) {
  const { book, process: server, asterisk } = hall.house;
  for (const pid of [server?.pid, asterisk.pid]) mustReadFakeClock(pid);
  const talking = await hall.crowd(2);
  await until(() => hall.countAt('conversation') === 2, 'two talk');
  const waiting: HallCaller[] = [];
  for (const off of OFF) {
    await set(off);
    const caller = await hall.dial();
    waiting.push(caller);
    await book.reaches(caller.number, 'waiting');
  }
  let next = talking;
  for (const caller of waiting) {
    next.shift()?.hangUp();
    await book.reaches(caller.number, 'conversation');
    next = [...next, caller];
  }
  await Promise.all(hall.seats.map(({ api }) => api.send('GET', '/session')));
  await hall.empty();

  const losses = new Losses(say);
  const connected = book.eventsOfKind('call.connected').map(({ callId }) => callId);
  const due = hall.callers.map(({ number }) => book.callOf(number).id);
  losses.add('places', due.filter((id, place) => connected[place] !== id).length);
  const spans = book
    .eventsOfKind('call.connected', 'call.talk-ended')
    .map((event) => Number(event['waitedMs'] ?? event['talkMs']));
  const at = book.eventsOfKind('call.arrived', 'call.ended').map((event) => event.at);
  spans.push(Math.max(...at) - Math.min(...at));
  losses.add('true durations', spans.filter((ms) => !(ms >= 0 && ms < LONGEST_MS)).length);
  const alarms = book.eventsOfKind('alert.raised').filter(({ alert }) => alert === 'waiting');
  losses.add('false alarms', alarms.length);
  losses.add('seats', hall.falseSeats().length);
  losses.add('records', hall.callers.length - book.count().all);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs: null,
    note: 'waits, talks and places were true, nobody was signed out, no false alarm',
  };
}
