import { setTimeout as pause } from 'node:timers/promises';
import { control } from '../exchange/control.ts';
import { type BenchHouse, direct, openBenchHouse } from '../exchange/house.ts';
import { dialledIn, type WireMessage } from '../exchange/wire-log.ts';
import { figuresOf, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

/** Seats of each side, and how long each of their talks is: together ten callers a second are served. */
const seats = 40;
const talkMs = 4_000;
const perSecond = 10;
const waiting = 200;
/** A longer time has the other side's block in it. */
const betweenBlocksMs = 15_000;

export const ring: Row = {
  name: 'ring',
  needs: 'an exchange and SIPp',
  title: 'an agent hangs up, callers wait → the next INVITE at that phone; control: app_queue',
  async run({ tiny }) {
    const blocks = tiny ? 1 : 2;
    const house = await openBenchHouse({
      seats,
      controlSeats: seats,
      seatBehaviour: { stayMs: talkMs, whenOver: 'leave' },
    });
    try {
      for (let block = 0; block < blocks; block += 1) {
        await oneBlock(house, direct, tiny);
        await oneBlock(house, control.queueAtOnce, tiny);
      }
      const { wire } = await house.seats.stop();
      const us = figuresOf(gaps(wire, '2'));
      const them = figuresOf(gaps(wire, '8'));
      const ratio = { p50: ratioOf(us.p50, them.p50), p99: ratioOf(us.p99, them.p99) };
      const within = (value: number | null, limit: number) => (value ?? Number.NaN) <= limit;
      return {
        samples: gaps(wire, '2').length + gaps(wire, '8').length,
        ours: us,
        control: them,
        ratio,
        goal: 'ms: p50 ≤ 1/50, p99 ≤ 1/20 of app_queue',
        met: tiny ? null : within(ratio.p50, 1 / 50) && within(ratio.p99, 1 / 20),
        notes: [
          `${seats} seats a side, ${waiting} callers waiting, ${perSecond} new calls a second, as many served: talks of ${talkMs / 1_000} s, no wrap-up. In blocks of half a minute in turns, in the same Asterisk.`,
          'From the BYE the agent’s phone sends to the next INVITE it gets, by SIPp’s own times. Ours finishes a recording and asks the caller for a rating meanwhile.',
          'app_queue with strategy=leastrecent, autofill=yes and retry=1, the kindest settings for it.',
        ],
      };
    } finally {
      await house.close();
    }
  },
};

/** Fills the queue, keeps it full while seats are served, then sends everybody home. */
async function oneBlock(house: BenchHouse, to: string, tiny: boolean): Promise<void> {
  const behaviour = { stayMs: 3_600_000, whenOver: 'leave' } as const;
  const first = house.dial({ to: [to], count: waiting + seats, perSecond: 40, behaviour });
  await pause(tiny ? 3_000 : ((waiting + seats) / 40) * 1_000);
  const more = house.dial({ to: [to], count: 10_000, perSecond, behaviour });
  await pause(tiny ? 3_000 : 20_000);
  await Promise.all([first.stop(), more.stop()]);
  await house.emptyExchange();
}

/** From the BYE of each phone to the next INVITE at it, as long as it was not the last one of a block. */
function gaps(wire: readonly WireMessage[], seatsBeginWith: string): number[] {
  const seatOfCall = new Map<string, string>();
  const freeSince = new Map<string, number>();
  return wire.flatMap((message) => {
    const { atMs, sent, callId, line } = message;
    const seat = sent ? undefined : dialledIn(message);
    if (sent && line.startsWith('BYE')) {
      const free = seatOfCall.get(callId);
      if (free?.startsWith(seatsBeginWith)) freeSince.set(free, atMs);
    }
    if (seat === undefined || seatOfCall.has(callId)) return [];
    seatOfCall.set(callId, seat);
    const since = freeSince.get(seat);
    freeSince.delete(seat);
    return since === undefined || atMs - since > betweenBlocksMs ? [] : [atMs - since];
  });
}
