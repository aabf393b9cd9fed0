import type { Store } from '../store/db.ts';
import type { alerts } from '../store/tables/leading.ts';

export type AlertRecord = typeof alerts.$inferSelect;

/** The alerts, as the events were folded. */
export interface AlertsRepo {
  find(id: string): AlertRecord | undefined;
  /** Those that are not over, latest first. */
  open(): AlertRecord[];
  /** From before a moment, latest first. */
  page(before: number, limit: number): AlertRecord[];
}

export function createAlertsRepo({ sql }: Store): AlertsRepo {
  const select = (rest: string) =>
    sql.prepare<unknown[], AlertRecord>(`SELECT * FROM alerts ${rest}`);
  const byId = select('WHERE id = ?');
  const open = select('WHERE overAt IS NULL ORDER BY at DESC, id DESC');
  const page = select('WHERE at < ? ORDER BY at DESC, id DESC LIMIT ?');
  return {
    find: (id) => byId.get(id),
    open: () => open.all(),
    page: (before, limit) => page.all(before, limit),
  };
}
