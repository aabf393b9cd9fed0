import { describe, expect, test } from 'vitest';
import {
  areaAround,
  changedAreas,
  isTaken,
  nextCode,
  treeRows,
} from '../../web/src/pages/order-settings/area-tree.ts';
import { areaNames } from '../../web/src/pages/orders/catalogue.ts';

const area = (code: string, name: string, enabled = true) => ({ code, name, enabled });
const areas = [
  area('440105002', '兴华街道'),
  area('4401', '示例市'),
  area('440105', '天河区'),
  area('440106', '西关区'),
  area('440105001', '体育西街道'),
  area('440105001003', '六运社区'),
  area('440106001', '老城街道'),
];
const all = new Set(areas.map(({ code }) => code));
const shown = (typed: string, open: ReadonlySet<string> = all) =>
  treeRows(areas, typed, open).map(({ name, depth }) => `${'·'.repeat(depth)}${name}`);

describe('the tree of areas', () => {
  test('is shown in order, each area with how many lie within it', () => {
    expect(shown('')).toEqual([
      '示例市',
      '·天河区',
      '··体育西街道',
      '···六运社区',
      '··兴华街道',
      '·西关区',
      '··老城街道',
    ]);
    const within = treeRows(areas, '', all).map((row) => row.within);
    expect(within).toEqual([6, 3, 1, 0, 0, 1, 0]);
  });

  test('shows what was opened; while somebody types, what is found with what it lies in', () => {
    expect(shown('', new Set(['4401']))).toEqual(['示例市', '·天河区', '·西关区']);
    expect(shown('', new Set(['440105']))).toEqual(['示例市']);
    expect(shown('兴华', new Set())).toEqual(['示例市', '·天河区', '··兴华街道']);
    expect(shown('440106', new Set())).toEqual(['示例市', '·西关区', '··老城街道']);
  });

  test('an area is named with what it lies in', () => {
    const names = areaNames(areas);
    expect(names.get('440105001003')).toBe('天河区 · 体育西街道 · 六运社区');
    expect(names.get('4401')).toBe('示例市');
  });

  test('a new one gets the next code of its level', () => {
    expect(nextCode(areas, '440105')).toBe('440105003');
    expect(nextCode(areas, '440106001')).toBe('440106001001');
    expect(areaAround(areas, '440105001003')?.code).toBe('440105001');
  });
});

describe('a change of an area', () => {
  const lines = (changed: typeof areas) =>
    changed.map(({ code, name, enabled }) => `${code} ${name}${enabled ? '' : ' ×'}`);

  test('a new name is that alone', () => {
    const after = changedAreas(areas, '440105', area('440105', '天河新区'));
    expect(lines(after)).toEqual(lines(areas).with(2, '440105 天河新区'));
  });

  test('what lies within is retired with it', () => {
    const after = changedAreas(areas, '440105', area('440105', '天河区', false));
    expect(lines(after).filter((line) => line.endsWith('×'))).toEqual([
      '440105002 兴华街道 ×',
      '440105 天河区 ×',
      '440105001 体育西街道 ×',
      '440105001003 六运社区 ×',
    ]);
  });

  test('it moves with what lies within; the old codes stay, retired, because orders name them', () => {
    const after = changedAreas(areas, '440105001', area('440106002', '体育西街道'));
    expect(lines(after).slice(4)).toEqual([
      '440105001 体育西街道 ×',
      '440105001003 六运社区 ×',
      '440106001 老城街道',
      '440106002 体育西街道',
      '440106002003 六运社区',
    ]);
  });

  test('a code that is there, or one that would come along, is taken', () => {
    expect(isTaken(areas, null, '440106')).toBe(true);
    expect(isTaken(areas, null, '440107')).toBe(false);
    expect(isTaken(areas, '440105', '440105')).toBe(false);
    expect(isTaken(areas, '440105', '440106')).toBe(true);
    const leftover = [...areas, area('440107002', '旧街道')];
    expect(isTaken(leftover, '440105', '440107')).toBe(true);
  });
});
