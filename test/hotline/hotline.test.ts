import { beforeEach, describe, expect, test } from 'vitest';
import { loadHotlineExample } from '../../config/load.ts';
import type { Role } from '../../src/access.ts';
import { touchedBy } from '../../src/app/touched.ts';
import type { DomainEvent } from '../../src/events.ts';
import { createHotlineRepo } from '../../src/hotline/repo.ts';
import { registerHotlineRoutes } from '../../src/hotline/routes.ts';
import { Hotlines } from '../../src/hotline/service.ts';
import { createServer } from '../../src/http/server.ts';
import { createLog } from '../../src/kit/log.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';

async function build() {
  const store = openStore(':memory:');
  const heard: DomainEvent[] = [];
  const acts: string[] = [];
  const events = createEventLog(store, [], { error: () => {} });
  const hotlines = new Hotlines({
    repo: createHotlineRepo(store),
    events,
    audit: (entry) => acts.push(`${entry.action} ${entry.subject}`),
    clock: { now: () => 5_000, after: () => () => {} },
    hasPrompt: (id) => id !== 'unheard-of',
  });
  hotlines.importFirst(loadHotlineExample());
  // Whoever hears of a change must find it in force already.
  events.subscribe((event) => {
    if (event.kind === 'hotline.changed') expect(hotlines.current().version).toBe(event.version);
    heard.push(event);
  });
  const app = await createServer({
    config: {
      http: { port: 0, publicOrigins: [], trustedProxies: [] },
      rateLimit: { perMinute: 1_000, signInPerMinute: 8 },
    },
    log: createLog('silent'),
    sessionOf(role) {
      if (role === undefined) return null;
      const roles = [role].filter((r): r is Role => r !== '');
      const person = {
        id: 'p1',
        login: 'p',
        name: '甲',
        staffNo: '1',
        roles,
        mustChangePassword: false,
      };
      return { sessionId: 's', person };
    },
    readiness: () => ({ database: 'ok', exchange: 'ok', prompts: 'ok', storage: 'ok', loop: 'ok' }),
    consoleFolder: '/nonexistent',
  });
  registerHotlineRoutes(app, hotlines, (before, after) =>
    touchedBy(before, after, {
      configuredSeats: () => [
        { id: '1001', name: '一号席', enabled: true, queues: [{ queueId: 'foreign' }] },
      ],
      seats: () => [],
      queue: (queueId) => ({
        queueId,
        waiting: 3,
        callBacks: 0,
        longestSince: 0,
        signedIn: 0,
        ready: 0,
      }),
      queueOfCall: () => null,
    }),
  );
  const ask = (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, cookie = 'admin') =>
    app.inject({
      method,
      url,
      headers: { 'x-yihao': '1', cookie },
      ...(payload ? { payload } : {}),
    });
  return { store, hotlines, heard, acts, ask };
}
let house: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  house = await build();
});

/** The example city with another name. */
function renamed(zh: string) {
  return { ...loadHotlineExample(), name: { zh, en: 'Other' } };
}

describe('versions', () => {
  test('the example is the first; importing again changes nothing', () => {
    house.hotlines.importFirst(renamed('另一个'));
    expect(house.hotlines.current()).toMatchObject({ version: 1, by: null });
    expect(house.hotlines.current().hotline).toEqual(loadHotlineExample());
  });

  test('a change makes a new version, in force for whoever hears of it, and audited', async () => {
    const change = { baseVersion: 1, why: '改名', hotline: renamed('新市') };
    const reply = await house.ask('PUT', '/api/hotline', change);
    expect(reply.json()).toMatchObject({ version: 2, at: 5_000, why: '改名' });
    expect(house.heard).toMatchObject([{ kind: 'hotline.changed', version: 2, personId: 'p1' }]);
    expect(house.acts).toEqual(['hotline.changed hotline:2']);
    const rows = (await house.ask('GET', '/api/hotline/versions')).json().rows;
    expect(rows.map((row: { version: number }) => row.version)).toEqual([2, 1]);
    const first = await house.ask('GET', '/api/hotline/versions/1');
    expect(first.json().hotline.name.zh).toBe('示例市12345政务服务便民热线');
    expect((await house.ask('GET', '/api/hotline/versions/9')).statusCode).toBe(404);
  });

  test('who was slower is told the version to start from, and nothing is overwritten', async () => {
    await house.ask('PUT', '/api/hotline', { baseVersion: 1, why: '先到', hotline: renamed('一') });
    const late = { baseVersion: 1, why: '后到', hotline: renamed('二') };
    const reply = await house.ask('PUT', '/api/hotline', late);
    expect(reply.json()).toMatchObject({ status: 409, code: 'old-version' });
    expect(reply.json().detail).toContain('第 2 版');
    expect(house.hotlines.current().hotline.name.zh).toBe('一');
  });

  test('a change that cannot be stored leaves the old version in force', () => {
    house.store.sql.exec(
      `CREATE TRIGGER full BEFORE INSERT ON hotline_versions BEGIN SELECT RAISE(ABORT, 'full'); END`,
    );
    const person = {
      id: 'p1',
      login: 'p',
      name: '',
      staffNo: '',
      roles: [],
      mustChangePassword: false,
    };
    const change = { baseVersion: 1, why: '改名', hotline: renamed('新市') };
    expect(() => house.hotlines.change(change, person, '')).toThrow('full');
    expect(house.hotlines.current().version).toBe(1);
    expect(house.heard).toEqual([]);
  });
});

