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

/**
 * Makes sure that Asterisk answers and accepts the account.
 * @throws AriError with the status of a refusal, 0 when there is no usable answer
 */
export async function probe(account: AriAccount, timeoutMs: number): Promise<void> {
  let status: number;
  try {
    const reply = await fetch(new URL('/ari/asterisk/info?only=status', account.ariUrl), {
      headers: { authorization: authorizationOf(account) },
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = reply.status;
    if (reply.ok) await reply.json();
    else await reply.body?.cancel();
  } catch (error) {
    throw new AriError(0, `Asterisk does not answer at ${account.ariUrl}: ${String(error)}`);
  }
  if (status !== 200) throw new AriError(status, `Asterisk refused the connection (${status})`);
}
