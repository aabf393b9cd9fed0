import type { WorkingDays } from '../kit/working-days.ts';
import {
  choiceFor,
  dueOf,
  limitOf,
  type OrderKind,
  type Policies,
  packName,
} from '../order-rules/policy.ts';
import { clockKinds, type TryOut } from './settings-schema.ts';

/** What an order accepted at `at` would get, found as it is for a real one; null: no pack is in force for it. */
export function tryOut(
  policies: Policies,
  calendar: WorkingDays,
  order: OrderKind,
  at: number,
): TryOut {
  const choice = choiceFor(policies, order, at);
  if (!choice) return null;
  const { row, pack } = choice;
  return {
    row,
    pack: packName(pack),
    title: pack.title,
    limits: clockKinds.map((kind) => {
      const limit = limitOf(pack, order, kind);
      const isSpecial = limit !== pack.limits[kind];
      return { kind, limit, isSpecial, dueAt: dueOf(calendar, at, limit) };
    }),
  };
}
