import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallDetail, CallPage } from '../../src/calls/schema.ts';
import { callerNumber, served, t0, waiting, wholeCall } from './sample.ts';
import { type CallServer, openCallServer } from './server.ts';

let server: CallServer;
beforeEach(async () => {
  server = await openCallServer();
});
afterEach(async () => {
  await server.close();
});

const leader = 'leader:leader';
const agent = 'agent-1:agent';
const otherAgent = 'agent-2:agent';

async function ids(url: string, who: string): Promise<string[]> {
  const reply = await server.get(url, who);
  expect(reply.statusCode).toBe(200);
  return reply.json<CallPage>().rows.map((row) => row.id);
}

describe('who may see which calls', () => {
  beforeEach(() => {
    server.log.append([...wholeCall('mine'), ...waiting('waiting', t0 + 1)]);
  });

  it('leaders and inspectors all, agents their own, others none', async () => {
    expect(await ids('/api/calls', leader)).toEqual(['waiting', 'mine']);
    expect(await ids('/api/calls', 'i:inspector')).toEqual(['waiting', 'mine']);
    expect(await ids('/api/calls', agent)).toEqual(['mine']);
    expect(await ids('/api/calls', otherAgent)).toEqual([]);
    for (const who of ['a:admin', 's:security', 'u:auditor']) {
      expect((await server.get('/api/calls', who)).statusCode).toBe(403);
      expect((await server.get('/api/calls/mine', who)).statusCode).toBe(403);
    }
    expect((await server.get('/api/calls', '')).statusCode).toBe(401);
  });

  it('an agent cannot ask for the calls of another', async () => {
    expect(await ids('/api/calls?agent=agent-1', otherAgent)).toEqual([]);
    expect((await server.get('/api/calls/mine', agent)).statusCode).toBe(200);
    expect((await server.get('/api/calls/mine', otherAgent)).statusCode).toBe(404);
    expect((await server.get('/api/calls/waiting', agent)).statusCode).toBe(404);
    expect((await server.get('/api/calls/nonsense', leader)).statusCode).toBe(404);
  });
});

describe('the list', () => {
  it('is handed out in pages that fit together', async () => {
    for (let at = 0; at < 7; at += 1) server.log.append(wholeCall(`c${String(at)}`, t0 + at));
    const seen: string[] = [];
    let url = '/api/calls?limit=3';
    for (let round = 0; round < 3; round += 1) {
      const page = (await server.get(url, leader)).json<CallPage>();
      seen.push(...page.rows.map((row) => row.id));
      expect(page.total).toBe(7);
      url = `/api/calls?limit=3&before=${page.next ?? ''}`;
      expect(page.next === null).toBe(round === 2);
    }
    expect(seen).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
  });

  it.each(['before=x', 'limit=0', 'limit=999', 'colour=red', 'caller=138%25', 'from=monday'])(
    'refuses a filter it does not understand: %s',
    async (query) => {
      expect((await server.get(`/api/calls?${query}`, leader)).statusCode).toBe(422);
    },
  );

  it('shows no whole number, neither there nor in the detail', async () => {
    server.log.append(wholeCall('c1'));
    await server.get('/api/calls', leader);
    const detail = (await server.get('/api/calls/c1', leader)).json<CallDetail>();
    expect(detail.callerMasked).toBe('138****5678');
    expect(detail.steps.map((step) => step.kind)).toContain('call.connected');
    expect(detail.recordings).toMatchObject([{ id: 'rec-c1', state: 'running' }]);
    expect(server.bodies.join('\n')).not.toContain(callerNumber);
  });
});

