import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Decision, Engine, Input } from '../../src/acd/types.ts';
import { simulate } from './world.ts';

/** A defect: how the engine is spoilt. The n-th input of the kind it looks for comes with its number. */
type Defect = (engine: Engine, input: Input, now: number, n: number) => Decision;

const plant = vi.hoisted(() => ({ defect: null as Defect | null }));

vi.mock('../../src/acd/engine.ts', async (importOriginal) => {
  const { createEngine } = await importOriginal<typeof import('../../src/acd/engine.ts')>();
  return {
    createEngine(): Engine {
      const engine = createEngine();
      const counts = new Map<string, number>();
      return {
        ...engine,
        apply(input, now) {
          const n = (counts.get(input.kind) ?? 0) + 1;
          counts.set(input.kind, n);
          return plant.defect?.(engine, input, now, n) ?? engine.apply(input, now);
        },
      };
    },
  };
});

const forgetsCaller: Defect = (engine, input, now, n) => {
  if (input.kind !== 'caller-entered' || n % 30 !== 0) return engine.apply(input, now);
  return engine.apply({ kind: 'time-passed' }, now);
};

const ringsTwice: Defect = (engine, input, now, n) => {
  const decision = engine.apply(input, now);
  const rings = decision.events.filter((event) => event.kind === 'call.ringing');
  if (n % 20 === 0) decision.events.push(...rings);
  return decision;
};

const letsPushIn: Defect = (engine, input, now, n) => {
  if (input.kind !== 'caller-entered' || n % 20 !== 0) return engine.apply(input, now);
  return engine.apply({ ...input, arrivedAt: input.arrivedAt - 600_000 }, now);
};

const leavesSeatTalking: Defect = (engine, input, now, n) => {
  if (input.kind !== 'talk-ended' || n % 10 !== 0) return engine.apply(input, now);
  return engine.apply({ kind: 'time-passed' }, now);
};

const keepsSeatIdle: Defect = (engine, input, now, n) => {
  const decision = engine.apply(input, now);
  if (input.kind !== 'caller-entered' || n % 10 !== 0) return decision;
  const { callId } = input;
  const isRing = (event: { kind: string }) =>
    event.kind === 'call.ringing' || event.kind === 'seat.state';
  return {
    events: decision.events.filter((event) => !isRing(event)),
    effects: decision.effects.filter((effect) => effect.callId !== callId),
  };
};

describe('a defect planted in the engine', { timeout: 60_000 }, () => {
  afterEach(() => {
    plant.defect = null;
  });

  it.each([
    ['forgets a waiting caller', forgetsCaller, /stands in no queue|never ended|waits/],
    ['rings a seat twice', ringsTwice, /I1|I2/],
    ['lets a caller push in', letsPushIn, /another place/],
    ['leaves a seat talking', leavesSeatTalking, /still talks/],
    ['keeps a seat idle while somebody waits', keepsSeatIdle, /I3|stands in no queue/],
  ])('%s: the checker says so', async (_name, defect, verdict) => {
    plant.defect = defect;
    const result = await simulate({ seed: 1, hours: 8, seats: 8, callsPerDay: 800, faults: false });
    expect(result.broken).toMatch(verdict);
  });
});
