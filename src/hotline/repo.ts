import { desc, eq } from 'drizzle-orm';
import type { Hotline } from '../../config/hotline.ts';
import type { Store } from '../store/db.ts';
import { hotlineVersions, people } from '../store/tables.ts';
import type { HotlineState, HotlineVersion } from './schema.ts';

/** Every version of the configuration ever in force. Versions are only added. */
export interface HotlineRepo {
  latest(): HotlineState | undefined;
  find(version: number): HotlineState | undefined;
  list(): HotlineVersion[];
  add(version: { hotline: Hotline; at: number; personId: string | null; why: string }): number;
}

export function createHotlineRepo({ db }: Store): HotlineRepo {
  const head = {
    version: hotlineVersions.version,
    at: hotlineVersions.at,
    by: people.name,
    why: hotlineVersions.why,
  };
  const whole = () =>
    db
      .select({ ...head, body: hotlineVersions.body })
      .from(hotlineVersions)
      .leftJoin(people, eq(people.id, hotlineVersions.personId));
  return {
    latest: () => toState(whole().orderBy(desc(hotlineVersions.version)).limit(1).get()),
    find: (version) => toState(whole().where(eq(hotlineVersions.version, version)).get()),
    list: () =>
      db
        .select(head)
        .from(hotlineVersions)
        .leftJoin(people, eq(people.id, hotlineVersions.personId))
        .orderBy(desc(hotlineVersions.version))
        .all()
        .map((row) => ({ ...row, by: row.by ?? '' })),
    add: ({ hotline, ...rest }) =>
      Number(
        db
          .insert(hotlineVersions)
          .values({ body: hotline, ...rest })
          .run().lastInsertRowid,
      ),
  };
}

type Row = { version: number; at: number; by: string | null; why: string; body: unknown };

/** Written by this program from a checked document, so its shape is trusted. */
function toState(row: Row | undefined): HotlineState | undefined {
  if (!row) return undefined;
  const { body, by, ...rest } = row;
  return { ...rest, by: by ?? '', hotline: body as Hotline };
}