describe('a broken document', () => {
  const broken = () => {
    const hotline = loadHotlineExample();
    const [first] = hotline.queues;
    if (first === undefined) throw new Error('no queue');
    first.onTooLong = { do: 'queue', queue: 'nowhere' };
    return hotline;
  };

  test('is refused by pointer', async () => {
    const change = { baseVersion: 1, why: '试试', hotline: broken() };
    const reply = await house.ask('PUT', '/api/hotline', change);
    expect(reply.statusCode).toBe(422);
    expect(reply.json().errors[0]).toMatchObject({ pointer: '/hotline/queues/0/onTooLong' });
    expect(house.hotlines.current().version).toBe(1);
  });

  test('may be checked before it is stored', async () => {
    const check = async (hotline: unknown) =>
      (await house.ask('POST', '/api/hotline/check', { hotline })).json().problems;
    expect(await check(loadHotlineExample())).toEqual([]);
    expect(await check(broken())).toMatchObject([{ pointer: '/queues/0/onTooLong' }]);
    expect((await check({})).length).toBeGreaterThan(3);
    expect((await check(null)).length).toBe(1);
  });

  test('names prompts that nobody recorded', async () => {
    const hotline = loadHotlineExample();
    hotline.entries[0]?.greeting.push('unheard-of');
    const reply = await house.ask('PUT', '/api/hotline', { baseVersion: 1, why: '试试', hotline });
    expect(reply.json().errors).toEqual([
      { pointer: '/hotline/entries/0/greeting/3', message: 'no prompt "unheard-of"' },
    ]);
  });
});

test.each([
  ['GET', '/api/hotline', 'agent', 200],
  ['GET', '/api/hotline/versions', 'agent', 403],
  ['GET', '/api/hotline/versions', 'leader', 200],
  ['PUT', '/api/hotline', 'leader', 403],
] as const)('%s %s as %s answers %i', async (method, url, role, status) => {
  expect((await house.ask(method, url, undefined, role)).statusCode).toBe(status);
});

describe('before and after a change', () => {
  test('a preview tells what differs, whom it touches and what is wrong, and changes nothing', async () => {
    const doc = loadHotlineExample();
    const text = JSON.stringify({
      ...doc,
      name: { zh: '新市', en: 'New' },
      queues: doc.queues.filter(({ id }) => id !== 'foreign'),
    });
    const broken = await house.ask('POST', '/api/hotline/preview', { hotline: JSON.parse(text) });
    expect(broken.json().problems[0].message).toContain('no queue "foreign"');
    const whole = JSON.parse(text.replaceAll('"queue":"foreign"', '"queue":"general"'));
    const { problems, differences, touched } = (
      await house.ask('POST', '/api/hotline/preview', { hotline: whole })
    ).json();
    expect(problems).toEqual([]);
    expect(differences[0]).toMatchObject({
      kind: 'changed',
      pointer: '/name',
      after: { zh: '新市 / New' },
    });
    expect(differences).toContainEqual(
      expect.objectContaining({ kind: 'removed', pointer: '/queues/foreign', after: null }),
    );
    expect(touched).toMatchObject([
      { queueId: 'foreign', kind: 'removed', waiting: 3, seats: [{ seatId: '1001' }] },
    ]);
    expect(house.hotlines.current().version).toBe(1);
  });

  test('rolling back makes the old version a new one, once', async () => {
    await house.ask('PUT', '/api/hotline', { baseVersion: 1, why: '改名', hotline: renamed('二') });
    const between = await house.ask('GET', '/api/hotline/versions/2/differences?from=1');
    expect(between.json().differences).toHaveLength(1);
    const url = '/api/hotline/versions/1/roll-back';
    const back = await house.ask('POST', url, { baseVersion: 2, why: '改回' });
    expect(back.json()).toMatchObject({ version: 3, why: '改回' });
    expect(house.hotlines.current().hotline).toEqual(loadHotlineExample());
    const late = await house.ask('POST', url, { baseVersion: 2, why: '再改回' });
    expect(late.json()).toMatchObject({ code: 'old-version' });
    const forbidden = await house.ask('POST', url, { baseVersion: 3, why: '不行' }, 'leader');
    expect(forbidden.statusCode).toBe(403);
    expect(
      (
        await house.ask('POST', '/api/hotline/versions/9/roll-back', {
          baseVersion: 3,
          why: '没有',
        })
      ).statusCode,
    ).toBe(404);
  });
});
