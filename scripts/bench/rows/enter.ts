import { AriTap } from '../exchange/ari-tap.ts';
import { control } from '../exchange/control.ts';
import { direct, greetingMs, openBenchHouse } from '../exchange/house.ts';
import { ownShares } from '../exchange/own-share.ts';
import { dialledIn, type WireMessage } from '../exchange/wire-log.ts';
import { figuresOf, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

const perSecond = 10;
const seats = 10;
const seatBehaviour = { stayMs: 20_000, whenOver: 'leave' } as const;
const behaviour = { stayMs: 300, whenOver: 'leave', speaks: true } as const;

export const enter: Row = {
  name: 'enter',
  needs: 'an exchange and SIPp',
  title:
    "a caller's INVITE → the INVITE at an idle seat's phone; control: app_queue without prompts",
  async run({ tiny }) {
    const rounds = tiny ? 6 : 240;
    const { ours, theirs, atOnce } = await onTheWire(rounds);
    const shares = figuresOf(await ofOurServer(tiny ? 8 : 200));
    const us = figuresOf(ours);
    const them = figuresOf(theirs);
    const ratio = { p50: ratioOf(us.p50, them.p50), p99: ratioOf(us.p99, them.p99) };
    const within = (value: number | null, limit: number) => (value ?? Number.NaN) <= limit;
    return {
      samples: ours.length + theirs.length,
      ours: us,
      control: them,
      ratio,
      goal: 'ms: p50 ≤ 1.3 × app_queue; of it our server’s own ≤ 10 p50, ≤ 40 p99',
      met: tiny ? null : within(ratio.p50, 1.3) && within(shares.p50, 10) && within(shares.p99, 40),
      notes: [
        `Our server's own share, from Asterisk's word to our next request, summed over a call: p50 ${shares.p50?.toFixed(1)} ms, p99 ${shares.p99?.toFixed(1)} ms. Measured by listening in on ARI in a second house, ${tiny ? 8 : 200} calls.`,
        `The control's dialplan is the usual one, Answer() and Queue(): Answer() waits for the caller's first sound, which callers here send at once. Without that wait (Answer(,i)) app_queue takes p50 ${figuresOf(atOnce).p50?.toFixed(1)} ms, p99 ${figuresOf(atOnce).p99?.toFixed(1)} ms.`,
        `Both sides in turns, call by call, ${perSecond} calls a second, in the same Asterisk; times are SIPp's own, of the packets sent and received.`,
        `Ours answers, greets, applies the rules for callers, stores, and rings; seats are recorded, consoles are connected. The ${greetingMs} ms the greeting sounds are taken off, the requests and events it costs are not. The control answers and queues.`,
      ],
    };
  },
};

async function onTheWire(rounds: number) {
  const house = await openBenchHouse({ seats, controlSeats: seats, seatBehaviour });
  try {
    const to = [direct, control.queue, direct, control.queueAtOnce];
    const callers = house.dial({ to, count: to.length * rounds, perSecond, behaviour });
    const { wire: dialled } = await callers.ended;
    const { wire: rung } = await house.seats.stop();
    return {
      ours: delays(dialled, direct, rung, '2').map((ms) => ms - greetingMs),
      theirs: delays(dialled, control.queue, rung, '8'),
      atOnce: delays(dialled, control.queueAtOnce, rung, '8'),
    };
  } finally {
    await house.close();
  }
}

/** From each call's INVITE to the next one at a seat of that side, before the next call of that kind. */
function delays(
  dialled: readonly WireMessage[],
  to: string,
  rung: readonly WireMessage[],
  seatsBeginWith: string,
): number[] {
  const begun = dialled.filter((one) => one.sent && dialledIn(one) === to);
  const rings = rung.filter((one) => !one.sent && dialledIn(one)?.startsWith(seatsBeginWith));
  return begun.flatMap(({ atMs }, at) => {
    const until = begun[at + 1]?.atMs ?? Number.POSITIVE_INFINITY;
    const ring = rings.find((one) => one.atMs > atMs && one.atMs < until);
    return ring ? [ring.atMs - atMs] : [];
  });
}

async function ofOurServer(calls: number): Promise<number[]> {
  let tap: AriTap | undefined;
  const ariVia = async ({ ariUrl }: { ariUrl: string }) => {
    tap = await AriTap.open(ariUrl);
    return tap.url;
  };
  const house = await openBenchHouse({ seats, seatBehaviour, ariVia });
  try {
    await house.dial({ to: [direct], count: calls, perSecond: perSecond / 2, behaviour }).ended;
    return ownShares(tap?.passed ?? []);
  } finally {
    await house.close();
    tap?.close();
  }
}
