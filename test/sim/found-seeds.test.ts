import { describe, expect, it } from 'vitest';
import { simulate } from './world.ts';

/**
 * Every seed that ever failed, and what it found. The world changes with the simulator, so each
 * defect has a test of its own beside its code as well; these runs stay as they were found.
 */
const found = [
  { seed: 1, faults: false, what: 'a seat lost in a call cost the caller the call' },
  { seed: 1, faults: true, what: 'a second talk was counted from the first one’s beginning' },
  { seed: 3, faults: true, what: 'a caller who had rated was asked again after a restart' },
  { seed: 7, faults: true, what: 'a talk that had ended was taken up again and ended twice' },
  { seed: 8, faults: true, what: 'a seat was ready before the end of its talk was written down' },
  {
    seed: 100,
    faults: true,
    what: 'new rules gave a caller to a seat others had waited longer than',
  },
];

/** With people who are called back, day and night. */
const foundCalling = [
  {
    seed: 10,
    seats: 8,
    hours: 20,
    what: 'who was promised a call waited on the line too after a restart',
  },
  {
    seed: 57,
    seats: 8,
    hours: 13,
    what: 'a telephone a dead server had dialled was dialled a second time',
  },
  {
    seed: 70,
    seats: 6,
    hours: 5,
    what: 'an announcement that was refused left who waited in silence',
  },
  {
    seed: 19,
    seats: 6,
    hours: 22,
    what: 'a talk with who was called back had no end after a restart',
  },
  {
    seed: 2382,
    seats: 4,
    hours: 24,
    what: 'a phone whose ring had been given up was rung again under the same id',
  },
  {
    seed: 3191,
    seats: 4,
    hours: 24,
    what: 'half of a transaction outlived the server: a recording was never finished',
  },
  { seed: 3270, seats: 4, hours: 24, what: 'the same' },
  {
    seed: 5044,
    seats: 4,
    hours: 24,
    what: 'the silence before a prompt whose order was seconds under way was taken for a defect',
  },
  {
    seed: 281,
    seats: 4,
    hours: 24,
    what: 'the place of a virtual caller whose events a full disk had lost was taken over',
  },
  {
    seed: 422,
    seats: 4,
    hours: 24,
    what: 'a telephone rung while the disk was full rang on for a server that had died',
  },
];

describe('seeds that failed once', { timeout: 120_000 }, () => {
  it.each(found)('seed $seed: $what', async ({ seed, faults }) => {
    const result = await simulate({ seed, faults, hours: 6, seats: 12 });
    expect(result.broken).toBeNull();
  });

  it.each(foundCalling)('seed $seed, called back: $what', async ({ seed, seats, hours }) => {
    const result = await simulate({ seed, hours, faults: true, seats, callBacks: true });
    expect(result.broken).toBeNull();
  });
});
