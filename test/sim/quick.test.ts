import { describe, expect, it } from 'vitest';
import { simulate } from './world.ts';

/** A few dozen hours; the long runs are `npm run sim`. */
const shift = { seats: 8, hours: 7, callsPerDay: 600 };

describe('the house in virtual time', { timeout: 60_000 }, () => {
  it('keeps every promise on an ordinary day', async () => {
    const result = await simulate({ ...shift, seed: 1, faults: false });
    expect(result).toMatchObject({ broken: null, restarts: 0 });
    expect(result.calls).toBeGreaterThan(60);
    expect(result.endings['agent-hung-up']).toBeGreaterThan(15);
  });

  it('keeps them through crashes, lost lines, late and lost events, a full disk', async () => {
    const result = await simulate({ ...shift, seed: 2, faults: true });
    expect(result).toMatchObject({ broken: null });
    expect(result.restarts).toBeGreaterThan(1);
  });

  it('keeps the place of callers who are called back, through all of it', async () => {
    const few = { seats: 4, hours: 7, callsPerDay: 700, callBacks: true };
    const calm = await simulate({ ...few, seed: 1, faults: false });
    expect(calm).toMatchObject({ broken: null });
    expect(calm.endings['call-back-requested']).toBeGreaterThan(20);
    expect(calm.endings['call-back-failed']).toBeGreaterThan(5);
    expect(await simulate({ ...few, seed: 12, faults: true })).toMatchObject({ broken: null });
  });

  it('replays one seed exactly, and another one differently', async () => {
    const options = { seats: 4, hours: 6, callsPerDay: 400, faults: true };
    const [first, second] = [
      await simulate({ ...options, seed: 7 }),
      await simulate({ ...options, seed: 7 }),
    ];
    const other = await simulate({ ...options, seed: 8 });
    expect(second).toEqual({ ...first, trace: second.trace });
    expect(other.hash).not.toBe(first.hash);
  });
});
