import { createEngine } from '../../../src/acd/engine.ts';
import type { Input } from '../../../src/acd/types.ts';
import { plainRules, signIn } from '../../../src/staffing/floor.ts';
import { createRandom } from '../../../src/staffing/random.ts';
import { simulate, type WaitEnd } from '../../../src/staffing/simulate.ts';
import type { TracedCall } from './read.ts';
import type { Duty, Staff } from './staff.ts';
import type { Survival } from './survival.ts';

/** What a replay needs beside the calls. */
export interface Model {
  staff: Staff;
  wrapUp: Survival;
  patienceOf(type: string): Survival;
}

/** Longer than anybody takes over notes: each seat says itself when it is done. */
const NEVER_MS = 1e12;

/**
 * Plays the calls of a trace (their arrivals and services as they were) through the real engine with
 * the trace's staff; patience and wrap-up are drawn by chance. One queue per kind of call.
 */
export function replay(calls: readonly TracedCall[], model: Model, seed: number): WaitEnd[] {
  const random = createRandom(seed);
  const engine = createEngine();
  const queues = [...new Set(calls.map((call) => call.type))].map((type) =>
    plainRules(type, { wrapUpMs: NEVER_MS }),
  );
  engine.apply({ kind: 'queues-configured', queues }, 0);
  for (const [server, types] of model.staff.types) {
    const memberships = [...types].map((queueId) => ({ queueId, level: 1 }));
    // At the desk, but not on duty yet.
    for (const input of signIn(server, memberships).slice(0, 1)) engine.apply(input, 0);
  }
  const talks = calls.flatMap(({ talk }) => (talk ? [talk.seconds] : []));
  const patience = ({ type, waitedSeconds, answered }: TracedCall) =>
    answered ? model.patienceOf(type).drawBeyond(waitedSeconds, random) : waitedSeconds;
  const wrapUp = (call: TracedCall) => {
    const seen = model.staff.wrapUps.get(call) ?? { time: 0, ended: false };
    return seen.ended ? seen.time : model.wrapUp.drawBeyond(seen.time, random);
  };
  const ends: WaitEnd[] = [];
  simulate({
    engine,
    calls: calls.map((call) => ({
      arrivesAt: call.queuedAt * 1_000,
      queueId: call.type,
      priority: 0,
      // Nobody knows how long those who gave up would have talked: as long as somebody else.
      serviceMs: 1_000 * (call.talk?.seconds ?? talks[random.below(talks.length)] ?? 0),
      patienceMs: 1_000 * patience(call),
      wrapUpMs: 1_000 * wrapUp(call),
    })),
    inputs: model.staff.duties.flatMap(dutyInputs),
    onWaitEnd: (end) => ends.push(end),
  });
  return ends;
}

function dutyInputs({ server, from, until }: Duty): { at: number; input: Input }[] {
  return [
    { at: from * 1_000, input: { kind: 'seat-ready', seatId: server } },
    { at: until * 1_000 + 1, input: { kind: 'seat-not-ready', seatId: server, reason: 'rest' } },
  ];
}
