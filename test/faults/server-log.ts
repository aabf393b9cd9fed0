import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** When a server that was started at `since` had taken over what lived, by its own log. */
export function adoptedAt(dataDir: string, since: number): number {
  const at = lastSaid(dataDir, 'calls taken over');
  if (at < since) throw new Error('the server has not taken over');
  return at;
}

/** When the server's log last had this line. */
export function lastSaid(dataDir: string, words: string): number {
  const lines = readFileSync(join(dataDir, 'server.log'), 'utf8').trimEnd().split('\n');
  const line = lines.findLast((text) => text.includes(words));
  return z
    .object({ time: z.coerce.date() })
    .parse(JSON.parse(line ?? '{}'))
    .time.getTime();
}
