import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachSipProxy } from '../../src/http/sip-proxy.ts';

/** Stands for the exchange: shakes hands like it and repeats what it hears. */
const exchange = createTcpServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (request) => {
    handshakes.push(request.toString());
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n');
    socket.on('data', (data) => socket.write(data));
  });
});
let handshakes: string[] = [];
let touched: string[] = [];
let endSession: (sessionId: string) => void = () => {};
let server: Server;
let close: () => void;

const listen = (it: { listen(port: number, host: string, done: () => void): unknown }) =>
  new Promise<void>((done) => void it.listen(0, '127.0.0.1', () => done()));
const portOf = (it: { address(): AddressInfo | string | null }): number => {
  const address = it.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

beforeEach(async () => {
  handshakes = [];
  touched = [];
  await listen(exchange);
  server = createHttpServer();
  close = attachSipProxy(server, {
    exchange: { host: '127.0.0.1', port: portOf(exchange) },
    publicOrigins: [],
    sessionOf: (cookie) =>
      cookie === 'ok'
        ? {
            sessionId: 's1',
            person: {
              id: 'p',
              login: 'p',
              name: '',
              staffNo: '',
              roles: [],
              mustChangePassword: false,
            },
          }
        : null,
    touch: (sessionId) => touched.push(sessionId),
    onSessionEnded(listener) {
      endSession = listener;
      return () => {};
    },
    log: { warn: () => {} },
  });
  await listen(server);
});
afterEach(async () => {
  close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  if (exchange.listening) await new Promise((done) => exchange.close(done));
});

const good = {
  Cookie: 'ok',
  Origin: 'http://desk.local',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Protocol': 'sip',
};

/** Opens a raw WebSocket request; the text grows with what comes back. */
function open(headers: Record<string, string>, path = '/sip') {
  const socket = connect(portOf(server), '127.0.0.1');
  let text = '';
  const lines = Object.entries({ Upgrade: 'websocket', Connection: 'Upgrade', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.on('error', () => {});
  socket.on('data', (data) => {
    text += data.toString();
  });
  socket.write(`GET ${path} HTTP/1.1\r\nHost: desk.local\r\n${head}\r\n`);
  const closed = new Promise<void>((done) => socket.on('close', () => done()));
  const until = (part: string) =>
    new Promise<string>((found) => {
      const look = () => text.includes(part) && found(text);
      socket.on('data', look);
      look();
    });
  return { socket, closed, until, text: () => text };
}

test('a signed-in desk talks with the exchange, and stays signed in by it', async () => {
  const phone = open(good);
  await phone.until('101 Switching Protocols');
  phone.socket.write('REGISTER');
  await phone.until('REGISTER');
  expect(touched).toContain('s1');
  expect(handshakes[0]).toMatch(/^GET \/ws HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n/);
  expect(handshakes[0]).toContain('Sec-WebSocket-Protocol: sip\r\n');
  expect(handshakes[0]).not.toMatch(/cookie|origin/i);
  phone.socket.destroy();
});

test.each([
  ['without a session', { ...good, Cookie: 'no' }, '401'],
  ['from another site', { ...good, Origin: 'https://evil.example' }, '403'],
  ['for another protocol', { ...good, 'Sec-WebSocket-Protocol': 'chat' }, '400'],
  ['with a broken key', { ...good, 'Sec-WebSocket-Key': 'x' }, '400'],
])('a connection %s is refused and never reaches the exchange', async (_what, headers, status) => {
  const phone = open(headers);
  await phone.closed;
  expect(phone.text()).toContain(`HTTP/1.1 ${status}`);
  expect(handshakes).toEqual([]);
});

test('the connection ends with its session, and not with another one', async () => {
  const phone = open(good);
  await phone.until('101');
  endSession('someone else');
  phone.socket.write('STILL-THERE');
  await phone.until('STILL-THERE');
  endSession('s1');
  await phone.closed;
});

test('without an exchange the phone is told so', async () => {
  await new Promise((done) => exchange.close(done));
  const phone = open(good);
  await phone.closed;
  expect(phone.text()).toContain('HTTP/1.1 502');
});

test('other upgrades are left alone', async () => {
  let seen = '';
  server.on('upgrade', (request, socket) => {
    if (request.url === '/socket.io/') {
      seen = request.url;
      socket.end('HTTP/1.1 101 ok\r\n\r\n');
    }
  });
  const other = open({}, '/socket.io/');
  await other.closed;
  expect([seen, other.text()]).toEqual(['/socket.io/', 'HTTP/1.1 101 ok\r\n\r\n']);
});
