import { WebSocket } from 'ws';
import { AriError } from './ari-error.ts';
import { type AriAccount, authorizationOf, openPool, probe } from './ari-http.ts';
import type { AriBackend, EventHandlers, EventSocket } from './ari-link.ts';
import {
  type AriOperation,
  type AriOperationName,
  type AriParams,
  ariOperations,
} from './ari-operations.ts';

/**
 * The wire to Asterisk without a library in between: HTTP over connections that are kept, and one
 * WebSocket for the events. A request costs a third of what it does through ari-client, which parses
 * Asterisk's whole API description and builds a promise, a swagger request and a model around each.
 */
export function createHttpBackend(account: AriAccount, timeoutMs = 5_000): AriBackend {
  const pool = openPool(account.ariUrl, timeoutMs);
  const authorization = authorizationOf(account);
  const plain = { authorization };
  const withBody = { authorization, 'content-type': 'application/json' };
  return {
    prepare: () => probe(account, timeoutMs),
    async request(name, params) {
      const { method, body: bodyName } = ariOperations[name] as AriOperation;
      const path = pathOf(name, params);
      const body = bodyName === undefined ? undefined : bodyOf(bodyName, params[bodyName]);
      const headers =
        body === undefined ? plain : { ...withBody, 'content-length': Buffer.byteLength(body) };
      const { status, text } = await pool.send({ method, path, headers, body });
      if (status < 200 || status >= 300) throw new AriError(status, text);
      return text === '' ? undefined : JSON.parse(text);
    },
    openEvents: (app, handlers) => openEvents(account, app, handlers),
    close: () => pool.close(),
  };
}

/** @throws AriError 400 when a part of the path is missing: `//` would be another request. */
function pathOf(name: AriOperationName, params: AriParams): string {
  const { path, query = [] } = ariOperations[name] as AriOperation;
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = params[key];
    if (typeof value !== 'string' || value === '') throw new AriError(400, `missing ${key}`);
    return encodeURIComponent(value);
  });
  const given = query.filter((key) => params[key] !== undefined);
  const pairs = given.map((key) => `${key}=${encodeURIComponent(String(params[key]))}`);
  return `/ari${filled}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** A filter is the whole body; anything else is a field of it. */
function bodyOf(name: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return JSON.stringify(name === 'filter' ? value : { [name]: value });
}

function openEvents(account: AriAccount, app: string, handlers: EventHandlers): EventSocket {
  const url = new URL(`/ari/events?app=${encodeURIComponent(app)}`, account.ariUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const headers = { authorization: authorizationOf(account) };
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  socket.on('open', () => handlers.onOpen());
  // One piece, unless asked otherwise.
  socket.on('message', (data: Buffer) => handlers.onMessage(data.toString()));
  socket.on('pong', () => handlers.onPong());
  socket.on('close', () => handlers.onClose());
  // A close follows every error.
  socket.on('error', () => {});
  return { ping: () => socket.ping(), terminate: () => socket.terminate() };
}
