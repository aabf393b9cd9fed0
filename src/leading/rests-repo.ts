import { AppError } from '../kit/errors.ts';
import type { Store } from '../store/db.ts';
import type { restRequests } from '../store/tables/leading.ts';

export type RestRow = typeof restRequests.$inferSelect;

/** The rests, as the events were folded. */
export interface RestsRepo {
  find(id: string): RestRow | undefined;
  /** @throws AppError `not-found` */
  need(id: string): RestRow;
  /** Asked or approved and not over, who asked first on top. */
  open(): RestRow[];
  openOf(agentId: string): RestRow | undefined;
  openAt(seatId: string): RestRow | undefined;
  lastOf(agentId: string): RestRow | undefined;
  /** Those that are over, latest first. */
  past(limit: number): RestRow[];
  /** Ids of the rests that ended at a seat at this moment. */
  justOver(of: { seatId: string; at: number }): string[];
}

export function createRestsRepo({ sql }: Store): RestsRepo {
  const select = (rest: string) =>
    sql.prepare<unknown[], RestRow>(`SELECT * FROM rest_requests ${rest}`);
  const byId = select('WHERE id = ?');
  const open = select('WHERE overAt IS NULL ORDER BY askedAt, id');
  const openOf = select('WHERE overAt IS NULL AND agentId = ?');
  const openAt = select('WHERE overAt IS NULL AND seatId = ?');
  const lastOf = select('WHERE agentId = ? ORDER BY id DESC LIMIT 1');
  const past = select('WHERE overAt IS NOT NULL ORDER BY overAt DESC, id DESC LIMIT ?');
  const justOver = select('WHERE overAt = ? AND seatId = ?');
  const find = (id: string) => byId.get(id);
  return {
    find,
    need(id) {
      const row = find(id);
      if (!row) throw new AppError('not-found');
      return row;
    },
    open: () => open.all(),
    openOf: (agentId) => openOf.get(agentId),
    openAt: (seatId) => openAt.get(seatId),
    lastOf: (agentId) => lastOf.get(agentId),
    past: (limit) => past.all(limit),
    justOver: ({ seatId, at }) => justOver.all(at, seatId).map(({ id }) => id),
  };
}
