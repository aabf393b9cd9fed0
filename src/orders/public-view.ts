import { maskNumbersIn } from '../kit/mask.ts';
import { type Move, type MoveName, moves } from '../order-rules/moves.ts';
import { isNote, type NoteName, notes } from '../order-rules/notes.ts';
import { phaseOf, publicPhases } from '../order-rules/words.ts';
import type { PublicOrder } from './citizen-schema.ts';
import type { EventChain, KeptEvent } from './event-chain.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';

/** What has happened, for the citizen: what matters outside, without people and inner steps. */
const toldOutside: ReadonlySet<MoveName | NoteName> = new Set([
  'submit',
  'dispatch-by-rule',
  'dispatch',
  'rule',
  'sign',
  'contact',
  'supplement',
  'urge',
  'rate',
  'ask-withdrawal',
  'refuse-withdrawal',
  'extend',
  'hang',
  'hand-outside',
  'accept-reply',
  'redispatch',
  'close',
  'close-as-final',
  'withdraw',
  'merge',
  'refuse',
  'reopen',
]);

/** An order as its citizen follows it: merged into another one, what happens there goes on here. */
export interface Followed {
  readonly row: OrderRow;
  /** The order itself, or the one that took it in. */
  readonly acting: OrderRow;
  readonly events: readonly KeptEvent[];
}

/** Nobody loses sight of their own when orders are merged. */
export function followed(row: OrderRow, repo: OrdersRepo, chain: EventChain): Followed {
  const own = chain.of(row.id);
  const master = row.mergedInto === null ? null : repo.byId(row.mergedInto);
  if (!master) return { row, acting: row, events: own };
  const merge = own.findLast(({ move }) => move === 'merge')?.seq ?? 0;
  const then = chain.of(master.id).filter(({ seq }) => seq > merge);
  return { row, acting: master, events: [...own, ...then] };
}

/** The order for whoever has its number and query code: the inner timeline less what is confidential. */
export function publicView(of: Followed): Omit<PublicOrder, 'may'> {
  const { row, acting, events } = of;
  const reply = acting.folded.clocks.find(({ kind, stoppedAt }) => kind === 'reply' && !stoppedAt);
  return {
    number: row.number ?? '',
    state: publicPhases[phaseOf(acting.state)],
    title: row.sealed ? '（保密）' : maskNumbersIn(row.title),
    createdAt: row.createdAt,
    dueAt: reply?.dueAt ?? null,
    timeline: events
      .filter(({ move, step }) => step === 'done' && toldOutside.has(move))
      .map((event) => ({
        at: event.at,
        what: isNote(event.move) ? notes[event.move].zh : wordOf(moves[event.move]),
        text: isSealed(of) ? '' : maskNumbersIn(textOf(event, of)),
      })),
  };
}

/** The reply that was accepted last, which the citizen may hear; null without one, and when sealed. */
export function publicReply(of: Followed): string | null {
  const accepted = of.events.findLast(({ move }) => move === 'accept-reply');
  return isSealed(of) || !accepted ? null : maskNumbersIn(textOf(accepted, of));
}

function isSealed({ row, acting }: Followed): boolean {
  return row.sealed || acting.sealed;
}

/** Replies that were accepted, and what this citizen wrote; not what others wrote of the same matter. */
function textOf({ seq, move, by, data, orderId }: KeptEvent, { row, events }: Followed): string {
  if (by.actor === 'citizen') return orderId === row.id ? (data.why ?? '') : '';
  if (move !== 'accept-reply') return '';
  // As the reviewer changed it, or as the unit wrote it last before.
  const written = events.findLast((event) => event.move === 'reply' && event.seq < seq);
  return data.publicReply ?? written?.data.publicReply ?? '';
}

function wordOf({ zh }: Move): string {
  return zh;
}
