import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { AloneBook, AloneCall } from '../../src/calls/alone.ts';
import { startWithoutExchange } from '../support/app-without-exchange.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { FakeLine, FakeTelephony } from '../support/fake-telephony.ts';

// Events of callers may be held up; the exchange's own note of one who left may be here before them.

let app: App;
let dataDir: string;
let clock: FakeClock;
let telephony: FakeTelephony;
let noted: AloneCall[];

beforeEach(() => {
  clock = new FakeClock();
  telephony = new FakeTelephony();
  dataDir = mkdtempSync(join(tmpdir(), 'yihao-late-'));
  noted = [];
});
afterEach(async () => {
  await app.stop(0);
  rmSync(dataDir, { recursive: true });
});

async function start(): Promise<void> {
  const aloneBook: AloneBook = {
    read: () => Promise.resolve(noted),
    taken: async () => void noted.splice(0),
  };
  app = await startWithoutExchange({ dataDir, clock, outside: { telephony, aloneBook } });
  await settle();
}

function callsOn(channelId: string): number {
  const db = new Database(join(dataDir, 'yihao.sqlite'), { readonly: true });
  const sql = 'select count(*) from calls where channelId = ?';
  const count = Number(db.prepare<[string]>(sql).pluck().get(channelId));
  db.close();
  return count;
}

test('a caller told of after the note of them has been taken in is no second call', async () => {
  const line = new FakeLine(clock, '1.1', '12315');
  const { channelId, callerNumber: caller, dialledNumber: dialled, arrivedAt } = line;
  const endedAt = arrivedAt + 2_000;
  noted.push({ channelId, caller, dialled, arrivedAt, endedAt, outcome: 'left' });
  await clock.advance(10_000);
  await start();
  expect(callsOn('1.1')).toBe(1);
  telephony.listener?.onCaller(line);
  await settle();
  expect([callsOn('1.1'), line.hungUp]).toEqual([1, true]);
});

test('a caller of whom the events were held up, and who is still there, is served', async () => {
  const line = new FakeLine(clock, '1.2', '12315');
  await start();
  await clock.advance(2_000);
  telephony.listener?.onCaller(line);
  await settle();
  expect([callsOn('1.2'), line.answered]).toEqual([1, true]);
  line.leave();
  await settle();
});
