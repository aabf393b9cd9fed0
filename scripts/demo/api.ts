import { z } from 'zod';

const problemShape = z.object({ code: z.string().optional(), titleEn: z.string().optional() });

/** An answer of the server that is not what was asked for. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, what: string) {
    super(`${what}: ${status} ${code}`);
    this.name = 'ApiRefusal';
    this.status = status;
    this.code = code;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The HTTP API as one person uses it: keeps the session cookie. */
export class Api {
  readonly #origin: string;
  #cookie: string;

  /** @param cookie a session that exists already, as `name=value`. */
  constructor(origin: string, cookie = '') {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  /** The session, as a header carries it. */
  get cookie(): string {
    return this.#cookie;
  }

  /** @throws ApiRefusal when the server says no. */
  async send(method: Method, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.#origin}/api${path}`, {
      method,
      headers: {
        'x-yihao': '1',
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
    const given = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (given !== undefined) this.#cookie = given;
    const text = await answer.text();
    const content: unknown = text === '' ? null : JSON.parse(text);
    if (answer.ok) return content;
    const problem = problemShape.safeParse(content).data;
    const code = problem?.code ?? problem?.titleEn ?? 'unknown';
    throw new ApiRefusal(answer.status, code, `${method} ${path}`);
  }
}
