import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { watchStorage } from '../../src/app/storage.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { createReserve } from '../../src/store/reserve.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'yihao-room-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openRig(freeMb: number) {
  const clock = new FakeClock();
  const rig = { freeMb, waiting: 0, writable: true, lacksRoom: true, states: [] as string[] };
  const eventLog = {
    get behind() {
      return { waiting: rig.waiting, lost: 0 };
    },
    get lacksRoom() {
      return rig.lacksRoom;
    },
    catchUp() {
      if (rig.writable) rig.waiting = 0;
      return rig.waiting === 0;
    },
  };
  const storage = watchStorage({
    folder,
    stopBelowMb: 100,
    reserve: { spend: () => true, fill: () => Promise.resolve() },
    reserveMb: 1,
    eventLog,
    clock,
    log: pino({ level: 'silent' }),
    freeBytes: () => Promise.resolve(rig.freeMb * 1_048_576),
  });
  storage.onChange((state) => rig.states.push(state));
  return { clock, rig, storage };
}

test('recordings stop with little room, and begin again only with clearly more', async () => {
  const { clock, rig, storage } = openRig(150);
  await settle();
  expect([storage.state, storage.words()]).toEqual(['ok', 'ok']);
  rig.freeMb = 99;
  await clock.advance(5_000);
  expect(storage.state).toBe('low');
  expect(storage.words()).toContain('99 MB free');
  expect(storage.mayRecord()).toBe(false);
  rig.freeMb = 110;
  await clock.advance(5_000);
  expect(storage.state).toBe('low');
  rig.freeMb = 121;
  await clock.advance(5_000);
  expect(rig.states).toEqual(['low', 'ok']);
});

test('what waits is tried every second, and the alarm ends with it', async () => {
  const { clock, rig, storage } = openRig(150);
  await settle();
  rig.writable = false;
  storage.trouble();
  rig.waiting = 7;
  await clock.advance(1);
  expect([storage.state, storage.words()]).toEqual([
    'full',
    'nothing can be written, events wait in memory: 7',
  ]);
  await clock.advance(3_000);
  expect(rig.waiting).toBe(7);
  // There is room: somebody only holds a lock, and nobody is told that the disk is full.
  rig.lacksRoom = false;
  await clock.advance(1_000);
  expect(storage.words()).toMatch(/another program holds the database.*: 7$/);
  expect(storage.mayRecord()).toBe(true);
  rig.writable = true;
  await clock.advance(1_000);
  expect([rig.waiting, rig.states]).toEqual([0, ['full', 'busy', 'ok']]);
});

test('what waits is written without a pause once it can be, and calls have their turns in between', async () => {
  const clock = new FakeClock();
  const quiet = pino({ level: 'silent' });
  const store = openStore(':memory:');
  const eventLog = createEventLog(store, [], quiet);
  const spoken = (callId: string) =>
    eventLog.keep([{ kind: 'call.language', at: 1, callId, language: 'zh' }]);
  const storage = watchStorage({
    folder,
    stopBelowMb: 100,
    reserve: { spend: () => true, fill: () => Promise.resolve() },
    reserveMb: 1,
    eventLog,
    clock,
    log: quiet,
    freeBytes: () => Promise.resolve(1e12),
  });
  await settle();
  store.sql.pragma('query_only = ON');
  for (let n = 0; n < 3_000; n += 1) spoken(`c${n}`);
  storage.trouble();
  await clock.advance(0);
  expect(storage.state).toBe('busy');
  const left = new Set<number>();
  let during = 0;
  const turn = () => {
    left.add(eventLog.behind.waiting);
    if (eventLog.behind.waiting === 0 || during === 100) return;
    spoken(`during-${during++}`);
    clock.after(0, turn);
  };
  store.sql.pragma('query_only = OFF');
  clock.after(1_000, turn);
  await clock.advance(1_000);
  expect([storage.state, eventLog.behind.waiting]).toEqual(['ok', 0]);
  expect(left.size).toBeGreaterThan(5);
  expect([...eventLog.readSince({ afterSeq: 0 })].length).toBe(3_000 + during);
  storage.stop();
  store.close();
});

test('the end of the process writes what can still be written', async () => {
  const { rig, storage } = openRig(150);
  await settle();
  rig.waiting = 3;
  storage.stop();
  expect(rig.waiting).toBe(0);
});

test('a reserve holds real bytes, is spent once and filled again', async () => {
  const inside = mkdtempSync(join(tmpdir(), 'yihao-reserve-'));
  const file = join(inside, 'reserve');
  const reserve = createReserve(file, 2);
  expect(reserve.spend()).toBe(false);
  await reserve.fill();
  expect(statSync(file).blocks * 512).toBeGreaterThanOrEqual(2 * 1_048_576);
  expect([reserve.spend(), existsSync(file), reserve.spend()]).toEqual([true, false, false]);
  await reserve.fill();
  expect(existsSync(file)).toBe(true);
  rmSync(inside, { recursive: true });
});
