import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../../src/access.ts';
import { counters, noSums } from '../../src/counting/counters.ts';
import { createFiguresRepo } from '../../src/figures/repo.ts';
import { registerFigureRoutes } from '../../src/figures/routes.ts';
import { definitionsSchema, figuresSchema, metricIds } from '../../src/figures/schema.ts';
import { createFiguresService } from '../../src/figures/service.ts';
import { createServer } from '../../src/http/server.ts';
import { createLog } from '../../src/kit/log.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import type { YihaoServer } from '../../src/yihao-server.ts';

const from = Date.parse('2026-11-21T09:00:00+08:00');
let store: Store;
let app: YihaoServer;
let flushed = 0;

beforeAll(async () => {
  store = openStore(':memory:');
  const repo = createFiguresRepo(store);
  const calls = {
    ...noSums(),
    offered: 10,
    answered: 8,
    answered15: 7,
    abandoned: 2,
    abandonedShort: 1,
  };
  const work = { ...noSums(), conversations: 4, talkMs: 400_000, holdMs: 20_000, wrapUpMs: 80_000 };
  const idle = { ...noSums(), readyMs: 250_000, notReadyMs: 250_000 };
  const cell = { quarterAt: from, entryId: 'main', agentId: '' };
  repo.keep(
    [
      [{ ...cell, queueId: '' }, calls],
      [{ ...cell, queueId: 'consumer' }, calls],
      [{ ...cell, queueId: 'consumer', agentId: 'zhang' }, work],
      [{ ...cell, queueId: '', entryId: '', agentId: 'zhang' }, idle],
      [{ ...cell, queueId: 'consumer', agentId: 'wang' }, work],
    ],
    { rules: 1, seq: 1, at: from, state: { calls: [], seats: [] } },
  );
  app = await createServer({
    config: {
      http: { port: 0, publicOrigins: [], trustedProxies: [] },
      rateLimit: { perMinute: 10_000, signInPerMinute: 10 },
    },
    log: createLog('silent'),
    readiness: () => ({ database: 'ok', exchange: 'ok', prompts: 'ok', storage: 'ok', loop: 'ok' }),
    consoleFolder: import.meta.dirname,
    sessionOf: sessionNamed,
  });
  registerFigureRoutes(
    app,
    createFiguresService({
      repo,
      flush: () => {
        flushed += 1;
      },
      clock: { now: () => from + 1_000_000 },
      teams: () =>
        new Map([
          ['zhang', '一班'],
          ['wang', '一班'],
        ]),
      names: { queue: () => '=消费', agent: (id) => `Name of ${id}`, entry: (id) => id },
    }),
    () => 4_000,
  );
});
afterAll(async () => {
  await app.close();
  store.close();
});

function sessionNamed(cookie: string | undefined) {
  const [, id = '', role = ''] = /^who=([^:]+):(.+)$/.exec(cookie ?? '') ?? [];
  const found: Role | undefined = roles.find((each) => each === role);
  if (!found) return null;
  const person = {
    id,
    login: id,
    name: id,
    staffNo: '1',
    roles: [found],
    mustChangePassword: false,
  };
  return { sessionId: id, person };
}

const get = (url: string, who = 'li:leader') =>
  app.inject({ url, headers: { cookie: `who=${who}` } });
const figures = async (query: string, who?: string) =>
  figuresSchema.parse((await get(`/api/figures?${query}`, who)).json());

