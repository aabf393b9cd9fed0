import { RtpEar } from '../../support/rtp-ear.ts';
import { pause, until } from '../../support/until.ts';
import type { Fault, FaultRun } from '../fault.ts';
import { Hall, type HallCaller } from '../hall.ts';

/** Conversations whose sound is listened to. */
const SOUNDING = 2;

/** `kill -9` with people talking, waiting and being rung. */
export const f1: Fault = {
  id: 'F1',
  what: 'the server dies under load',
  injected: 'kill -9 with people talking, ringing and waiting',
  inShortRun: true,
  async run(run) {
    const size = run.short
      ? { talking: 6, ringing: 2, waiting: 4 }
      : { talking: 100, ringing: 20, waiting: 50 };
    const hall = await Hall.open({
      seats: size.talking + size.ringing,
      sounding: SOUNDING,
    });
    try {
      return await killed(hall, size, run);
    } finally {
      await hall.close();
    }
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
  const rungBefore = rings(hall);

  await pause(500);
  for (const ear of ears) ear.longestGapMs = 0;
  await hall.killServer();
  const recoveryMs = await hall.startAndAdopt();
  await until(() => hall.countAt('ringing') === size.ringing, 'rings offered again', 30_000);
  await pause(500);
  const gapMs = Math.max(...ears.map(({ longestGapMs }) => longestGapMs));
  say(
    `adopted ${Math.round(recoveryMs)} ms after exec; longest gap in the sound ${Math.round(gapMs)} ms`,
  );

  let lost = hall.callers.filter(({ wasHungUpOn }) => wasHungUpOn).length;
  lost += Math.abs(hall.countAt('conversation') - size.talking);
  lost += Math.abs(hall.countAt('waiting') - size.waiting);
  const doubled = Math.max(0, rings(hall) - rungBefore - size.ringing);

  for (const { phone } of hall.seats) {
    phone.manner = 'answer';
    phone.rung.at(-1)?.answer();
  }
  await until(() => hall.countAt('ringing') === 0, 'the rung answer', 30_000);
  for (const caller of talking) caller.hangUp();
  await until(() => hall.countAt('waiting') === 0, 'the waiting are served', 60_000);
  lost += servedOutOfOrder(hall, waiting);
  await hall.empty();
  lost += before - book.count().all;
  const recordings = talking.flatMap(({ number }) => book.recordingsOf(book.callOf(number).id));
  lost += talking.length - recordings.filter(({ state }) => state === 'ready').length;
  if (gapMs > 500) throw new Error(`the sound stopped for ${gapMs} ms`);
  return {
    before,
    lost,
    doubled: doubled + Math.max(0, book.count().all - before) + hall.greetedTwice(),
    recoveryMs,
    note: `adopted ${Math.round(recoveryMs)} ms after exec, longest gap in the sound ${Math.round(gapMs)} ms, ${recordings.length} recordings linked`,
  };
}

function rings(hall: Hall): number {
  return hall.seats.reduce((sum, { phone }) => sum + phone.rung.length, 0);
}

/** Callers who were offered a seat before somebody who came earlier. */
function servedOutOfOrder(hall: Hall, callers: readonly HallCaller[]): number {
  const { book } = hall.house;
  const offered = book.eventsOfKind('call.ringing').map(({ callId }) => callId);
  const turns = callers.map(({ number }) => offered.indexOf(book.callOf(number).id));
  return turns.filter((turn, index) => turn < Math.max(0, ...turns.slice(0, index))).length;
}
