import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { projectCalls } from '../../src/calls/projection.ts';
import { deferred } from '../../src/kit/abort.ts';
import { DispatchRules } from '../../src/orders/dispatch.ts';
import { Units } from '../../src/orders/units.ts';
import { createSeatsRepo } from '../../src/seats/repo.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { adminPassword, startWithoutExchange } from '../support/app-without-exchange.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { FakeLine, FakeTelephony } from '../support/fake-telephony.ts';

// What goes wrong between the connection to the exchange and the first caller, and the hand-over before it.

let app: App | undefined;
let dataDir: string;
let clock: FakeClock;
let telephony: FakeTelephony;
let givenUp: unknown[];

beforeEach(() => {
  clock = new FakeClock();
  telephony = new FakeTelephony();
  dataDir = mkdtempSync(join(tmpdir(), 'yihao-start-'));
  givenUp = [];
});
afterEach(async () => {
  await app?.stop(0);
  app = undefined;
  rmSync(dataDir, { recursive: true });
});

const giveUp = (error: unknown) => void givenUp.push(error);

test('what a former server left and nobody can tidy up now keeps no caller waiting', async () => {
  telephony.hangUpStrays = () => Promise.reject(new Error('no answer within 5000 ms'));
  app = await startWithoutExchange({ dataDir, clock, outside: { telephony }, giveUp });
  const line = new FakeLine(clock, '1.1', '12315');
  telephony.listener?.onCaller(line);
  await settle();
  expect([line.answered, givenUp]).toEqual([true, []]);
  line.leave();
  await settle();
});

test('a house that cannot take the calls over says so, also when its doors are open already', async () => {
  const asked = deferred<void>();
  const connected = deferred<void>();
  telephony.connect = async () => {
    asked.resolve();
    await connected.promise;
    return telephony.live;
  };
  const error = new Error('the calls cannot be understood');
  telephony.listen = () => {
    throw error;
  };
  const starting = startWithoutExchange({ dataDir, clock, outside: { telephony }, giveUp });
  await asked.promise;
  await clock.advance(5_000);
  app = await starting;
  expect(givenUp).toEqual([]);
  connected.resolve();
  await settle();
  expect(givenUp).toEqual([error]);
});

test('with a wrong account the doors open, so that an administrator can see it', async () => {
  telephony.connected = false;
  telephony.connect = () => Promise.reject(new Error('401'));
  app = await startWithoutExchange({ dataDir, clock, outside: { telephony }, giveUp });
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  expect(givenUp).toEqual([]);
});

test('what a former server changed before it let go is known to its successor', async () => {
  const succeed = async () => {
    const store = openStore(join(dataDir, 'yihao.sqlite'));
    const seat = createSeatsRepo(store).all()[0];
    if (seat) createSeatsRepo(store).update(seat.id, { name: '新座席名' });
    const unit = {
      id: 'unit-900',
      parentId: null,
      name: '新单位',
      dutyPersonId: null,
      enabled: true,
    };
    new Units(store).put(unit);
    const rule = { matter: 'M900', area: '', leadUnitId: 'unit-900', coUnitIds: [] };
    new DispatchRules(store).replace([rule]);
    store.close();
  };
  const { url } = (app = await startWithoutExchange({
    dataDir,
    clock,
    outside: { telephony },
    succeed,
  }));
  const headers = { 'x-yihao': '1', 'content-type': 'application/json' };
  const login = JSON.stringify({ login: 'admin', password: adminPassword });
  const signedIn = await fetch(`${url}/api/session`, { method: 'POST', headers, body: login });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const read = async (path: string) => (await fetch(url + path, { headers: { cookie } })).text();
  expect(await read('/api/seats')).toContain('新座席名');
  expect(await read('/api/units')).toContain('新单位');
  expect(await read('/api/dispatch-rules')).toContain('"rows":1');
});

test('the end of a recording that is under way is stored before the store is let go', async () => {
  const store = openStore(join(dataDir, 'yihao.sqlite'));
  const recording = { recordingId: 'rec-1', callId: 'c1' };
  createEventLog(store, [projectCalls(store)], { error: () => {} }).append([
    { kind: 'recording.started', at: clock.now(), ...recording, seatId: '801', agentId: 'li' },
  ]);
  store.close();
  const written = deferred<void>();
  const recordings = {
    finish: async () => {
      await written.promise;
      return { file: 'rec-1.wav', sha256: 'ab', durationMs: 1_000, bytes: 44, repaired: false };
    },
    unfinished: () => Promise.resolve([]),
    pathOf: (file: string) => join(dataDir, 'recordings', file),
    remove: () => Promise.resolve(),
  };
  const house = await startWithoutExchange({ dataDir, clock, outside: { telephony, recordings } });
  const gone = house.letGo(Promise.resolve());
  await settle();
  written.resolve();
  await gone;
  const db = new Database(join(dataDir, 'yihao.sqlite'), { readonly: true });
  const state = db.prepare<[], string>("SELECT state FROM recordings WHERE id = 'rec-1'").pluck();
  expect(state.get()).toBe('ready');
  db.close();
});
