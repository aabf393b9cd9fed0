import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectCalls } from '../../src/calls/projection.ts';
import { type CallRepo, createCallRepo } from '../../src/calls/repo.ts';
import { takeInAloneCalls } from '../../src/calls/without-server.ts';
import type { NewEvent } from '../../src/events.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { createAloneBook } from '../../telephony/without-server.ts';

let folder: string;
let file: string;
let events: NewEvent[];
let known: Set<string>;
let complaints: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihao-alone-'));
  file = join(folder, 'without-server');
  events = [];
  known = new Set();
  complaints = [];
});

afterEach(() => rmSync(folder, { recursive: true }));

async function takeIn(
  append = (stored: readonly NewEvent[]) => void events.push(...stored),
  channelsSince: CallRepo['channelsSince'] = () => known,
  now = 1_900_000_000_000,
) {
  let ids = 0;
  return takeInAloneCalls({
    book: createAloneBook(file),
    entryOf: () => ({ id: 'consumer-line', language: 'zh', queue: 'consumer' }),
    channelsSince,
    newId: () => `call-${(ids += 1)}`,
    now,
    append,
    log: { error: (_: unknown, text?: string) => void complaints.push(text ?? ''), info() {} },
  });
}

test('who gave up, who wants to be called back, who was served: one record each, with true times', async () => {
  writeFileSync(
    file,
    [
      '1800000000|1800000030|1.1|13800000001|12345|',
      '1800000001|1800000090|1.2|13800000002|12315|call-back',
      '1800000002|1800000200|1.3||12345|served',
      '',
    ].join('\n'),
  );
  await takeIn();
  expect(events.map(({ kind, at }) => [kind, at])).toEqual([
    ['call.arrived', 1_800_000_000_000],
    ['call.ended', 1_800_000_030_000],
    ['call.arrived', 1_800_000_001_000],
    ['call.call-back-requested', 1_800_000_090_000],
    ['call.ended', 1_800_000_090_000],
    ['call.arrived', 1_800_000_002_000],
    ['call.ended', 1_800_000_200_000],
  ]);
  expect(events.flatMap((event) => ('ending' in event ? event.ending : []))).toEqual([
    'left-without-server',
    'call-back-requested',
    'served-without-server',
  ]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a server that dies before it has thrown the note away takes nobody in twice', async () => {
  writeFileSync(file, '1800000000|1800000030|1.1|13800000001|12345|\n');
  const dies = () => {
    throw new Error('killed');
  };
  await takeIn(dies);
  expect(complaints).toHaveLength(1);
  known.add('1.0');
  writeFileSync(file, '1800000100|1800000130|1.2|13800000002|12345|\n');
  await takeIn();
  expect(events).toHaveLength(2);
  await takeIn();
  expect(events).toHaveLength(4);
  known.add('1.2');
  writeFileSync(file, '1800000100|1800000130|1.2|13800000002|12345|\n');
  await takeIn();
  expect(events).toHaveLength(4);
});

test('who came to us after all is no second call, closed or not, though a clock was set', async () => {
  const store = openStore(':memory:');
  const log = createEventLog(store, [projectCalls(store)], { error: expect.unreachable });
  const call = { callId: 'one', entryId: 'main', caller: '1', dialled: '12345' };
  const came = { ...call, language: 'zh', channelId: '1.1', at: 1_800_000_000_000 } as const;
  log.append([{ kind: 'call.arrived', ...came }]);
  writeFileSync(file, '1800003000|1800003030|1.1|13800000001|12345|\n');
  const { channelsSince } = createCallRepo(store);
  await takeIn(undefined, channelsSince);
  expect(events).toEqual([]);
  store.close();
});

test('a line that is torn or makes no sense is left out', async () => {
  writeFileSync(file, 'x|y|1.1|1|2|\n1800000000|1799999999|1.2|1|2|\n1800000000\n');
  await takeIn();
  expect([events, complaints]).toEqual([[], []]);
});

test('who left this very moment may still be coming to us: looked at again later', async () => {
  writeFileSync(file, '1800000000|1800000030|1.1|1|12345|\n1800000000|1800000090|1.2|2|12345|\n');
  expect(await takeIn(undefined, undefined, 1_800_000_091_500)).toBe(true);
  expect(events.flatMap((event) => ('channelId' in event ? event.channelId : []))).toEqual(['1.1']);
  known = new Set(['1.1', '1.2']);
  expect(await takeIn(undefined, undefined, 1_800_000_094_000)).toBe(false);
  expect(events).toHaveLength(2);
  expect(readdirSync(folder)).toEqual([]);
});
