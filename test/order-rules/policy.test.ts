import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectRoot } from '../../src/kit/root.ts';
import { officialNotice, WorkingDays } from '../../src/kit/working-days.ts';
import type { ClockKind } from '../../src/order-rules/order.ts';
import {
  choiceFor,
  dueOf,
  limitOf,
  type OrderKind,
  packFor,
  packName,
  policies,
  warningOf,
} from '../../src/order-rules/policy.ts';
import { request } from './rig.ts';

const read = (path: string) => readFileSync(`${projectRoot}/config/${path}`, 'utf8');
const city = policies.parse(parse(read('policies.example.yaml')));
const calendar = new WorkingDays([officialNotice.parse(JSON.parse(read('calendars/2026.json')))]);
const at = (text: string) => Date.parse(`${text}+08:00`);

function due(order: Partial<Record<keyof typeof request, string>>, kind: ClockKind, from: string) {
  const facts = { ...request, ...order };
  const pack = packFor(city, facts, at(from));
  if (!pack) throw new Error('no pack');
  const end = dueOf(calendar, at(from), limitOf(pack, facts, kind));
  return `${packName(pack)} ${new Date(end + 8 * 3_600_000).toISOString().slice(0, 16)}`;
}

describe('the example city', () => {
  test.each([
    // Across a weekend, the Spring Festival of 2026 and its make-up Saturdays (14 and 28 February).
    [
      'a complaint',
      { type: 'complaint' },
      'reply',
      '2026-02-11T10:00',
      'general-1515@1 2026-02-26T00:00',
    ],
    [
      'a question',
      { type: 'consult' },
      'reply',
      '2026-02-13T10:00',
      'general-1515@1 2026-02-25T00:00',
    ],
    ['contact', {}, 'contact', '2026-02-13T18:00', 'general-1515@1 2026-02-15T00:00'],
    [
      'an emergency at night',
      { urgency: 'emergency' },
      'sign',
      '2026-02-17T23:50',
      'general-1515@1 2026-02-18T00:05',
    ],
    [
      'an emergency',
      { urgency: 'emergency' },
      'reply',
      '2026-02-17T23:50',
      'general-1515@1 2026-02-19T00:00',
    ],
    [
      'an enterprise is answered',
      { party: 'enterprise' },
      'contact',
      '2026-02-14T23:00',
      'enterprise-2135@1 2026-02-15T01:00',
    ],
    [
      'its question',
      { party: 'enterprise', type: 'consult' },
      'reply',
      '2026-02-14T09:00',
      'enterprise-2135@1 2026-02-25T00:00',
    ],
    [
      'its request for help',
      { party: 'enterprise', type: 'help' },
      'reply',
      '2026-05-07T09:00',
      'enterprise-2135@1 2026-05-12T00:00',
    ],
    [
      'its complaint',
      { party: 'enterprise', type: 'complaint' },
      'reply',
      '2026-05-07T09:00',
      'enterprise-2135@1 2026-05-14T00:00',
    ],
  ] as const)('%s', (_, order, kind, from, expected) => {
    expect(due(order, kind, from)).toBe(expected);
  });

  test('before any pack was in force there is none', () => {
    expect(packFor(city, request, at('2020-12-31T23:59'))).toBeNull();
  });
});

test('of the rows that hold the first counts; one whose pack is not in force yet is passed over', () => {
  const [general, enterprise] = city.packs;
  if (!general || !enterprise) throw new Error('the city has two packs');
  const later = { ...enterprise, id: 'later', from: '2026-07-01' };
  const table = {
    packs: [...city.packs, later],
    choose: [
      { when: { matters: ['M7'], areas: ['4401'], urgencies: ['urgent' as const] }, pack: 'later' },
      ...city.choose,
    ],
  };
  const urgent: OrderKind = { ...request, matter: 'M704', area: '440105', urgency: 'urgent' };
  const chosen = (order: OrderKind, day: string) => {
    const choice = choiceFor(table, order, at(`${day}T12:00`));
    return choice && [choice.row, choice.pack.id];
  };
  expect(chosen(urgent, '2026-06-30')).toEqual([2, 'general-1515']);
  expect(chosen(urgent, '2026-07-01')).toEqual([0, 'later']);
  expect(chosen({ ...urgent, party: 'enterprise' }, '2026-06-30')).toEqual([1, 'enterprise-2135']);
  for (const other of [{ matter: 'M504' }, { area: '4500' }, { urgency: 'normal' }])
    expect(chosen({ ...urgent, ...other }, '2026-07-01')).toEqual([2, 'general-1515']);
});

describe('versions', () => {
  const [general] = city.packs;
  if (!general) throw new Error('the city has a pack');
  const newer = { ...general, version: 2, from: '2026-07-01' };
  const both = { ...city, packs: [...city.packs, newer] };

  test('the newest in force on the day of acceptance, to the minute', () => {
    const named = (text: string) => packFor(both, request, at(text))?.version;
    expect([named('2026-06-30T23:59'), named('2026-07-01T00:00')]).toEqual([1, 2]);
  });

  test('a city names only packs it has, and each once', () => {
    const wrong = { ...city, choose: [{ when: {}, pack: 'elsewhere' }], packs: [general, general] };
    const result = policies.safeParse(wrong);
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'choose.0.pack',
      'packs.1',
    ]);
  });
});

test('a clock turns amber, red and overdue, and stands still in its colour', () => {
  const clock = {
    kind: 'reply',
    owner: 'x',
    startedAt: 0,
    dueAt: 100,
    stoppedAt: null,
    paused: null,
  } as const;
  const colours = [49, 50, 79, 80, 100, 101].map((now) => warningOf(clock, [0.5, 0.8], now));
  expect(colours).toEqual(['calm', 'amber', 'amber', 'red', 'red', 'overdue']);
  const paused = { ...clock, paused: { at: 60, why: 'long-term' } } as const;
  expect(warningOf(paused, [0.5, 0.8], 1_000)).toBe('amber');
  expect(warningOf({ ...clock, stoppedAt: 99 }, [0.5, 0.8], 1_000)).toBe('red');
});
