import { join } from 'node:path';
import type { NewEvent } from '../../src/events.ts';
import { createLog } from '../../src/kit/log.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';

/** The file is so much larger than what SQLite keeps of it in memory. */
const surplus = 1.25;
/** Further back than anything the server looks at when it starts. */
const agoMs = 3 * 86_400_000;
const eventsAtOnce = 500;
/** An event fills a page of the file. */
const textLength = 3_500;

/**
 * Puts old events into a data folder until SQLite's cache of pages has no room for all of them; the
 * server's check at its start reads them all. On an empty file the cache (16 MB) fills with the first
 * two thousand calls, 8 to 10 KB for each, and that looks like a leak; a site's is full from its second
 * day on. They are events nobody counts: a start that folds a whole history into figures is slow.
 */
export function fillHistory(dataDir: string): void {
  const store = openStore(join(dataDir, 'yihao.sqlite'));
  // Nothing of it is worth a wait for the disk.
  store.sql.pragma('synchronous = OFF');
  const log = createEventLog(store, [], createLog('silent'));
  const at = Date.now() - agoMs;
  const enough = surplus * cacheBytes(store);
  const page: NewEvent = {
    kind: 'call.stage',
    at,
    callId: '01HISTORY00000000000000000',
    stage: 'waiting',
    data: { text: 'x'.repeat(textLength) },
  };
  while (fileBytes(store) < enough) log.append(Array.from({ length: eventsAtOnce }, () => page));
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