describe('revealing a number', () => {
  const reveal = (who: string, body: object = { reason: '回访' }) =>
    server.post('/api/calls/c1/number', who, body);
  beforeEach(() => {
    server.log.append(waiting('c1'));
  });

  it('is for leaders, and leaves a trace with the reason', async () => {
    expect((await reveal(leader)).json()).toEqual({ number: callerNumber });
    expect(server.audited).toEqual([
      {
        person: expect.objectContaining({ id: 'leader' }),
        ip: '127.0.0.1',
        action: 'call.reveal-number',
        subject: 'call:c1',
        detail: { reason: '回访' },
      },
    ]);
  });

  it('is for an agent only while the call is at the own desk', async () => {
    expect((await reveal(agent)).statusCode).toBe(403);
    server.atDesk.add('agent-1 c1');
    expect((await reveal(agent)).statusCode).toBe(200);
    expect((await reveal(otherAgent)).statusCode).toBe(403);
    expect(server.audited).toHaveLength(1);
  });

  it('needs a reason, and gives nothing without one', async () => {
    for (const body of [{}, { reason: ' ' }, { reason: 'x' }]) {
      const reply = await reveal(leader, body);
      expect(reply.statusCode).toBe(422);
      expect(reply.body).not.toContain(callerNumber);
    }
    expect(server.audited).toEqual([]);
    expect((await reveal('i:inspector')).statusCode).toBe(403);
  });
});

describe('the export', () => {
  it('has every call, masked, named, safe for spreadsheets, and is audited first', async () => {
    server.log.append([...waiting('c1'), ...served('c1', t0, 1_000, 5)]);
    server.log.append(waiting('c2', t0 + 1, '+862087654321'));
    const reply = await server.get('/api/calls.csv?queue=consumer&caller=5678', leader);
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(server.audited).toMatchObject([
      { action: 'calls.export', detail: { queue: 'consumer', caller: '****' } },
    ]);
    const all = await server.get('/api/calls.csv', leader);
    expect(all.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const lines = all.body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain("'+86******4321");
    expect(lines[2]).toContain(
      "c1,2026-11-21 19:30:00.000,138****5678,12345,city,yue,main/1,'=消费",
    );
    expect(lines[2]).toContain('话务员挂机');
    expect(server.bodies.join('\n')).not.toContain(callerNumber);
  });

  it('streams many pages without losing or doubling a call', async () => {
    server.store.transaction(() => {
      const insert = server.store.sql.prepare(
        `INSERT INTO calls (id, entryId, caller, dialled, language, channelId, arrivedAt)
         VALUES (?, 'city', '', '12345', 'zh', '', ?)`,
      );
      for (let at = 0; at < 1_203; at += 1) insert.run(`c${String(at)}`, t0 + Math.floor(at / 7));
    });
    const { body } = await server.get('/api/calls.csv', leader);
    const found = body
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0]);
    expect(found).toHaveLength(1_203);
    expect(new Set(found).size).toBe(1_203);
  });

  it('is not for agents', async () => {
    expect((await server.get('/api/calls.csv', agent)).statusCode).toBe(403);
  });
});

describe('call-back requests', () => {
  it('are listed masked, and done once with a trace', async () => {
    server.log.append([
      ...waiting('c1'),
      { kind: 'call.call-back-requested', at: t0, callId: 'c1', queueId: 'consumer' },
    ]);
    const list = await server.get('/api/call-backs', leader);
    expect(list.json()).toEqual({
      rows: [
        {
          callId: 'c1',
          callerMasked: '138****5678',
          queueId: 'consumer',
          language: 'yue',
          requestedAt: t0,
          isMissed: false,
          state: 'listed',
          backId: null,
          attempts: 0,
          nextAt: null,
          lastFailure: null,
          doneAt: null,
          doneBy: null,
        },
      ],
    });
    expect((await server.get('/api/call-backs', agent)).statusCode).toBe(403);
    expect((await server.post('/api/call-backs/c1/now', leader)).statusCode).toBe(204);
    expect((await server.post('/api/call-backs/c1/now', agent)).statusCode).toBe(403);
    expect(server.calledNow).toEqual(['c1']);
    expect((await server.post('/api/call-backs/c1/done', leader)).statusCode).toBe(204);
    expect((await server.post('/api/call-backs/c1/done', leader)).statusCode).toBe(404);
    expect((await server.post('/api/call-backs/nope/done', leader)).statusCode).toBe(404);
    expect(server.audited).toMatchObject([
      { action: 'call-back.now', subject: 'call:c1' },
      { action: 'call-back.done', subject: 'call:c1' },
    ]);
    const done = (await server.get('/api/call-backs', leader)).json<{ rows: unknown[] }>();
    expect(done.rows).toMatchObject([{ doneAt: server.clock.now() }]);
  });
});
