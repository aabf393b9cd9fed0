import type { IncomingMessage, Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Cancel } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { Session } from '../yihao-server.ts';
import { isOwnOrigin } from './guards.ts';

export const SIP_PATH = '/sip';

export interface SipProxyOptions {
  /** Where the exchange takes SIP over WebSocket, e.g. 127.0.0.1:8088, path `/ws`. */
  exchange: { host: string; port: number };
  publicOrigins: readonly string[];
  sessionOf: (cookieHeader: string | undefined) => Session | null;
  /** A phone that talks keeps its owner signed in. */
  touch: (sessionId: string) => void;
  onSessionEnded: (listener: (sessionId: string) => void) => Cancel;
  log: Pick<Log, 'warn'>;
}

/**
 * Lets the browsers' phones through to the exchange, which itself listens on the loopback address
 * only. Session and origin are checked once, then bytes are passed on unread; when the session ends,
 * so does the connection. Upgrades for other paths are left to others.
 */
export function attachSipProxy(server: Server, options: SipProxyOptions): Cancel {
  const open = new Map<Duplex, string>();
  const onUpgrade = (request: IncomingMessage, browser: Duplex, head: Buffer): void => {
    if (pathOf(request) !== SIP_PATH) return;
    browser.on('error', () => browser.destroy());
    const session = options.sessionOf(request.headers.cookie);
    if (session === null) return refuse(browser, '401 Unauthorized');
    if (!isOwnOrigin(request.headers, options.publicOrigins))
      return refuse(browser, '403 Forbidden');
    const handshake = handshakeFor(request, options.exchange);
    if (handshake === null) return refuse(browser, '400 Bad Request');
    open.set(browser, session.sessionId);
    browser.on('close', () => open.delete(browser));
    browser.on('data', () => options.touch(session.sessionId));
    joinWithExchange(browser, head, handshake, options);
  };
  server.on('upgrade', onUpgrade);
  const cancel = options.onSessionEnded((ended) => {
    for (const [browser, sessionId] of open) if (sessionId === ended) browser.destroy();
  });
  return () => {
    cancel();
    server.off('upgrade', onUpgrade);
    for (const browser of open.keys()) browser.destroy();
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

function refuse(browser: Duplex, status: string): void {
  browser.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The request to the exchange, written anew so that no header of the browser slips through. */
function handshakeFor(
  { method, headers }: IncomingMessage,
  exchange: SipProxyOptions['exchange'],
): string | null {
  const key = headers['sec-websocket-key'];
  const protocols = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') return null;
  if (key === undefined || !/^[A-Za-z0-9+/]{22}==$/.test(key)) return null;
  if (headers['sec-websocket-version'] !== '13' || !protocols.includes('sip')) return null;
  return [
    'GET /ws HTTP/1.1',
    `Host: ${exchange.host}:${exchange.port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: sip',
    '\r\n',
  ].join('\r\n');
}

function joinWithExchange(
  browser: Duplex,
  head: Buffer,
  handshake: string,
  { exchange, log }: SipProxyOptions,
): void {
  const phoneSide: Socket = connect(exchange.port, exchange.host, () => {
    phoneSide.setNoDelay(true);
    phoneSide.write(handshake);
    phoneSide.write(head);
    browser.pipe(phoneSide);
    phoneSide.pipe(browser);
  });
  let joined = false;
  phoneSide.once('data', () => {
    joined = true;
  });
  phoneSide.on('error', (error) => {
    log.warn({ err: error }, 'the exchange does not take SIP over WebSocket');
    if (joined) browser.destroy();
    else refuse(browser, '502 Bad Gateway');
  });
  phoneSide.on('close', () => browser.destroy());
  browser.on('close', () => phoneSide.destroy());
}
