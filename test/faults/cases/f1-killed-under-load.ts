import { RtpEar } from '../../support/rtp-ear.ts';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import type { HallCaller } from '../hall-caller.ts';
import { inHall } from '../in-hall.ts';

/** Conversations whose sound is listened to. */
const SOUNDING = 2;

/** `kill -9` with people talking, waiting and being rung. */
export const f1: Fault = {
  id: 'F1',
  what: 'the server dies under load',
  injected: 'kill -9 with people talking, ringing and waiting',
  inShortRun: true,
  run(run) {
    const size = run.short
      ? { talking: 6, ringing: 2, waiting: 4 }
      : { talking: 100, ringing: 20, waiting: 50 };
    const seats = size.talking + size.ringing;
    return inHall({ seats, sounding: SOUNDING }, (hall) => killed(hall, size, run));
  },
};

async function killed(
  hall: Hall,
  size: { talking: number; ringing: number; waiting: number },
  { say }: FaultRun,
) {
  const { book } = hall.house;
  const ears: RtpEar[] = [];
  const listen = async () => {
    const ear = await RtpEar.open();
    ears.push(ear);
    return ear;
  };
  const talking = await hall.crowd(SOUNDING, listen);
  talking.push(...(await hall.crowd(size.talking - SOUNDING)));
  await until(() => hall.countAt('conversation') === size.talking, 'all talk', 60_000);
  hall.manner('ring');
  await hall.crowd(size.ringing);
  await until(() => hall.countAt('ringing') === size.ringing, 'the others ring', 60_000);
  const waiting = await hall.crowd(size.waiting);
  await until(() => hall.countAt('waiting') === size.waiting, 'the rest wait', 60_000);
  say(`${size.talking} talk, ${size.ringing} ring, ${size.waiting} wait: kill -9`);
  const before = hall.callers.length;
  const rungBefore = hall.rings();

  await pause(500);
  const missingMs = countSound(ears);
  await hall.killServer();
  const recoveryMs = await hall.startAndAdopt();
  await until(() => hall.countAt('ringing') === size.ringing, 'the phones ring on', 30_000);
  await pause(500);
  const gapMs = missingMs();
  say(`adopted ${Math.round(recoveryMs)} ms after exec; sound missing: ${Math.round(gapMs)} ms`);

  const losses = new Losses(say);
  losses.add('hung up on', hall.hungUpOn());
  losses.add('not talking any more', size.talking - hall.countAt('conversation'));
  losses.add('not waiting any more', size.waiting - hall.countAt('waiting'));
  const doubled = Math.abs(hall.rings() - rungBefore);

  for (const { phone } of hall.seats) {
    phone.manner = 'answer';
    phone.rung.at(-1)?.answer();
  }
  await until(() => hall.countAt('ringing') === 0, 'the rung answer', 30_000);
  for (const caller of talking) caller.hangUp();
  await until(() => hall.countAt('waiting') === 0, 'the waiting are served', 60_000);
  losses.add('places', servedOutOfOrder(hall, waiting));
  await hall.empty();
  losses.add('records', before - book.count().all);
  const recordings = talking.flatMap(({ number }) => book.recordingsOf(book.callOf(number).id));
  const kept = recordings.filter(({ state }) => state === 'ready').length;
  losses.add('recordings', talking.length - kept);
  if (gapMs > 300) throw new Error(`${gapMs} ms of the sound are missing`);
  return {
    before,
    lost: losses.total,
    doubled: doubled + Math.max(0, book.count().all - before) + hall.greetedTwice(),
    recoveryMs,
    note: `adopted ${Math.round(recoveryMs)} ms after exec, sound missing: ${Math.round(gapMs)} ms, ${recordings.length} recordings linked`,
  };
}

/** Starts counting; the function tells how much of the sound has not come, of the worst ear, ms. */
function countSound(ears: readonly RtpEar[]): () => number {
  const begun = performance.now();
  const heard = ears.map((ear) => ear.heard.length);
  return () => {
    const dueMs = performance.now() - begun;
    const missing = ears.map((ear, n) => dueMs - (ear.heard.length - (heard[n] ?? 0)) / 8);
    return Math.max(0, ...missing);
  };
}

/** Callers who were offered a seat before somebody who came earlier. */
function servedOutOfOrder(hall: Hall, callers: readonly HallCaller[]): number {
  const { book } = hall.house;
  const offered = book.eventsOfKind('call.ringing').map(({ callId }) => callId);
  const places = new Map(
    book.eventsOfKind('call.queued').map(({ callId, arrivedAt }) => [callId, Number(arrivedAt)]),
  );
  const ids = callers.map(({ number }) => book.callOf(number).id);
  const inOrder = ids.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const turns = inOrder.map((id) => offered.indexOf(id));
  return turns.filter((turn, index) => turn < Math.max(0, ...turns.slice(0, index))).length;
}
