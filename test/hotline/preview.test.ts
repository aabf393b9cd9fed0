import { expect, test } from 'vitest';
import type { Hotline } from '../../config/hotline.ts';
import { differencesOf } from '../../src/hotline/diff.ts';
import { smallHotline } from '../support/hotline.ts';

const told = (change: (doc: Hotline) => void) =>
  differencesOf(smallHotline(), smallHotline(change)).map(
    ({ kind, where, before, after }) =>
      `${kind} ${where.zh}: ${before?.zh ?? '–'} → ${after?.zh ?? '–'}`,
  );

test('a version does not differ from itself', () => {
  expect(told(() => {})).toEqual([]);
});

test.each<[string, (doc: Hotline) => void, string[]]>([
  [
    'a time of a queue, in seconds',
    (doc) => Object.assign(doc.queues[0] ?? {}, { ringTimeoutMs: 20_000 }),
    ['changed 队列 · “消费维权” · 振铃时限: 15 秒 → 20 秒'],
  ],
  [
    'an outcome, by the name of the queue',
    (doc) => Object.assign(doc.queues[0] ?? {}, { onFull: { do: 'queue', queue: 'general' } }),
    ['changed 队列 · “消费维权” · 队列已满时: 登记回拨 → 转到，队列 综合'],
  ],
  [
    'a limit that was not there',
    (doc) => Object.assign(doc.queues[0] ?? {}, { maxWaiting: 5 }),
    ['changed 队列 · “消费维权” · 排队上限: 不限 → 5'],
  ],
  [
    'a key of a menu',
    (doc) => {
      const menu = doc.menus.find(({ id }) => id === 'main');
      if (menu) menu.keys['9'] = { queue: 'consumer', label: { zh: '综合', en: 'General' } };
    },
    ['changed 菜单 · “main” · 按键 · 9 键 · 队列: 综合 → 消费维权'],
  ],
  [
    'a member that is new and one that is gone',
    (doc) => {
      doc.resultCodes = [{ code: 'praise', name: { zh: '表扬', en: 'Praise' } }];
    },
    ['added 处理结果 · “表扬”: – → 代号 praise', 'removed 处理结果 · “已解答”: 代号 answered → –'],
  ],
  [
    'holidays as a whole',
    (doc) => {
      doc.holidays = [
        { name: { zh: '国庆', en: 'N' }, from: '2026-10-01', to: '2026-10-07', openAs: null },
      ];
    },
    ['changed 节假日: 无 → 名称 国庆 / N，自 2026-10-01，至 2026-10-07，按星期几开放 无'],
  ],
  [
    'the rules for callers',
    (doc) => {
      const when = { fact: 'attribute' as const, attribute: 'elder' as const };
      doc.callers.rules = [{ id: 'elder', when, steps: 2, queue: 'general' }];
      doc.callers.lastAgentWithinMs = 60_000;
    },
    [
      'added 来电人规则 · 规则 · “elder”: – → 编号 elder，条件 依据 attribute，属性 elder，加级 2，队列 综合',
      'changed 来电人规则 · 上次话务员优先（多久以内）: 无 → 60 秒',
    ],
  ],
])('%s', (_what, change, words) => {
  expect(told(change)).toEqual(words);
});

test('every field of the document has a word', () => {
  const full = smallHotline((doc) => {
    for (const queue of doc.queues) queue.widening = [{ afterMs: 1_000, level: 2 }];
    doc.hours.push({
      id: 'h',
      name: { zh: '时间', en: 'Hours' },
      open: [{ days: [1], from: '09:00', to: '10:00' }],
      keepsHolidays: true,
    });
  });
  const empty = { ...full, queues: [], entries: [], menus: [], hours: [], rating: {}, wrapUp: {} };
  const lines = differencesOf(empty as unknown as Hotline, full);
  const words = lines.flatMap(({ where, after }) => [where.zh, after?.zh ?? '']).join(' ');
  expect(words).not.toMatch(/[a-z]+(Ms|Id|Most|Quota)\b|\bon[A-Z]/);
});
