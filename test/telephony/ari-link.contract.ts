import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/kit/clock.ts';
import { createAriClientBackend } from '../../telephony/ari-client-backend.ts';
import type { AriEvent } from '../../telephony/ari-events.ts';
import type { AriAccount } from '../../telephony/ari-http.ts';
import {
  type AriBackend,
  type AriLimits,
  type AriLink,
  createAriLink,
} from '../../telephony/ari-link.ts';
import { createHttpBackend } from '../../telephony/http-backend.ts';
import { FakeAri } from '../support/fake-ari.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

/** An exchange the contract is tried on: the fake or a real Asterisk. */
export interface ContractWorld {
  port: number;
  user: string;
  password: string;
  /** A caller enters the application; the function it resolves with takes them away again. */
  bring(): Promise<() => Promise<void>>;
}

const fast: Partial<AriLimits> = {
  requestTimeoutMs: 3_000,
  pingEveryMs: 100,
  reconnectFirstMs: 5,
  reconnectMaxMs: 20,
};

type OpenBackend = (account: AriAccount, timeoutMs: number) => AriBackend;

const backends: Record<string, OpenBackend> = {
  direct: createHttpBackend,
  'ari-client': createAriClientBackend,
};

/** What every backend of the link must do; numbers are the defects of ari-client it answers. */
export function ariLinkContract(name: string, worldOf: () => ContractWorld): void {
  for (const [backend, openBackend] of Object.entries(backends)) {
    contractOf(`${name}, ${backend}`, worldOf, openBackend);
  }
}

