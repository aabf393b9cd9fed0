import { createHash } from 'node:crypto';
import type { Server } from './server.ts';

/** The same run has the same log, except for its random ids: they count as the order they came in. */
export function hashOf(server: Server): string {
  const hash = createHash('sha256');
  const names = new Map<string, string>();
  const bodies = server.store.sql
    .prepare<[], string>('SELECT body FROM events ORDER BY seq')
    .pluck();
  for (const body of bodies.iterate()) {
    const named = body.replace(/[0-9A-HJKMNP-TV-Z]{26}/g, (id) => {
      const name = names.get(id) ?? `#${names.size}`;
      names.set(id, name);
      return name;
    });
    hash.update(named);
  }
  return hash.digest('hex').slice(0, 16);
}
