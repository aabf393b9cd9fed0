import { describe, expect, test } from 'vitest';
import { findTargets, nextFree, type Target } from '../../web/src/talk/target-list.ts';

const target = (more: Partial<Target> & Pick<Target, 'kind' | 'id'>): Target => ({
  mark: null,
  code: more.id,
  label: '',
  detail: '',
  isFree: true,
  isNear: false,
  find: '',
  verb: 'consult',
  body: {},
  ...more,
});
const outside = (number: string) => target({ kind: 'outside', id: number });
const all = [
  target({ kind: 'emergency', id: '110', label: '公安' }),
  target({ kind: 'seat', id: '8001', label: '王敏', find: 'wangmin wm', isFree: false }),
  target({ kind: 'seat', id: '8002', label: '李雨桐', find: 'liyutong lyt' }),
  target({ kind: 'seat', id: '8003', label: '林文博', find: 'linwenbo lwb', isNear: true }),
  target({ kind: 'queue', id: 'Q01', label: '消费维权', find: 'xiaofeiweiquan xfwq' }),
  target({ kind: 'expert', id: 'tax', label: '税务专家' }),
];
const found = (typed: string) => findTargets(all, typed, outside).map(({ id }) => id);

describe('whom an agent finds', () => {
  test('experts first, then free colleagues of the same queue; who is busy comes last', () => {
    expect(found('')).toEqual(['tax', '8003', '8002', 'Q01', '110', '8001']);
  });
  test('by name, pinyin, initials, number or code', () => {
    expect(found('雨桐')).toEqual(['8002']);
    expect(found('linw')).toEqual(['8003']);
    expect(found('XFWQ')).toEqual(['Q01']);
    expect(found('wm 80')).toEqual(['8001']);
    expect(found('q01')).toEqual(['Q01']);
  });
  test('a number that can be dialled is offered after what it finds; an emergency number once', () => {
    expect(found('8002')).toEqual(['8002', '8002']);
    expect(found('0592-555 0101')).toEqual(['05925550101']);
    expect(found('110')).toEqual(['110']);
    expect(found('11')).toEqual(['110']);
    expect(found('没有')).toEqual([]);
  });
});

test('arrows pass over who cannot be had and stop at the ends', () => {
  const rows = [true, false, true, false].map((isFree, at) =>
    target({ kind: 'seat', id: String(at), isFree }),
  );
  expect(nextFree(rows, 0, 1)).toBe(2);
  expect(nextFree(rows, 2, 1)).toBe(2);
  expect(nextFree(rows, 2, -1)).toBe(0);
  expect(nextFree(rows, -1, 1)).toBe(0);
});
