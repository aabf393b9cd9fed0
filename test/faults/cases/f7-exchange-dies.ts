import { makeReady } from '../../support/house-seat.ts';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import { type Hall, openTone } from '../hall.ts';
import { inHall } from '../in-hall.ts';

/** So long both speak: Asterisk writes sound to the disk 32 KB (a second) at a time. */
const SPOKEN_MS = 6_000;

/** The telephone exchange dies with everybody on the line, and is started again. */
export const f7: Fault = {
  id: 'F7',
  what: 'the exchange dies',
  injected: 'kill -9 of Asterisk, started again',
  inShortRun: false,
  run(run) {
    const seats = run.short ? 3 : 6;
    return inHall({ seats, sounding: seats }, (hall) => exchangeDied(hall, run));
  },
};

async function exchangeDied(hall: Hall, { say }: FaultRun) {
  const { house } = hall;
  const { book } = house;
  const talking = await hall.crowd(hall.seats.length, openTone);
  await until(() => hall.countAt('conversation') === talking.length, 'all talk', 60_000);
  const waiting = await hall.crowd(3);
  await until(() => hall.countAt('waiting') === 3, 'three wait', 30_000);
  await pause(SPOKEN_MS);
  const before = hall.callers.length;

  const begun = performance.now();
  await house.asterisk.kill();
  await until(async () => !(await hall.isConnected()), 'the loss is known', 30_000);
  const noticedMs = performance.now() - begun;
  await house.restartAsterisk();
  await until(() => hall.isConnected(), 'connected again', 60_000);
  await until(() => book.count().ended === before, 'every call closed', 30_000);
  for (const seat of hall.seats) {
    const status = await seat.phone.register(seat.credential.password);
    if (status !== 200) throw new Error(`the phone of seat ${seat.seatId} was refused: ${status}`);
    await makeReady(seat);
  }
  const recoveryMs = performance.now() - begun;
  say(
    `noticed after ${Math.round(noticedMs)} ms, all seats ready after ${Math.round(recoveryMs)} ms`,
  );

  const losses = new Losses(say);
  const records = [...talking, ...waiting].map(({ number }) => book.callOf(number));
  losses.add(
    'cause of the end',
    records.filter(({ ending }) => ending !== 'telephony-lost').length,
  );
  const wished = new Set(book.eventsOfKind('call.call-back-requested').map(({ callId }) => callId));
  losses.add('call-backs', records.filter(({ id }) => !wished.has(id)).length);
  await until(() => book.runningRecordings() === 0, 'every recording done', 30_000);
  const kept = records.flatMap(({ id }) => book.recordingsOf(id));
  const ready = kept.filter(({ state }) => state === 'ready');
  losses.add('recordings', talking.length - ready.length);
  const talkMs = new Map(records.map((record) => [record.id, record.talkMs ?? 0]));
  const missing = ready.map(
    ({ callId, durationMs }) => (talkMs.get(callId) ?? 0) - (durationMs ?? 0),
  );
  const cutMs = Math.max(0, ...missing);

  // One of those who waited calls again: the place is the old one.
  hall.manner('ring');
  const [again] = waiting;
  const old = again && book.callOf(again.number);
  await again?.redial();
  await until(
    () => (again ? book.callsOf(again.number).length : 0) === 2,
    'the redial is there',
    30_000,
  );
  const isAgain = (event: Record<string, unknown>) =>
    again !== undefined && event['callId'] === book.callsOf(again.number).at(-1)?.id;
  await until(() => book.eventsOfKind('call.queued').some(isAgain), 'in the queue', 30_000);
  const place = book.eventsOfKind('call.queued').find(isAgain)?.['arrivedAt'];
  losses.add('old place', place === old?.arrivedAt ? 0 : 1);
  await hall.empty();
  return {
    before,
    lost: losses.total,
    doubled: 0,
    recoveryMs,
    note: `known after ${Math.round(noticedMs)} ms; all closed with that cause and to be called back; recordings lack the last ${(cutMs / 1_000).toFixed(1)} s at most; a redial has the old place`,
  };
}
