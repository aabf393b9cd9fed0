import type { IncomingHttpHeaders } from 'node:http';
import type { Session } from '../yihao-server.ts';

/** The live session a `Cookie` header belongs to. */
export type SessionOf = (cookieHeader: string | undefined) => Session | null;

/** Who is let in to the live line. */
export interface Door {
  sessionOf: SessionOf;
  /** Does the page that opens the socket come from this very server? */
  isOwnOrigin: (headers: IncomingHttpHeaders) => boolean;
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
