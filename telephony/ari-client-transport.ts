import http from 'node:http';
import https from 'node:https';
import { AriError } from './ari-error.ts';

/** The part of swagger-client, ari-client's HTTP layer, that carries requests. */
export interface SwaggerModule {
  SwaggerHttp: { prototype: { execute(order: Order): void } };
}

/** One request as swagger-client hands it over. */
interface Order {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  on: { response(reply: Reply): void; error(reply: Reply): void };
}

interface Reply {
  status: number;
  data: string;
}

export interface Transport {
  /** The `AriError` behind whatever a request of ari-client rejected with. */
  errorOf(error: unknown): AriError;
  /** No further request leaves; resolves when those under way are answered. */
  close(): Promise<void>;
}

/**
 * Carries swagger-client's requests ourselves, at the one place all of them pass. The original opens
 * a connection per request, reports no socket error at all, and loses the HTTP status on the way up;
 * ours keeps connections, settles every request, and puts the status where `errorOf` finds it.
 */
export function carryRequests(
  swagger: SwaggerModule,
  ariUrl: string,
  timeoutMs: number,
): Transport {
  const wire = new URL(ariUrl).protocol === 'https:' ? https : http;
  // Idle connections go before Asterisk would close them (15 s by default): no race for the last one.
  const agent = new wire.Agent({ keepAlive: true, timeout: timeoutMs });
  const underWay = new Set<Promise<void>>();
  let isClosed = false;
  swagger.SwaggerHttp.prototype.execute = (order) => {
    if (isClosed) return settle(order, failure(0, 'closed'));
    // Asterisk describes itself as `http`, also when it is asked through TLS.
    const { pathname, search } = new URL(order.url);
    const outgoing = wire.request(new URL(pathname + search, ariUrl), {
      method: order.method.toUpperCase(),
      headers: order.headers,
      agent,
    });
    const settled = send(outgoing, order.body, timeoutMs).then(
      (reply) => settle(order, reply),
      (error: unknown) => settle(order, failure(0, String(error))),
    );
    underWay.add(settled);
    void settled.finally(() => underWay.delete(settled));
  };
  silenceGreeting();
  return {
    errorOf,
    async close() {
      isClosed = true;
      await Promise.all(underWay);
      agent.destroy();
    },
  };
}

function send(
  outgoing: http.ClientRequest,
  body: string | undefined,
  timeoutMs: number,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('error', reject);
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, data: Buffer.concat(parts).toString() }),
      );
    });
    outgoing.on('error', reject);
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error(`silent for ${timeoutMs} ms`)));
    outgoing.end(body);
  });
}

/** Whatever the library throws while it takes a reply in is the reply's fault, and settles it. */
function settle(order: Order, reply: Reply): void {
  const isFine = reply.status >= 200 && reply.status < 300;
  try {
    if (isFine) order.on.response(reply);
    else order.on.error(failure(reply.status, reply.data));
  } catch (error) {
    if (isFine) settle(order, failure(0, `unreadable reply: ${String(error)}`));
  }
}

/** ari-client keeps nothing of a failed reply but its text, so the status travels in the text. */
function failure(status: number, message: string): Reply {
  return { status, data: JSON.stringify({ yihaoStatus: status, message }) };
}

function errorOf(error: unknown): AriError {
  if (error instanceof AriError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const [, status, message] = /^\{"yihaoStatus":(\d+),"message":(.*)\}$/s.exec(text) ?? [];
  // A bare text without a status is the library's own complaint about a missing parameter.
  if (status === undefined || message === undefined) return new AriError(400, text);
  return new AriError(Number(status), JSON.parse(message));
}

/** swagger-client defines a global `log` and greets with a line about old Swagger at each connect. */
function silenceGreeting(): void {
  Reflect.set(globalThis, 'log', () => {});
}
