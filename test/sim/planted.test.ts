import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Decision, Engine, Input } from '../../src/acd/types.ts';

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

/** The virtual caller gets a place ahead of whoever waited longer. */
const callBackOvertakes: Defect = (engine, input, now, n) => {
  if (input.kind !== 'caller-kept' || n % 5 !== 0) return engine.apply(input, now);
  const place = engine.place(input.callId);
  const decision = engine.apply(
    { kind: 'caller-left', callId: input.callId, abandoned: false },
    now,
  );
  if (!place) return decision;
  const { queueId } = place;
  const callBack = { tries: 0, notBefore: now };
  const from = { priority: 0, arrivedAt: now - 3_600_000, lastAgentId: null, callBack };
  const entered = engine.apply(
    { kind: 'caller-entered', callId: input.asCallId, queueId, ...from },
    now,
  );
  return {
    events: [...decision.events, ...entered.events],
    effects: [...decision.effects, ...entered.effects],
  };
};

const callBackIsLost: Defect = (engine, input, now, n) => {
  if (input.kind !== 'caller-kept' || n % 5 !== 0) return engine.apply(input, now);
  return engine.apply({ kind: 'caller-left', callId: input.callId, abandoned: false }, now);
};

/** Not reached, and due at once instead of after the pause. */
const forgetsThePause: Defect = (engine, input, now, n) => {
  const decision = engine.apply(input, now);
  if (input.kind !== 'call-back-failed' || input.againAt === null || n % 3 !== 0) return decision;
  const due = engine.apply({ kind: 'call-back-due', callId: input.callId }, now);
  return {
    events: [...decision.events, ...due.events],
    effects: [...decision.effects, ...due.effects],
  };
};

describe('a defect planted in the engine', { timeout: 120_000 }, () => {
  let simulate: typeof import('./world.ts').simulate;
  // The files before it in this process have loaded a house with the engine as it is; those after it
  // are to have that one again.
  beforeAll(async () => {
    vi.resetModules();
    ({ simulate } = await import('./world.ts'));
  });
  afterAll(() => {
    vi.doUnmock('../../src/acd/engine.ts');
    vi.resetModules();
  });
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

  it.each([
    ['lets a virtual caller overtake', callBackOvertakes, /order: |another place|two places/],
    ['loses a virtual caller', callBackIsLost, /never ended|stands in no queue|I3/],
    ['dials again without a pause', forgetsThePause, /before the pause is over|order: /],
  ])('%s: the checker says so', async (_name, defect, verdict) => {
    plant.defect = defect;
    const shift = { hours: 8, seats: 4, callsPerDay: 800, faults: false, callBacks: true };
    const result = await simulate({ ...shift, seed: 1 });
    expect(result.broken).toMatch(verdict);
  });
});
