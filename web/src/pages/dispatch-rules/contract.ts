/** What `/api/dispatch-rules` answers (`src/orders/dispatch-routes.ts`). */
export interface RulesInForce {
  version: number;
  rows: number;
}

export interface DispatchDecision {
  /** Null: a dispatcher decides. */
  proposal: { leadUnit: string; coUnits: string[]; confidence: number; rule: string } | null;
}

/** One line of an import that tells how it goes. */
export type RulesImportNews =
  | { done: number; of: number }
  | { taken: RulesInForce }
  | { wrong: { pointer: string; message: string }[] }
  | { failed: string };