function contractOf(name: string, worldOf: () => ContractWorld, openBackend: OpenBackend): void {
  let world: ContractWorld;
  let proxy: TcpProxy;
  let links: AriLink[];
  let logged: string;

  beforeEach(async () => {
    world = worldOf();
    proxy = await TcpProxy.open(world.port);
    links = [];
    logged = '';
  });

  afterEach(async () => {
    for (const link of links) void link.close();
    await proxy.close();
  });

  function open(password = world.password, patience: Partial<AriLimits> = {}) {
    return openTo({ ariUrl: proxy.url, user: world.user, password }, patience);
  }

  function openTo(account: AriAccount, patience: Partial<AriLimits> = {}) {
    const events: AriEvent[] = [];
    const connections: boolean[] = [];
    const sink = new Writable({
      write(line, _encoding, done) {
        logged += String(line);
        done();
      },
    });
    const link = createAriLink({
      backend: openBackend(account, patience.requestTimeoutMs ?? 3_000),
      app: 'yihao',
      onEvent: (event) => events.push(event),
      onConnection: (connected) => connections.push(connected),
      clock: systemClock,
      log: pino({ level: 'trace' }, sink),
      limits: { ...fast, ...patience },
    });
    links.push(link);
    return { link, events, connections };
  }

  async function connected(patience: Partial<AriLimits> = {}) {
    const opened = open(world.password, patience);
    await opened.link.connect();
    return opened;
  }

  const soon = (check: () => void | Promise<void>) =>
    vi.waitFor(check, { timeout: 45_000, interval: 10 });
  const entered = (events: AriEvent[]) => events.filter(({ kind }) => kind === 'entered').length;
  const left = (events: AriEvent[]) => events.filter(({ kind }) => kind === 'left').length;
  const noAnswer = { name: 'AriError', status: 0 };

  describe(name, () => {
    test('1: a request settles when the connection is reset, and the next one works', async () => {
      const { link } = await connected();
      proxy.stall();
      const asked = link.listChannels();
      setTimeout(() => proxy.cut(), 50);
      await expect(asked).rejects.toMatchObject(noAnswer);
      proxy.pass();
      expect(await link.listChannels()).toEqual([]);
    });

    test('1: a request settles when nobody answers', async () => {
      const { link } = await connected({ requestTimeoutMs: 1_000 });
      proxy.stall();
      await expect(link.listChannels()).rejects.toMatchObject(noAnswer);
    });

    test('2: three hundred requests at once all succeed, fifty at a time', async () => {
      const { link } = await connected({ requestTimeoutMs: 20_000 });
      const replies = await Promise.all(Array.from({ length: 300 }, () => link.listChannels()));
      expect(replies).toHaveLength(300);
      // The event stream and what the connecting left open come on top.
      expect(proxy.mostAtOnce).toBeLessThan(60);
    });

    test('connections are kept: a hundred requests in a row open no hundred connections', async () => {
      const { link } = await connected();
      const before = proxy.accepted;
      for (let i = 0; i < 100; i += 1) await link.listChannels();
      expect(proxy.accepted - before).toBeLessThanOrEqual(3);
    });

    test('3: connecting to a peer that resets, or is silent, is refused', async () => {
      proxy.refuse();
      await expect(open().link.connect()).rejects.toMatchObject(noAnswer);
      proxy.stall();
      const { link } = open(world.password, { requestTimeoutMs: 300 });
      await expect(link.connect()).rejects.toMatchObject(noAnswer);
    });

    test.each([
      ['bad JSON', 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"half a', 0],
      ['503', 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n', 503],
    ])('3: connecting to a peer that answers %s is refused', async (_what, text, status) => {
      proxy.answerWith(text);
      await expect(open().link.connect()).rejects.toMatchObject({ name: 'AriError', status });
    });

    test('4: a link to another exchange with another account disturbs neither', async () => {
      const { link } = await connected();
      const other = await FakeAri.start('another-secret');
      const account = { ariUrl: other.url, user: other.user, password: other.password };
      const second = openTo(account).link;
      await second.connect();
      expect(await link.listChannels()).toEqual([]);
      expect(await second.listChannels()).toEqual([]);
      await other.stop();
    });

    test('3: a wrong password is refused with 401 and does not disturb another link', async () => {
      const { link } = await connected();
      await expect(open('wrong').link.connect()).rejects.toMatchObject({ status: 401 });
      expect(await link.listChannels()).toEqual([]);
    });

    test('5: unknown events and nonsense do not end the stream', async () => {
      const { events, connections } = await connected();
      proxy.injectMessage('{"type":"NeverHeardOf"}');
      proxy.injectMessage('{"half a');
      proxy.injectMessage('{"type":"StasisEnd"}');
      const leave = await world.bring();
      await soon(() => expect(entered(events)).toBe(1));
      await leave();
      expect(connections).toEqual([true]);
    });

    test('6, 11: every event comes once and in one shape, also after reconnects', async () => {
      const { events, connections } = await connected();
      for (let i = 0; i < 3; i += 1) {
        proxy.cut();
        await soon(() => expect(connections.at(-1)).toBe(true));
        await soon(() => expect(connections).toHaveLength(3 + 2 * i));
      }
      const leave = await world.bring();
      await soon(() => expect(entered(events)).toBe(1));
      await leave();
      await soon(() => expect(left(events)).toBe(1));
      expect(events[0]).toMatchObject({
        args: ['caller', '12345'],
        channel: { dialplan: { app_name: 'Stasis', app_data: 'yihao,caller,12345' } },
      });
      expect(entered(events)).toBe(1);
    });

    test('7: errors keep their HTTP status; a missing parameter is an error too', async () => {
      const { link } = await connected();
      await expect(link.answer('nobody')).rejects.toMatchObject({ name: 'AriError', status: 404 });
      await expect(link.answer('')).rejects.toMatchObject({ name: 'AriError', status: 400 });
      await expect(link.hangUp('nobody')).resolves.toBeUndefined();
      expect(await link.findBridge('nothing')).toBeUndefined();
    });

    test('8: it reconnects however often it fails', async () => {
      const { connections } = await connected();
      proxy.refuse();
      proxy.cut();
      const before = proxy.accepted;
      await soon(() => expect(proxy.accepted - before).toBeGreaterThan(14));
      proxy.pass();
      await soon(() => expect(connections).toEqual([true, false, true]));
    });

    test('9: a loss is told, and what was missed can be asked for', async () => {
      const { link, events, connections } = await connected();
      const leave = await world.bring();
      await soon(() => expect(entered(events)).toBe(1));
      expect(await link.listChannels()).toHaveLength(1);
      proxy.refuse();
      proxy.cut();
      await soon(() => expect(connections).toEqual([true, false]));
      await leave();
      proxy.pass();
      await soon(() => expect(connections).toEqual([true, false, true]));
      await soon(async () => expect(await link.listChannels()).toEqual([]));
    });

    test('10: a stream that fell silent is noticed and replaced', async () => {
      const { link, connections } = await connected();
      proxy.stall();
      await soon(() => expect(connections).toEqual([true, false]));
      expect(link.isConnected()).toBe(false);
      proxy.pass();
      await soon(() => expect(connections).toEqual([true, false, true]));
    });

    test('the filter is set at every connect and nobody asks for everything', async () => {
      const { connections } = await connected();
      proxy.cut();
      await soon(() => expect(connections).toEqual([true, false, true]));
      expect(proxy.sent.split('/eventFilter').length - 1).toBe(2);
      expect(proxy.sent).not.toContain('subscribeAll');
    });

    test('12: the password stays out of the log, and nothing is printed', async () => {
      const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
      const { link, connections } = await connected();
      proxy.cut();
      await link.answer('nobody').catch(() => {});
      await soon(() => expect(connections.at(-1)).toBe(true));
      proxy.refuse();
      proxy.cut();
      await soon(() => expect(logged).toContain('cannot reach Asterisk yet'));
      expect(logged).not.toContain(world.password);
      expect(printed).not.toHaveBeenCalled();
      printed.mockRestore();
    });

    test('a second server takes the application over and the first does not fight for it', async () => {
      const first = await connected();
      const second = await connected();
      await soon(() => expect(first.connections).toEqual([true, false]));
      const leave = await world.bring();
      await soon(() => expect(entered(second.events)).toBe(1));
      await leave();
      await soon(() => expect(left(second.events)).toBe(1));
      expect(entered(first.events)).toBe(0);
      expect(second.connections).toEqual([true]);
      expect(logged).toContain('another server has taken over');
    });

    test('close ends it for good', async () => {
      const { link, connections } = await connected();
      void link.close();
      await soon(() => expect(connections).toEqual([true, false]));
      const before = proxy.accepted;
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(proxy.accepted).toBe(before);
    });
  });
}
