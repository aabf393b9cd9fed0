import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { deferred, sleep, waitOrAbort } from '../../src/kit/abort.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { AppError, errorCodes } from '../../src/kit/errors.ts';
import { newId } from '../../src/kit/ids.ts';
import { maskNumber, maskNumbersIn } from '../../src/kit/mask.ts';
import {
  shanghaiDay,
  shanghaiMidnight,
  shanghaiQuarter,
  shanghaiTime,
} from '../../src/kit/shanghai.ts';
import { resample, toSamples, toSound } from '../../src/kit/sound.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('waiting that can be stopped', () => {
  test('gives the value, or the reason of the signal, whichever comes first', async () => {
    const signal = new AbortController();
    const first = deferred<number>();
    const waited = waitOrAbort(first.promise, signal.signal);
    first.resolve(7);
    await expect(waited).resolves.toBe(7);
    const second = deferred<number>();
    const stopped = waitOrAbort(second.promise, signal.signal);
    signal.abort(new Error('hung up'));
    await expect(stopped).rejects.toThrow('hung up');
    second.reject(new Error('nobody listens any more'));
    await expect(waitOrAbort(deferred().promise, signal.signal)).rejects.toThrow('hung up');
  });

  test('listens to none of its signals any longer, whichever ended it', async () => {
    const [gone, enough] = [new AbortController(), new AbortController()];
    const stopped = waitOrAbort(deferred().promise, gone.signal, enough.signal);
    enough.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    const late = waitOrAbort(deferred().promise, gone.signal, enough.signal);
    await expect(late).rejects.toThrow('enough');
    expect(getEventListeners(gone.signal, 'abort')).toEqual([]);
    const left = waitOrAbort(deferred().promise, gone.signal, new AbortController().signal);
    gone.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
  });

  test('a sleep ends in time or with the signal, and leaves no timer behind', async () => {
    const clock = new FakeClock();
    const signal = new AbortController();
    const slept = sleep(clock, 1_000, signal.signal);
    await clock.advance(999);
    expect(clock.alarms).toBe(1);
    await clock.advance(1);
    await expect(slept).resolves.toBeUndefined();
    const stopped = sleep(clock, 1_000, signal.signal);
    signal.abort(new Error('left'));
    await expect(stopped).rejects.toThrow('left');
    expect(clock.alarms).toBe(0);
  });
});

test('the clock of the machine counts whole milliseconds and never backwards', () => {
  const times = Array.from({ length: 1_000 }, () => systemClock.now());
  expect(times.every(Number.isInteger)).toBe(true);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('ids are unique and sort by the time they were made', () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids).toEqual(ids.toSorted());
  expect(ids[0]).toMatch(/^[0-9A-Z]{26}$/);
});

describe('numbers are masked', () => {
  test.each([
    ['13812345678', '138****5678'],
    ['02012345678', '020****5678'],
    ['12345678', '*****678'],
    ['12345', '**345'],
    ['110', '***'],
    ['', ''],
  ])('%s as %s', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });

  test('however people write them', () => {
    expect(maskNumbersIn('身份证44010519900101123X。')).toBe('身份证440***********123X。');
    expect(maskNumbersIn('138 1234 5678，139-8765-4321')).toBe('138****5678，139****4321');
    expect(maskNumbersIn('电话１３８１２３４５６７８')).toBe('电话138****5678');
  });

  test('in a text, but not inside ids', () => {
    expect(maskNumbersIn('call from 13812345678 to 12345')).toBe('call from 138****5678 to 12345');
    expect(maskNumbersIn('+8613812345678, 440101199001011234')).not.toMatch(/1381234|19900101/);
    expect(maskNumbersIn('01J9ZK3V6T0123456789ABCDEF 2026-11-21')).toBe(
      '01J9ZK3V6T0123456789ABCDEF 2026-11-21',
    );
  });
});

describe('errors', () => {
  test('fill their text in both languages and keep the status of their code', () => {
    const error = new AppError('account-locked', { minutes: 15 });
    expect(error.text('zh')).toContain('15 分钟');
    expect(error.text('en')).toContain('15 minutes');
    expect(error.status).toBe(423);
    expect(new AppError('account-locked').text('en')).toContain('{minutes}');
  });

  test('every code has a text in Chinese and in English', () => {
    for (const [code, { status, zh, en }] of Object.entries(errorCodes)) {
      expect([code, status >= 400 && status < 600]).toEqual([code, true]);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('Shanghai time', () => {
  const at = Date.parse('2026-11-21T23:59:59.999+08:00');

  test('days begin at midnight there, wherever the server stands', () => {
    expect(shanghaiMidnight(at)).toBe(Date.parse('2026-11-21T00:00:00+08:00'));
    expect(shanghaiDay(at + 1)).toBe(shanghaiDay(at) + 1);
    expect([shanghaiQuarter(at), shanghaiQuarter(at + 1)]).toEqual([95, 0]);
    expect(shanghaiTime(at)).toBe('2026-11-21 23:59:59.999');
  });
});

describe('sound', () => {
  const sine = (hz: number, rateHz: number) =>
    Float64Array.from(
      { length: rateHz },
      (_, at) => 0.5 * Math.sin((2 * Math.PI * hz * at) / rateHz),
    );
  const level = (sound: Float64Array) =>
    Math.sqrt(
      sound.subarray(800, -800).reduce((sum, v) => sum + v * v, 0) / (sound.length - 1_600),
    );

  test.each([
    [44_100, 8_000],
    [48_000, 16_000],
    [8_000, 16_000],
    [16_000, 16_000],
  ])('from %i to %i Hz keeps speech and its length', (fromHz, toHz) => {
    const made = resample(sine(1_000, fromHz), fromHz, toHz);
    expect(made.length).toBe(toHz);
    expect(level(made)).toBeCloseTo(0.5 / Math.SQRT2, 2);
  });

  test('what the new rate cannot carry is gone', () => {
    expect(level(resample(sine(5_000, 16_000), 16_000, 8_000))).toBeLessThan(0.005);
  });

  test('samples and sound are the same thing, clipped at full scale', () => {
    const samples = Int16Array.from([0, 1, -1, 32_767, -32_768]);
    expect([...toSamples(toSound(samples))]).toEqual([...samples]);
    expect([...toSamples(Float64Array.from([2, -2]))]).toEqual([32_767, -32_768]);
  });
});
