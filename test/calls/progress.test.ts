import { beforeEach, describe, expect, test } from 'vitest';
import type { Key } from '../../src/calls/ports.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

let rig: ReturnType<typeof createRig>;
let asked: string[];
let urged: string[];
beforeEach(() => {
  rig = createRig((doc) => {
    const keys = doc.menus.find(({ id }) => id === 'main')?.keys;
    if (keys) keys['8'] = { service: 'progress', label: { zh: '进度', en: 'Progress' } };
  });
  asked = [];
  urged = [];
  Object.assign(rig.requests, {
    find(number: string, code: string, caller: string) {
      asked.push(`${number} ${code} ${caller}`);
      return code === '12345678' ? { orderId: 'order-1' } : code === '99999999' ? 'too-many' : null;
    },
    words: async () => ['progress-handling', 'progress-reply', 'told-call'],
    urge(orderId: string) {
      urged.push(orderId);
      return urged.length === 1;
    },
  });
});

/** A caller in the menu, who keys what is given, one key after the other. */
async function dialled(...keys: string[]) {
  const line = rig.dial('12345', '13987654321');
  await settle();
  for (const key of Array.from(`8${keys.join('')}`) as Key[]) {
    line.press(key);
    await settle();
  }
  return line;
}

describe('where an order stands, by keys', () => {
  test('number and code, then the state and the reply are heard; who hangs up was served', async () => {
    const line = await dialled('123456#', '12345678');
    await rig.clock.advance(2_500);
    expect(asked).toEqual(['123456 12345678 13987654321']);
    expect(line.heard.slice(-3)).toEqual([
      'zh:progress-handling',
      'zh:progress-reply',
      'zh:told-call',
    ]);
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['self-served']);
    expect(rig.told('call.request-told')).toMatchObject([{ orderId: 'order-1' }]);
    expect(JSON.stringify(rig.events), 'the code is nowhere in the log').not.toContain('12345678');
  });

  test('1 urges, and once more is told that it is enough for today', async () => {
    const line = await dialled('123456#', '12345678', '1');
    await rig.clock.advance(1_000);
    expect(urged).toEqual(['order-1']);
    expect(line.heard.at(-1)).toBe('zh:progress-urged');
    await rig.clock.advance(10_000);
    expect(rig.endings()).toEqual(['self-served']);
    expect(line.hungUp).toBe(true);
  });

  test('* tells it again, 0 leads to a person', async () => {
    const line = await dialled('123456#', '12345678', '*');
    await rig.clock.advance(500);
    expect(line.heard.at(-1)).toBe('zh:progress-handling');
    line.press('0');
    await settle();
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'general' }]);
  });

  test('a # after the code is no answer: it is told all the same', async () => {
    const line = await dialled('123456#', '12345678#');
    await rig.clock.advance(2_500);
    expect(line.heard.slice(-3)).toEqual([
      'zh:progress-handling',
      'zh:progress-reply',
      'zh:told-call',
    ]);
    expect(rig.endings()).toEqual([]);
  });

  test('three times wrong, and a person answers', async () => {
    const line = await dialled('123456#', '00000000');
    for (const keys of ['123456#00000001', '123456#00000002']) {
      // It is said that it was wrong, and asked again.
      await rig.clock.advance(1_000);
      line.press(...(Array.from(keys) as Key[]));
      await settle();
    }
    await rig.clock.advance(2_000);
    expect(asked).toHaveLength(3);
    expect(line.heard).toContain('zh:progress-too-many');
    expect(rig.told('call.queued')).toHaveLength(1);
  });

  test('who has guessed too often is told nothing, and a person answers', async () => {
    const line = await dialled('123456#', '99999999');
    await rig.clock.advance(2_000);
    expect(line.heard).toContain('zh:progress-too-many');
    expect(rig.told('call.queued')).toHaveLength(1);
  });

  test.each([
    ['silence', ''],
    ['0 and #', '0#'],
    ['no code', '123456#'],
  ])('%s leads to a person', async (_, keys) => {
    await dialled(keys);
    await rig.clock.advance(20_000);
    expect(asked).toEqual([]);
    expect(rig.told('call.queued')).toHaveLength(1);
  });

  test('a whole number needs no #, and one keyed all the same does no harm', async () => {
    await dialled('202611181433110412#', '12345678');
    expect(asked).toEqual(['202611181433110412 12345678 13987654321']);
  });

  test('* while keying begins anew', async () => {
    await dialled('999*123456#', '12345678');
    expect(asked).toEqual(['123456 12345678 13987654321']);
  });
});
