import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadMessageTexts } from '../../config/messages.ts';
import { fileProvider, type MessageProvider, type Outgoing } from '../../src/messages/provider.ts';
import { createMessagesRepo } from '../../src/messages/repo.ts';
import { registerMessageRoutes } from '../../src/messages/routes.ts';
import { messageQuerySchema } from '../../src/messages/schema.ts';
import { Messages } from '../../src/messages/service.ts';
import { openStore } from '../../src/store/db.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRoleServer } from '../support/role-server.ts';

const minute = 60_000;
const values = { number: '202605070900000001', code: '12345678' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihao-messages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A provider that says no as often as it is told to. */
function moody(refusals: number) {
  const taken: Outgoing[] = [];
  let left = refusals;
  const provider: MessageProvider = {
    async send(message) {
      left -= 1;
      if (left >= 0) throw new Error(`no route to ${message.to}`);
      taken.push(message);
    },
  };
  return { provider, taken };
}

function house(provider: MessageProvider, store = openStore(':memory:')) {
  const clock = new FakeClock(Date.parse('2026-05-07T09:00:00+08:00'));
  const logged: unknown[] = [];
  const log = (...said: unknown[]) => void logged.push(said);
  const outcomes: string[] = [];
  const messages = new Messages({
    store,
    clock,
    provider,
    repo: createMessagesRepo(store),
    texts: loadMessageTexts(),
    retryMs: [minute, 5 * minute],
    log: { error: log, warn: log } as never,
    orderNumberOf: (orderId) => `2026-${orderId}`,
    onDone: ({ orderId }, outcome) => void outcomes.push(`${orderId} ${outcome}`),
  });
  return { store, clock, messages, outcomes, logged };
}

const listed = (messages: Messages, query: object = {}) =>
  messages.list(messageQuerySchema.parse(query)).rows;

const kept = (): { to: string; text: string }[] =>
  readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));