describe('figures', () => {
  it('come as numerator and denominator, of this moment', async () => {
    const before = flushed;
    const { rows, total, ...range } = await figures('by=queue');
    expect(range).toEqual({ by: 'queue', from: from - 9 * 3_600_000, to: from + 1_800_000 });
    expect(rows.map(({ key }) => key)).toEqual(['consumer']);
    expect(rows[0]?.figures).toMatchObject({
      'connect-rate': { n: 8, d: 10 },
      'rate-15': { n: 7, d: 10 },
      'rate-15-without-short': { n: 7, d: 9 },
      'abandon-rate-without-short': { n: 1, d: 9 },
      offered: { n: 10, d: null },
      occupancy: null,
    });
    expect(total.figures['connect-rate']).toEqual({ n: 8, d: 10 });
    expect(flushed).toBe(before + 1);
  });

  it('of agents have their work and their time, and no callers', async () => {
    const { rows } = await figures('by=agent');
    expect(rows.map(({ key }) => key)).toEqual(['wang', 'zhang']);
    expect(rows[1]?.figures).toMatchObject({
      'handle-time': { n: 500_000, d: 4 },
      occupancy: { n: 500_000, d: 1_000_000 },
      utilisation: { n: 750_000, d: 1_000_000 },
      'connect-rate': null,
    });
    const teams = await figures('by=team');
    expect(teams.rows.map(({ key }) => key)).toEqual(['一班']);
    expect(teams.rows[0]?.figures['conversations']).toEqual({ n: 8, d: null });
  });

  it('are open to who watches the floor; to an agent, the own ones', async () => {
    expect((await get('/api/figures?agent=self', 'zhang:agent')).statusCode).toBe(200);
    const own = await figures('agent=self&by=agent', 'zhang:agent');
    expect(own.rows.map(({ key }) => key)).toEqual(['zhang']);
    for (const path of ['/api/figures', '/api/figures?agent=wang', '/api/figures.csv']) {
      expect((await get(path, 'zhang:agent')).statusCode).toBe(403);
      expect((await get(path, 'xu:auditor')).statusCode).toBe(403);
    }
    expect((await get('/api/figures?agent=self', 'xu:auditor')).statusCode).toBe(403);
  });

  it('are refused for an empty range, one too long for such rows, or what is not understood', async () => {
    const long = `from=${from - 40 * 86_400_000}&to=${from}`;
    expect((await get(`/api/figures?from=${from}&to=${from}`)).statusCode).toBe(422);
    expect((await get(`/api/figures?${long}&by=quarter`)).statusCode).toBe(422);
    expect((await get(`/api/figures?${long}&by=day`)).statusCode).toBe(200);
    expect((await get('/api/figures?by=moon')).statusCode).toBe(422);
  });

  it('come as a file that no spreadsheet runs', async () => {
    const reply = await get('/api/figures.csv?by=queue');
    expect(reply.headers['content-type']).toContain('text/csv');
    const [head = '', first = '', last = ''] = reply.body.split('\r\n');
    expect(head).toContain('接通率 分子,接通率 分母');
    expect(first.startsWith("'=消费,10,8,2,0,8,10,8,9,7,10,")).toBe(true);
    expect(last.startsWith('合计,10,')).toBe(true);
    expect(first.split(',')).toHaveLength(head.split(',').length);
  });
});

describe('the definitions', () => {
  it('cover every metric and every counter, in both languages', async () => {
    const reply = await get('/api/metrics/definitions', 'zhang:agent');
    const { metrics, counters: said, rules } = definitionsSchema.parse(reply.json());
    expect(metrics.map(({ id }) => id)).toEqual(metricIds);
    expect(said.map(({ id }) => id)).toEqual(counters);
    const texts = metrics
      .flatMap((m) => [m.name, m.formula, m.timeBasis])
      .concat(said.flatMap((c) => [c.name, c.meaning]));
    expect(texts.filter(({ zh, en }) => zh === '' || en === '')).toEqual([]);
    expect(rules).toMatchObject({ shortAbandonMs: 4_000, intervalMs: 900_000 });
    const rate = metrics.find(({ id }) => id === 'rate-15-without-short');
    expect(rate?.formula.zh).toBe('15 秒内接通 ÷ (呼入人工 − 短时放弃)');
    expect(rate?.denominator).toMatchObject({ plus: ['offered'], minus: ['abandonedShort'] });
  });
});
