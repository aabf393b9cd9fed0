import { setTimeout as pause } from 'node:timers/promises';
import { control } from '../exchange/control.ts';
import { cpuDuring } from '../exchange/cpu.ts';
import { type BenchHouse, direct, openBenchHouse } from '../exchange/house.ts';
import { figuresOf, mean, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

const hall = 661;
const callers = 400;
const goal = 1 / 50;

export const waiting: Row = {
  name: 'waiting',
  needs: 'an exchange and SIPp',
  title: 'processor time of 400 callers who wait for 661 busy seats; control: app_queue',
  async run({ tiny }) {
    const seats = tiny ? 5 : hall;
    const house = await openBenchHouse({
      seats: 0,
      notReady: seats,
      busyMembers: seats,
      seatBehaviour: { stayMs: 1_000, whenOver: 'leave' },
    });
    try {
      await keepBusy(house, seats);
      const measure = (to: string | null) => shares(house, to, tiny);
      const nobody = await measure(null);
      const music = await measure(control.music);
      const ours = await measure(direct);
      const theirs = await measure(control.busyQueue);
      // What the callers' music costs, both would pay without any queue.
      const us = figuresOf(ours.map((share) => Math.max(0, share - mean(music))));
      const them = figuresOf(theirs.map((share) => share - mean(music)));
      const ratio = { p50: ratioOf(us.p50, them.p50), p99: ratioOf(us.p99, them.p99) };
      const percent = (values: readonly number[]) => `${mean(values).toFixed(1)} %`;
      return {
        samples: ours.length + theirs.length,
        ours: us,
        control: them,
        ratio,
        goal: '% of a core, beyond the music: ≤ 1/50 of app_queue',
        met: tiny ? null : (ratio.p50 ?? Number.NaN) <= goal,
        notes: [
          `${tiny ? 20 : callers} SIP callers on music, ${seats} seats; Asterisk and our server together: nobody ${percent(nobody)}, the same callers on music in no queue ${percent(music)}, in ours ${percent(ours)}, in app_queue ${percent(theirs)} of a core, in samples of two seconds.`,
          'Processor time of both processes from /proc. The music alone is taken off both sides: with audio to every caller it would hide the queue. A share below the music counts as nothing.',
          'app_queue’s members are busy by device state; our seats are signed in and not ready. The console of a leader follows.',
        ],
      };
    } finally {
      await house.close();
    }
  },
};

/** The control's members are in a call, as far as it can tell. */
async function keepBusy({ asterisk }: BenchHouse, members: number): Promise<void> {
  const { ariUrl, ariUser, ariPassword } = asterisk;
  const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
  for (let at = 0; at < members; at += 1) {
    const url = `${ariUrl}/ari/deviceStates/Stasis:m${at}?deviceState=INUSE`;
    await fetch(url, { method: 'PUT', headers: { authorization } });
  }
}

/** Percent of a core, sample by sample, while callers wait there. */
async function shares(house: BenchHouse, to: string | null, tiny: boolean): Promise<number[]> {
  const behaviour = { stayMs: 3_600_000, whenOver: 'leave' } as const;
  const count = tiny ? 20 : callers;
  const crowd = to === null ? null : house.dial({ to: [to], count, perSecond: 40, behaviour });
  await pause(crowd ? (count / 40) * 1_000 + 3_000 : 1_000);
  const found: number[] = [];
  const sampleMs = tiny ? 500 : 2_000;
  for (let sample = 0; sample < (tiny ? 2 : 6); sample += 1) {
    const before = performance.now();
    const used = await cpuDuring(Object.values(house.pids), () => pause(sampleMs));
    const ms = used.reduce((sum, one) => sum + one, 0);
    found.push((100 * ms) / (performance.now() - before));
  }
  await crowd?.stop();
  await house.emptyExchange();
  return found;
}
