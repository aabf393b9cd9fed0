import type { Store } from '../store/db.ts';
import type { noticeReads, notices } from '../store/tables/leading.ts';

export type NoticeRow = typeof notices.$inferSelect;
type ReadRow = typeof noticeReads.$inferSelect;
/** As the columns hold it. */
type Raw = Omit<NoticeRow, 'audience' | 'isUrgent'> & { audience: string; isUrgent: number };

/** The notices and who has read them, as the events were folded. */
export interface NoticesRepo {
  find(id: string): NoticeRow | undefined;
  latest(limit: number): NoticeRow[];
  /** Those still up at a moment, latest first. */
  notWithdrawn(now: number): NoticeRow[];
  /** Who has read it, first reader on top. */
  reads(id: string): ReadRow[];
  readAt(id: string, personId: string): number | null;
}

export function createNoticesRepo({ sql }: Store): NoticesRepo {
  const select = (rest: string) => sql.prepare<unknown[], Raw>(`SELECT * FROM notices ${rest}`);
  const byId = select('WHERE id = ?');
  const latest = select('ORDER BY at DESC, id DESC LIMIT ?');
  const up = select('WHERE withdrawnAt IS NULL AND (until IS NULL OR until > ?) ORDER BY at DESC');
  const reads = sql.prepare<[string], ReadRow>(
    'SELECT * FROM notice_reads WHERE noticeId = ? ORDER BY at',
  );
  const readAt = sql
    .prepare<[string, string], number>(
      'SELECT at FROM notice_reads WHERE noticeId = ? AND personId = ?',
    )
    .pluck();
  return {
    find(id) {
      const raw = byId.get(id);
      return raw && parsed(raw);
    },
    latest: (limit) => latest.all(limit).map(parsed),
    notWithdrawn: (now) => up.all(now).map(parsed),
    reads: (id) => reads.all(id),
    readAt: (id, personId) => readAt.get(id, personId) ?? null,
  };
}

function parsed(raw: Raw): NoticeRow {
  return { ...raw, audience: JSON.parse(raw.audience), isUrgent: raw.isUrgent === 1 };
}
