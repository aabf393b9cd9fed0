import type { Auditor } from '../access.ts';
import { type Move, moves } from '../order-rules/moves.ts';
import { isNote, notes } from '../order-rules/notes.ts';
import type { OrderEvent } from '../order-rules/order.ts';
import { type Actor, actors } from '../order-rules/words.ts';

/** Who leads, supervises or administers; what others do stands in the order's own chain alone. */
const leading: ReadonlySet<Actor> = new Set([
  'shift-leader',
  'unit-leader',
  'supervision',
  'city-leader',
  'data-protection',
]);

interface Around {
  readonly audit: Auditor;
  readonly nameOf: (personId: string) => string;
}

/** Puts what a leader did to an order into the audit, in the transaction that keeps it. */
export function auditLeaders(
  { orderId, move, step, by }: OrderEvent,
  number: string | null,
  ip: string,
  { audit, nameOf }: Around,
): void {
  if (!leading.has(by.actor)) return;
  audit({
    person: { id: by.personId, name: nameOf(by.personId) },
    ip,
    action: 'order.moved',
    subject: `order:${orderId}`,
    detail: {
      number,
      move: isNote(move) ? notes[move].zh : wordOf(moves[move]),
      step,
      as: actors[by.actor].zh,
    },
  });
}

function wordOf({ zh }: Move): string {
  return zh;
}
