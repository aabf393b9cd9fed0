import { AriError } from './ari-error.ts';
import { openPool } from './ari-http.ts';

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
  const pool = openPool(ariUrl, timeoutMs);
  swagger.SwaggerHttp.prototype.execute = (order) => {
    // Asterisk describes itself as `http`, also when it is asked through TLS.
    const { pathname, search } = new URL(order.url);
    const { method, headers, body } = order;
    const request = { method: method.toUpperCase(), path: pathname + search, headers, body };
    pool.send(request).then(
      ({ status, text }) => settle(order, { status, data: text }),
      (error: unknown) => settle(order, failure(0, String(error))),
    );
  };
  silenceGreeting();
  return { errorOf, close: () => pool.close() };
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
