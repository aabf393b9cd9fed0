import type { IncomingMessage } from 'node:http';
import type { Session } from '../yihao-server.ts';

/** The live session a `Cookie` header belongs to. */
export type SessionOf = (cookieHeader: string | undefined) => Session | null;

/**
 * Does the page that opens the socket come from this very server? Browsers always say where a
 * WebSocket comes from; a program that says nothing must say so on purpose, as at the HTTP door.
 */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers['x-yihao'] === '1';
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** Tokens that fill up again with time: one socket may not keep the server busy. */
export function createAllowance(burst: number, perSecond: number, now: () => number) {
  let left = burst;
  let at = now();
  return (): boolean => {
    const moment = now();
    left = Math.min(burst, left + ((moment - at) * perSecond) / 1_000);
    at = moment;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
