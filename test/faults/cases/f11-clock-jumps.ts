import { until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import { Hall, type HallCaller } from '../hall.ts';
import { withHook } from '../hook.ts';

/** Nothing in this case takes so long: a longer time was read off a clock that jumped. */
const LONGEST_MS = 600_000;

/** Loaded into the server before it starts: its `Date` jumps by these hours, one at each signal. */
const hook = `const hours = [1, -2, 1];
let offset = 0;
const Real = Date;
globalThis.Date = class Date extends Real {
  constructor(...given) { given.length === 0 ? super(Real.now() + offset) : super(...given); }
  static now() { return Real.now() + offset; }
};
process.on('SIGUSR2', () => { offset += (hours.shift() ?? 0) * 3600000; });`;

/**
 * Somebody sets the machine's clock. The exchange's own clock is not set here: that a caller's wait is
 * counted by it alone is in `test/telephony/telephony.test.ts`.
 */
export const f11: Fault = {
  id: 'F11',
  what: 'the clock is set',
  injected: "a hook sets the server's wall clock by +1 h, -2 h, +1 h under calls",
  inShortRun: false,
  run: (run) =>
    withHook(hook, async () => {
      const hall = await Hall.open({ seats: 2 });
      try {
        return await jumped(hall, run);
      } finally {
        await hall.close();
      }
    }),
};

async function jumped(hall: Hall, { say }: FaultRun) {
  const { book } = hall.house;
  const talking = await hall.crowd(2);
  await until(() => hall.countAt('conversation') === 2, 'two talk');
  const waiting: HallCaller[] = [];
  for (let n = 0; n < 3; n += 1) {
    hall.house.process?.kill('SIGUSR2');
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
    note: 'waits, talks and places were true, nobody was signed out, no false alarm; only the `Date` of the server jumped, not the machine',
  };
}
