import type { TextKind } from '../../config/messages.ts';
import { shanghaiTime } from '../kit/shanghai.ts';
import type { OrderEvent } from '../order-rules/order.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';

/** Puts a text to somebody into the outbox, in the transaction of what it is about. */
export type Texting = (
  kind: TextKind,
  orderId: string,
  number: string,
  values: Readonly<Record<string, string>>,
) => void;

/** What whoever asked is told of at once, by the move that was carried out. */
const told: Partial<Record<OrderEvent['move'], TextKind>> = {
  submit: 'received',
  refuse: 'refused',
  'hand-outside': 'outside',
  extend: 'extended',
  hang: 'long-term',
  'refuse-withdrawal': 'withdrawal-refused',
  'accept-reply': 'replied',
  close: 'closed',
  'close-as-final': 'closed',
};

/** The text an event calls for, if any. */
export function textFor({ move, step }: Pick<OrderEvent, 'move' | 'step'>): TextKind | null {
  return step === 'done' ? (told[move] ?? null) : null;
}

/**
 * One text to all who asked, each by their own number and code, of an order that took in others too;
 * what became of somebody's own wish is told to them alone.
 */
export function sendToAll(
  kind: TextKind,
  leading: OrderRow,
  { repo, text }: { repo: Pick<OrdersRepo, 'mergedInto'>; text: Texting },
): void {
  const others = kind === 'withdrawal-refused' ? [] : repo.mergedInto(leading.id);
  for (const row of [leading, ...others]) sendText(kind, row, leading, text);
}

/** One text about an order; the day it is due is the one of `leading`, which may have taken it in. */
export function sendText(
  kind: TextKind,
  { id, number, queryCode, callerNumber }: OrderRow,
  leading: OrderRow,
  send: Texting,
): void {
  // A draft that was refused has neither number nor code: its caller was told on the telephone.
  if (number === null || queryCode === null) return;
  send(kind, id, callerNumber, { number, code: queryCode, due: lastDay(leading) });
}

/** The last day of the reply's clock; empty before an order is with a unit. */
function lastDay({ folded }: OrderRow): string {
  const reply = folded.clocks.find(({ kind }) => kind === 'reply');
  if (!reply) return '';
  const [, month, day] = shanghaiTime(reply.dueAt - 1)
    .slice(0, 10)
    .split('-')
    .map(Number);
  return `${month}月${day}日`;
}