describe('a text', () => {
  test('is written whole into a file of its own, signed and filled in', async () => {
    const { messages, clock, outcomes } = house(fileProvider(folder));
    messages.start();
    expect(messages.queue('received', 'o1', '13812345678', values)).toBe(true);
    await clock.advance(1);
    expect(kept()).toMatchObject([{ to: '13812345678' }]);
    expect(kept()[0]?.text).toMatch(
      /^【示例市12345】您的诉求已受理，编号202605070900000001，查询码12345678/,
    );
    expect(outcomes).toEqual(['o1 sent']);
    expect(listed(messages, { orderId: 'o1' })).toMatchObject([
      { state: 'sent', toMasked: '138****5678' },
    ]);
  });

  test('goes to mobile numbers only: a fixed line and a withheld number take none', () => {
    const { messages } = house(fileProvider(folder));
    expect(messages.queue('received', 'o1', '02088881234', values)).toBe(false);
    expect(messages.queue('received', 'o1', '', values)).toBe(false);
    expect(listed(messages, { orderId: 'o1' })).toEqual([]);
  });

  test('is tried again by the rule, then given up, then again when somebody says so', async () => {
    const { provider, taken } = moody(3);
    const { messages, clock, outcomes, logged } = house(provider);
    messages.start();
    messages.queue('closed', 'o1', '13812345678', values);
    await clock.advance(1);
    expect(listed(messages, { state: 'waiting' })).toMatchObject([
      { attempts: 1, nextAt: clock.now() + minute, failure: 'Error' },
    ]);
    await clock.advance(minute);
    await clock.advance(5 * minute);
    expect(outcomes).toEqual(['o1 failed']);
    const [failed] = listed(messages);
    expect(failed).toMatchObject({ state: 'failed', attempts: 3, nextAt: null });
    messages.retry(failed?.id ?? '');
    await clock.advance(1);
    expect(taken).toHaveLength(1);
    expect(outcomes).toEqual(['o1 failed', 'o1 sent']);
    expect(listed(messages, { orderId: 'o1' })).toMatchObject([{ state: 'sent', failure: null }]);
    expect(() => messages.retry(failed?.id ?? '')).toThrow();
    expect(JSON.stringify(logged), 'no number in the logs').not.toMatch(/1381234/);
  });

  test('that could not be handed over says why by the kind of error, never in the provider’s words', async () => {
    const { messages, clock } = house({
      async send({ to }) {
        throw Object.assign(new Error(`disk full, ${to} not written`), { code: 'ENOSPC' });
      },
    });
    messages.start();
    messages.queue('received', 'o1', '13812345678', values);
    await clock.advance(1);
    const [row] = listed(messages, { state: 'waiting' });
    expect(row).toMatchObject({ failure: 'ENOSPC', orderNumber: '2026-o1', kind: 'received' });
    expect(JSON.stringify(row)).not.toContain('not written');
  });

  test('is listed by state and template, page by page, the newest first', async () => {
    const { messages, clock } = house(moody(0).provider);
    for (const order of ['o1', 'o2', 'o3']) {
      messages.queue(order === 'o2' ? 'closed' : 'received', order, '13812345678', values);
      await clock.advance(1);
    }
    const page = (query: object) => {
      const asked = messageQuerySchema.parse({ state: 'waiting', ...query });
      const { rows, next } = messages.list(asked);
      return { orders: rows.map(({ orderId }) => orderId), next: next ?? undefined };
    };
    const first = page({ limit: 2 });
    expect(first.orders).toEqual(['o3', 'o2']);
    expect(page({ limit: 2, before: first.next })).toEqual({ orders: ['o1'], next: undefined });
    expect(
      page({ kind: 'received', limit: 1, before: page({ kind: 'received', limit: 1 }).next }),
    ).toEqual({ orders: ['o1'], next: undefined });
    expect(page({ state: 'sent' }).orders).toEqual([]);
  });

  test('that waited, or had left when the server died, is sent exactly once by the next server', async () => {
    const provider = fileProvider(folder);
    const dying = house({
      async send(message) {
        await provider.send(message);
        // Killed here: the text has left, and nobody could write that down.
        await new Promise(() => {});
      },
    });
    dying.messages.start();
    dying.messages.queue('received', 'o1', '13812345678', values);
    dying.messages.queue('received', 'o2', '13987654321', values);
    await dying.clock.advance(1);
    expect(kept()).toHaveLength(1);
    const next = house(provider, dying.store);
    next.messages.start();
    await next.clock.advance(1);
    expect(
      kept()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['13812345678', '13987654321']);
    expect(next.outcomes.sort()).toEqual(['o1 sent', 'o2 sent']);
    await next.clock.advance(60 * minute);
    expect(next.outcomes).toHaveLength(2);
  });

  test('that is undone with what it is about is never sent', async () => {
    const { messages, store, clock } = house(fileProvider(folder));
    messages.start();
    expect(() =>
      store.transaction(() => {
        messages.queue('received', 'o1', '13812345678', values);
        throw new Error('the order was not kept');
      }),
    ).toThrow();
    await clock.advance(minute);
    expect(kept()).toEqual([]);
  });
});

test('leaders and data protection see what was sent, masked; units and agents do not', async () => {
  const { messages, clock } = house(moody(9).provider);
  messages.start();
  messages.queue('received', 'o1', '13812345678', values);
  await clock.advance(6 * minute + 1);
  const audited: string[] = [];
  const { app, ask } = await openRoleServer((server) =>
    registerMessageRoutes(server, { messages, audit: ({ action }) => void audited.push(action) }),
  );
  const reply = await ask('GET', '/api/messages?state=failed', undefined, 'data-protection');
  expect(reply.json().rows).toMatchObject([{ orderId: 'o1', toMasked: '138****5678' }]);
  expect(reply.body).not.toMatch(/13812345678|12345678/);
  expect((await ask('GET', '/api/messages', undefined, 'unit-operator')).statusCode).toBe(403);
  expect((await ask('GET', '/api/messages?kind=rumour')).statusCode).toBe(422);
  const { id } = reply.json().rows[0];
  expect((await ask('POST', `/api/messages/${id}/retry`, {}, 'leader')).statusCode).toBe(204);
  expect(audited).toEqual(['message.retried']);
  await app.close();
});
