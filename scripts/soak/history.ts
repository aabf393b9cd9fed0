import { join } from 'node:path';
import { projectCalls } from '../../src/calls/projection.ts';
import { createLog } from '../../src/kit/log.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { callLife } from '../bench/call-life.ts';

/** The file is so much larger than what SQLite keeps of it in memory. */
const surplus = 1.25;
/** Further back than the server remembers numbers that called. */
const agoMs = 3 * 86_400_000;
const callsAtOnce = 100;

/**
 * Puts earlier calls into a data folder until SQLite's cache of pages has no room for all of them. On
 * an empty file the cache (16 MB) fills with the first two thousand calls, some 10 KB for each, and
 * that looks like a leak; a site's cache is full from its second day on.
 */
export function fillHistory(dataDir: string): void {
  const store = openStore(join(dataDir, 'yihao.sqlite'));
  // Nothing of it is worth a wait for the disk.
  store.sql.pragma('synchronous = OFF');
  const log = createEventLog(store, [projectCalls(store)], createLog('silent'));
  const from = Date.now() - agoMs;
  const enough = surplus * cacheBytes(store);
  for (let n = 0; fileBytes(store) < enough; n += callsAtOnce) {
    log.together(() => {
      for (let call = n; call < n + callsAtOnce; call += 1)
        log.append(callLife(call, from + call * 1_000).flat());
    });
  }
  store.close();
}

function fileBytes({ sql }: Store): number {
  const [pages, pageBytes] = ['page_count', 'page_size'].map((name) =>
    Number(sql.pragma(name, { simple: true })),
  );
  return (pages ?? 0) * (pageBytes ?? 0);
}

/** SQLite tells a number of pages, or KiB below zero. */
function cacheBytes({ sql }: Store): number {
  const size = Number(sql.pragma('cache_size', { simple: true }));
  return size < 0 ? -size * 1_024 : size * Number(sql.pragma('page_size', { simple: true }));
}
