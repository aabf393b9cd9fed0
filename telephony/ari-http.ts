import http from 'node:http';
import https from 'node:https';
import { AriError } from './ari-error.ts';

/** How to reach Asterisk's HTTP server, and as whom. */
export interface AriAccount {
  /** Its base address, e.g. `http://127.0.0.1:8088`. */
  ariUrl: string;
  user: string;
  password: string;
}

/** The `Authorization` header of an account. */
export function authorizationOf({ user, password }: AriAccount): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

export interface HttpReply {
  status: number;
  text: string;
}

export interface HttpRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: http.OutgoingHttpHeaders;
  body?: string | undefined;
}

/** Connections that are kept: one is opened only when all are in use. */
export interface HttpPool {
  /** Rejects when there is no whole answer within the time limit. */
  send(request: HttpRequest): Promise<HttpReply>;
  /** No further request leaves; resolves when those under way are answered. */
  close(): Promise<void>;
}

export function openPool(ariUrl: string, timeoutMs: number): HttpPool {
  const base = new URL(ariUrl);
  const wire = base.protocol === 'https:' ? https : http;
  // Idle connections go before Asterisk would close them (15 s by default): no race for the last one.
  const agent = new wire.Agent({ keepAlive: true, timeout: timeoutMs });
  const { hostname, port } = base;
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  return {
    async send({ body, ...request }) {
      if (isClosed) throw new AriError(0, 'closed');
      const reply = replyTo(wire.request({ hostname, port, agent, ...request }), body, timeoutMs);
      underWay.add(reply);
      try {
        return await reply;
      } finally {
        underWay.delete(reply);
      }
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
      agent.destroy();
    },
  };
}

function replyTo(
  outgoing: http.ClientRequest,
  body: string | undefined,
  timeoutMs: number,
): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('error', reject);
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error(`silent for ${timeoutMs} ms`)));
    outgoing.end(body);
  });
}

/**
 * Makes sure that Asterisk answers and accepts the account.
 * @throws AriError with the status of a refusal, 0 when there is no usable answer
 */
export async function probe(account: AriAccount, timeoutMs: number): Promise<void> {
  // Not by `fetch`: Node takes some 40 ms to get that ready, and a restarted server's callers wait.
  const pool = openPool(account.ariUrl, timeoutMs);
  const headers = { authorization: authorizationOf(account) };
  let status: number;
  try {
    const path = '/ari/asterisk/info?only=status';
    ({ status } = await pool.send({ method: 'GET', path, headers }));
  } catch (error) {
    throw new AriError(0, `Asterisk does not answer at ${account.ariUrl}: ${String(error)}`);
  } finally {
    await pool.close();
  }
  if (status !== 200) throw new AriError(status, `Asterisk refused the connection (${status})`);
}
