import { setTimeout as pause } from 'node:timers/promises';
import { cpuDuring } from '../exchange/cpu.ts';
import { type BenchHouse, direct, openBenchHouse } from '../exchange/house.ts';
import { profileOf, sharesOf } from '../exchange/profiler.ts';
import { figuresOf, mean, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

const perSecond = 5;
const talkMs = 10_000;
const goals = { withMedia: 0.5, without: 1 };

interface PerCall {
  asterisk: number[];
  server: number[];
}

export const callCpu: Row = {
  name: 'call-cpu',
  needs: 'an exchange and SIPp',
  title: "our server's processor time per answered, recorded call; control: Asterisk's own for it",
  async run({ tiny, progress }) {
    const house = await openBenchHouse({
      seats: tiny ? 20 : 80,
      seatBehaviour: { stayMs: 60_000, whenOver: 'leave', speaks: true },
    });
    try {
      const blocks = tiny ? 1 : 3;
      const withMedia: PerCall = { asterisk: [], server: [] };
      const without: PerCall = { asterisk: [], server: [] };
      await block(house, { asterisk: [], server: [] }, tiny ? 2 : 25, false);
      for (let turn = 0; turn < blocks; turn += 1) {
        await block(house, withMedia, tiny ? 5 : 75, true);
        await block(house, without, tiny ? 5 : 75, false);
      }
      progress('where the time goes');
      const parts = await whereItGoes(house, tiny ? 5 : 75, mean(without.server));
      const us = figuresOf([...withMedia.server, ...without.server]);
      const them = figuresOf([...withMedia.asterisk, ...without.asterisk]);
      const media = mean(withMedia.server) / mean(withMedia.asterisk);
      const none = mean(without.server) / mean(without.asterisk);
      const calls = (tiny ? 5 : 75) * blocks * 2;
      return {
        samples: calls,
        ours: us,
        control: them,
        ratio: { p50: ratioOf(us.p50, them.p50), p99: ratioOf(us.p99, them.p99) },
        goal: `ms of processor per call, by block: ≤ ${goals.withMedia} × Asterisk with G.711 media, ≤ ${goals.without} × without`,
        met: tiny ? null : media <= goals.withMedia && none <= goals.without,
        notes: [
          `With ${talkMs / 1_000} s of G.711 from both ends: ours ${ms(withMedia.server)}, Asterisk ${ms(withMedia.asterisk)} per call: ${media.toFixed(2)} ×.`,
          `Without media (one second each): ours ${ms(without.server)}, Asterisk ${ms(without.asterisk)} per call: ${none.toFixed(2)} ×.`,
          `${perSecond} calls a second, in blocks in turns; the idle processor time of both is in it, and so is the finished WAV with its SHA-256. Figures above are of all blocks.`,
          `Where our ${ms(without.server)} go, by a profile of calls without media: ${parts}. Shares of the time the server's thread was not idle; waiting for the disk counts as SQLite's.`,
        ],
      };
    } finally {
      await house.close();
    }
  },
};

const ms = (values: readonly number[]) => `${mean(values).toFixed(1)} ms`;

/** Some calls from the first INVITE to the last recording, and what they cost each process. */
async function block(house: BenchHouse, into: PerCall, count: number, speaks: boolean) {
  const behaviour = { stayMs: speaks ? talkMs : 1_000, whenOver: 'leave', speaks } as const;
  const { asterisk, server } = house.pids;
  const [theirs = 0, ours = 0] = await cpuDuring([asterisk, server], async () => {
    await house.dial({ to: [direct], count, perSecond, behaviour }).ended;
    await pause(1_000);
  });
  into.asterisk.push(theirs / count);
  into.server.push(ours / count);
}

/** The server's time for one call, by what it was for. The profile itself is not in the figures. */
async function whereItGoes(house: BenchHouse, calls: number, perCallMs: number): Promise<string> {
  const nowhere = { asterisk: [], server: [] };
  const profile = await profileOf(house.pids.server, () => block(house, nowhere, calls, false));
  return [...sharesOf(profile)]
    .map(
      ([part, share]) =>
        `${part} ${(share * perCallMs).toFixed(1)} ms (${(share * 100).toFixed(0)} %)`,
    )
    .join(', ');
}
