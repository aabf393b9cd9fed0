import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { control, controlSeats } from '../exchange/control.ts';
import { type BenchHouse, direct, openBenchHouse } from '../exchange/house.ts';
import { type BareLoop, startBareLoop } from '../exchange/start-bare.ts';
import { figuresOf, ratioOf } from '../figures.ts';
import type { Row, RunOptions } from '../row.ts';

const hall = 661;
/** Of our seats so many have a phone and take calls; the others are signed in and rest. */
const ready = 300;
const bareSeats = 300;
const rates = [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100, 120, 150, 200, 250, 300];
const stepMs = 5_000;
/** Whoever is not in conversation so long after the call was answered leaves, and has failed. */
const patienceMs = 1_000;
const steady = { perSecond: 20, shortS: 120, fullS: 600 };
const goal = 0.9;

export const throughput: Row = {
  name: 'throughput',
  needs: 'an exchange and SIPp',
  title:
    'calls a second until the first failure (RFC 7502), 661 seats; control: a bare Stasis loop',
  async run(options) {
    const { tiny, progress } = options;
    const seats = tiny ? 20 : ready;
    progress('the agents sit down');
    const house = await openBenchHouse({
      seats,
      notReady: tiny ? 0 : hall - ready,
      controlSeats: tiny ? 20 : bareSeats,
      seatBehaviour: { stayMs: 60_000, whenOver: 'leave' },
    });
    const bare = await startBareLoop(house.asterisk, controlSeats(tiny ? 20 : bareSeats));
    try {
      const sides = { ours: ourSide(house), bare: bareSide(house, bare) };
      await attempt(sides.ours, 5, 2_000);
      await attempt(sides.bare, 5, 2_000);
      const long = await keepUp(sides.ours, options);
      const best = await climb(sides, options);
      const us = figuresOf(best.ours === 0 ? [] : [best.ours]);
      const them = figuresOf(best.bare === 0 ? [] : [best.bare]);
      const ratio = ratioOf(us.p50, them.p50);
      return {
        samples: long.made,
        ours: us,
        control: them,
        ratio: { p50: ratio, p99: null },
        goal: 'calls/s ≥ 0.9 × the bare loop; 20 calls/s for 10 minutes without a failure',
        met: tiny
          ? null
          : (ratio ?? 0) >= goal && long.failed === 0 && long.seconds === steady.fullS,
        notes: [
          `${tiny ? seats : hall} agents are signed in, ${seats} of them ready. ${steady.perSecond} calls a second for ${long.seconds} s: ${long.made} calls, ${long.failed} failed.${long.seconds < steady.fullS ? ' The ten minutes of the goal run with --full.' : ''}`,
          `A call has failed when the caller's SIPp says so, or when caller and agent were not joined within ${patienceMs / 1_000} s of the answer. Steps of ${stepMs / 1_000} s, both sides in turns; a step that fails is tried once more. Rates tried: ${rates.slice(0, best.steps).join(', ')}.`,
          'Ours records every call, writes every step to the disk and tells the consoles; the bare loop answers, rings and joins, and does nothing else. Both over the same transport. Signalling only, talks of a second.',
        ],
      };
    } finally {
      bare.stop();
      await house.close();
    }
  },
};

/** One of the two: where its callers dial, and how many calls it has joined so far. */
interface Side {
  house: BenchHouse;
  to: string;
  joined(): Promise<number>;
}

function ourSide(house: BenchHouse): Side {
  const joined = async () => {
    const book = new Database(join(house.dataDir, 'yihao.sqlite'), { readonly: true });
    const sql = 'SELECT count(*) FROM calls WHERE connectedAt IS NOT NULL';
    const count = Number(book.prepare(sql).pluck().get());
    book.close();
    return count;
  };
  return { house, to: direct, joined };
}

function bareSide(house: BenchHouse, bare: BareLoop): Side {
  return { house, to: control.bare, joined: () => bare.joined() };
}

/** Calls at one rate for some time. */
async function attempt({ house, to, joined }: Side, perSecond: number, forMs: number) {
  const before = await joined();
  const count = Math.round((perSecond * forMs) / 1_000);
  const behaviour = { stayMs: patienceMs, whenOver: 'leave' } as const;
  const callers = house.dial({ to: [to], count, perSecond, behaviour });
  const { made, failed } = await Promise.race([
    callers.ended,
    pause(forMs + 20_000, null, { ref: false }).then(() => callers.stop()),
  ]);
  await pause(500);
  const talked = (await joined()) - before;
  return { made: count, failed: Math.max(failed, count - made, count - talked) };
}

/** The rate of the goal, for as long as there is time. */
async function keepUp(ours: Side, { tiny, full, progress }: RunOptions) {
  const seconds = tiny ? 2 : full ? steady.fullS : steady.shortS;
  progress(`${steady.perSecond} calls a second for ${seconds} s`);
  const { made, failed } = await attempt(ours, tiny ? 5 : steady.perSecond, seconds * 1_000);
  return { made, failed, seconds };
}

/** Step by step, until both have failed: the highest rate of each without a failure. */
async function climb(sides: Record<'ours' | 'bare', Side>, { tiny, progress }: RunOptions) {
  const best = { ours: 0, bare: 0, steps: 0 };
  const over = { ours: false, bare: false };
  for (const rate of tiny ? rates.slice(0, 1) : rates) {
    for (const name of ['ours', 'bare'] as const) {
      if (over[name]) continue;
      const once = () => attempt(sides[name], rate, tiny ? 1_000 : stepMs);
      const isGood = (await once()).failed === 0 || (await once()).failed === 0;
      progress(`${rate} calls a second, ${name}: ${isGood ? 'none failed' : 'failures'}`);
      if (isGood) best[name] = rate;
      else over[name] = true;
    }
    best.steps += 1;
    if (over.ours && over.bare) break;
  }
  return best;
}
