import { eq } from 'drizzle-orm';
import type { Store } from '../store/db.ts';
import { experts } from '../store/tables/seats.ts';
import type { Expert } from './schema.ts';

export interface ExpertsRepo {
  all(): Expert[];
  find(id: string): Expert | undefined;
  put(expert: Expert): void;
  remove(id: string): void;
}

/** The directory in the database; a hundred rows at most, read when somebody looks. */
export function createExpertsRepo({ db }: Store): ExpertsRepo {
  return {
    all: () => db.select().from(experts).orderBy(experts.skill, experts.name).all(),
    find: (id) => db.select().from(experts).where(eq(experts.id, id)).get(),
    put: (expert) =>
      void db
        .insert(experts)
        .values(expert)
        .onConflictDoUpdate({ target: experts.id, set: expert })
        .run(),
    remove: (id) => void db.delete(experts).where(eq(experts.id, id)).run(),
  };
}
