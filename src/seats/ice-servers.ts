import { createHmac } from 'node:crypto';
import type { Clock } from '../kit/clock.ts';
import type { IceServer } from './schema.ts';

/** A STUN or TURN server as the operator names it; the secret is the one the TURN server holds. */
export interface IceServerSetting {
  readonly urls: readonly string[];
  readonly secret?: string | undefined;
}

interface IceServersOptions {
  servers: readonly IceServerSetting[];
  /** How long a credential is good: as long as a session can last, for the page keeps it. */
  goodForMs: number;
  clock: Clock;
}

/**
 * The STUN and TURN servers for one person's browser phone. Each TURN server comes with a password that
 * expires by itself: user name `expiry:person` (Unix seconds), password the base64 of its HMAC-SHA1 by
 * the shared secret (draft-uberti-behave-turn-rest, coturn's `use-auth-secret`). The secret stays here.
 */
export function createIceServers({ servers, goodForMs, clock }: IceServersOptions) {
  return (personId: string): IceServer[] => {
    const expiry = Math.ceil((clock.now() + goodForMs) / 1_000);
    return servers.map(({ urls, secret }) => {
      if (secret === undefined) return { urls: [...urls] };
      const username = `${expiry}:${personId}`;
      return { urls: [...urls], username, credential: turnPassword(secret, username) };
    });
  };
}

function turnPassword(secret: string, username: string): string {
  return createHmac('sha1', secret).update(username).digest('base64');
}
