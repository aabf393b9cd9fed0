import { desc, eq } from 'drizzle-orm';
import type { Store } from '../store/db.ts';
import { planRuns, plans } from '../store/tables/leading.ts';

export type PlanRow = typeof plans.$inferSelect;
type RunRow = typeof planRuns.$inferSelect;

/** Saved plans, and when one was applied. */
export interface PlansRepo {
  all(): PlanRow[];
  find(id: string): PlanRow | undefined;
  /** Adds a plan, or replaces the one with this id. */
  put(plan: PlanRow): void;
  remove(id: string): void;
  run(id: string): RunRow | undefined;
  /** Latest first. */
  runs(limit: number): RunRow[];
  addRun(run: RunRow): void;
  markUndone(id: string, at: number): void;
}

export function createPlansRepo({ db }: Store): PlansRepo {
  return {
    all: () => db.select().from(plans).orderBy(plans.name).all(),
    find: (id) => db.select().from(plans).where(eq(plans.id, id)).get(),
    put: (plan) =>
      void db.insert(plans).values(plan).onConflictDoUpdate({ target: plans.id, set: plan }).run(),
    remove: (id) => void db.delete(plans).where(eq(plans.id, id)).run(),
    run: (id) => db.select().from(planRuns).where(eq(planRuns.id, id)).get(),
    runs: (limit) => db.select().from(planRuns).orderBy(desc(planRuns.id)).limit(limit).all(),
    addRun: (run) => void db.insert(planRuns).values(run).run(),
    markUndone: (id, at) =>
      void db.update(planRuns).set({ undoneAt: at }).where(eq(planRuns.id, id)).run(),
  };
}
