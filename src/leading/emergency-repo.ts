import { isNull } from 'drizzle-orm';
import type { Store } from '../store/db.ts';
import { emergencyRuns } from '../store/tables/leading.ts';

export type EmergencyRun = typeof emergencyRuns.$inferSelect;

/** When an emergency profile was on, as the events were folded. */
export interface EmergencyRepo {
  /** The one that is on. */
  on(): EmergencyRun | undefined;
}

export function createEmergencyRepo({ db }: Store): EmergencyRepo {
  const on = db.select().from(emergencyRuns).where(isNull(emergencyRuns.overAt)).prepare();
  return { on: () => on.get() };
}
