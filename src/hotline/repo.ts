import { desc, eq } from 'drizzle-orm';
import type { Store } from '../store/db.ts';
import { hotlineVersions } from '../store/tables/hotline.ts';
import { people } from '../store/tables/people.ts';
import type { VersionInfo } from './schema.ts';

type Row = VersionInfo & { body: unknown };

/** The versions of the hotline in the database; none is ever changed or removed. */
export interface HotlineRepo {
  newest(): Row | null;
  byVersion(version: number): Row | null;
  all(): VersionInfo[];
  add(row: typeof hotlineVersions.$inferInsert): void;
}

export function createHotlineRepo({ db }: Store): HotlineRepo {
  const info = {
    version: hotlineVersions.version,
    at: hotlineVersions.at,
    by: people.name,
    why: hotlineVersions.why,
  };
  const withBody = () =>
    db
      .select({ ...info, body: hotlineVersions.body })
      .from(hotlineVersions)
      .leftJoin(people, eq(people.id, hotlineVersions.personId));
  return {
    newest: () => withBody().orderBy(desc(hotlineVersions.version)).limit(1).get() ?? null,
    byVersion: (version) => withBody().where(eq(hotlineVersions.version, version)).get() ?? null,
    all: () =>
      db
        .select(info)
        .from(hotlineVersions)
        .leftJoin(people, eq(people.id, hotlineVersions.personId))
        .orderBy(desc(hotlineVersions.version))
        .all(),
    add: (row) => void db.insert(hotlineVersions).values(row).run(),
  };
}
