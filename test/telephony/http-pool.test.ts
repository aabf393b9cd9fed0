import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type HttpPool, openPool } from '../../telephony/http-pool.ts';

const open: { server: Server; pool: HttpPool; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, pool, sockets } of open.splice(0)) {
    await pool.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** A peer that answers each request with the next of these texts, in pieces of `size` bytes. */
async function peer(replies: (string | null)[], { size = 1_000, silentMs = 2_000 } = {}) {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', async (data) => {
      asked.push(data.toString());
      const reply = replies.shift();
      if (reply === null) return socket.destroy();
      const bytes = Buffer.from(reply ?? '');
      for (let at = 0; at < bytes.length; at += size) {
        socket.write(bytes.subarray(at, at + size));
        await pause(1);
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const pool = openPool(`http://127.0.0.1:${address.port}`, silentMs);
  open.push({ server, pool, sockets });
  const get = (path = '/') => pool.send({ method: 'GET', path, headers: {} });
  return { asked, sockets, pool, get };
}

const ok = (body: string, more = '') =>
  `HTTP/1.1 200 OK\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

test('what is asked, as it goes over the wire', async () => {
  const { asked, pool } = await peer([ok(''), ok('')]);
  await pool.send({ method: 'POST', path: '/a?b=1', headers: { authorization: 'x' }, body: '号' });
  await pool.send({ method: 'POST', path: '/a', headers: {} });
  expect(asked[0]).toMatch(
    /^POST \/a\?b=1 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nConnection: keep-alive\r\nauthorization: x\r\nContent-Length: 3\r\n\r\n号$/,
  );
  expect(asked[1]).toMatch(/Content-Length: 0\r\n\r\n$/);
});

test.each([1, 7, 1_000])(
  'replies in pieces of %i bytes, with a length or in chunks',
  async (size) => {
    const chunked =
      'HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n一\r\nc\r\n and no more\r\n0\r\n\r\n';
    const empty = 'HTTP/1.1 204 No Content\r\n\r\n';
    const { get, sockets } = await peer([ok('一号'), chunked, empty, ok('{}')], { size });
    expect(await get()).toEqual({ status: 200, text: '一号' });
    expect(await get()).toEqual({ status: 404, text: '一 and no more' });
    expect(await get()).toEqual({ status: 204, text: '' });
    expect(await get()).toEqual({ status: 200, text: '{}' });
    expect(sockets.size).toBe(1);
  },
);

test('a connection is used again only while both sides keep it', async () => {
  const { get, sockets } = await peer([ok('a', 'Connection: close\r\n'), ok('b'), ok('c')]);
  expect((await get()).text).toBe('a');
  expect((await get()).text).toBe('b');
  expect(sockets.size).toBe(2);
  for (const socket of sockets) socket.end();
  await pause(50);
  expect((await get()).text).toBe('c');
  expect(sockets.size).toBe(3);
});

test('requests at the same time go over connections of their own', async () => {
  const { get, sockets } = await peer([ok('1'), ok('2'), ok('3')]);
  const replies = await Promise.all([get(), get(), get()]);
  expect(replies.map(({ text }) => text).toSorted()).toEqual(['1', '2', '3']);
  expect(sockets.size).toBe(3);
});

test('what is no whole answer is an error, and the next request works', async () => {
  const { get } = await peer(
    [null, 'nonsense\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n', 'HTTP/1.1 200 OK\r\nCont', ok('fine')],
    { silentMs: 150 },
  );
  for (let bad = 0; bad < 4; bad += 1) await expect(get()).rejects.toThrow();
  expect((await get()).text).toBe('fine');
});

test('after the end nothing leaves; what is under way is answered', async () => {
  const { get, pool } = await peer([ok('last')]);
  const last = get();
  const closed = pool.close();
  await expect(get()).rejects.toThrow('closed');
  expect((await last).text).toBe('last');
  await closed;
});
