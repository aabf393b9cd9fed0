import type { MoveData, OrderEvent } from '../order-rules/order.ts';
import type { orderFacts } from '../store/tables/order-rates.ts';

/** What the rates ask about one order, folded from its events. */
export type OrderFacts = typeof orderFacts.$inferSelect;

/** The facts after an event. The first round counts: what a rework or a reopening does stays out. */
export function foldFacts(before: OrderFacts | null, event: OrderEvent): OrderFacts {
  const facts = before ?? begun(event);
  const { at, move, step, by, data } = event;
  // A visitor who asks for a rework has visited, whatever becomes of the wish.
  if (move === 'ask-rework' && step === 'asked') return { ...facts, ...visited(data, at) };
  if (step !== 'done') return facts;
  switch (move) {
    case 'revise':
      return {
        ...facts,
        matter: data.request?.matter ?? facts.matter,
        area: data.request?.area ?? facts.area,
      };
    case 'submit':
      return { ...facts, takenAt: facts.takenAt ?? at };
    case 'answer':
      return { ...facts, takenAt: facts.takenAt ?? at, answeredAt: at };
    case 'refuse':
    case 'withdraw':
      return { ...facts, refusedAt: at };
    case 'merge':
      return { ...facts, mergedInto: data.masterId ?? null };
    case 'dispatch-by-rule':
    case 'dispatch':
      return facts.firstUnitId === null ? atUnit(facts, data, at) : facts;
    case 'approve-return':
      return atUnit({ ...facts, returnsApproved: facts.returnsApproved + 1 }, data, at);
    case 'rule':
      return atUnit({ ...facts, ruled: true }, data, at);
    case 'ask-return':
      return { ...facts, returnsAsked: facts.returnsAsked + 1 };
    case 'refuse-return':
      return {
        ...facts,
        returnsRefused: facts.returnsRefused + 1,
        contactDueAt: facts.contactDueAt ?? data.due?.contact ?? null,
      };
    case 'close':
      return { ...facts, closedAt: at, ...(by.actor === 'visitor' && visited(data, at)) };
    case 'close-as-final':
      return { ...facts, closedAt: at };
    case 'ask-rework':
      return { ...facts, reworks: facts.reworks + 1 };
    case 'reopen':
      return { ...facts, closedAt: null, refusedAt: null };
    case 'accept-reply':
    case 'outside-result':
      return { ...facts, visitDueAt: facts.visitDueAt ?? data.due?.visit ?? null };
    case 'rate':
      return { ...facts, ...said(data) };
    default:
      return atWork(facts, event);
  }
}

/** What the unit does in the first round. */
function atWork(facts: OrderFacts, { at, move, data }: OrderEvent): OrderFacts {
  if (facts.reworks > 0 || facts.closedAt !== null) return facts;
  switch (move) {
    case 'sign':
      return { ...facts, signedAt: facts.signedAt ?? at, contactDueAt: data.due?.contact ?? null };
    case 'deem-accepted':
      return { ...facts, contactDueAt: data.due?.contact ?? null };
    case 'contact':
      return { ...facts, contactedAt: facts.contactedAt ?? at };
    case 'extend':
      return { ...facts, replyDueAt: data.due?.reply ?? facts.replyDueAt };
    case 'hang':
      return { ...facts, replyPausedAt: at };
    case 'approve-reply':
      return { ...facts, repliedAt: at, replyPausedAt: at };
    case 'take-up':
      return resumed(facts, at);
    case 'check-sends-back':
      return { ...resumed(facts, at), repliedAt: null };
    default:
      return facts;
  }
}

/** A unit has it from here on, with clocks of its own; the first one stays on record. */
function atUnit(facts: OrderFacts, { unit, due }: MoveData, at: number): OrderFacts {
  return {
    ...facts,
    dispatchedAt: facts.dispatchedAt ?? at,
    firstUnitId: facts.firstUnitId ?? unit?.id ?? null,
    leadUnitId: unit?.id ?? facts.leadUnitId,
    signDueAt: due?.sign ?? null,
    signedAt: null,
    contactDueAt: null,
    contactedAt: null,
    firstReplyDueAt: facts.firstReplyDueAt ?? due?.reply ?? null,
    replyDueAt: due?.reply ?? facts.replyDueAt,
    replyPausedAt: null,
    repliedAt: null,
  };
}

function resumed(facts: OrderFacts, at: number): OrderFacts {
  const { replyDueAt, replyPausedAt } = facts;
  if (replyDueAt === null || replyPausedAt === null) return facts;
  return { ...facts, replyDueAt: replyDueAt + at - replyPausedAt, replyPausedAt: null };
}

function visited(data: MoveData, at: number) {
  return { visitedAt: at, reached: data.notReached !== true, ...said(data) };
}

/** What the caller said of it, as far as they said something. */
function said({ rating, solved, satisfied }: MoveData): Partial<OrderFacts> {
  const given = rating ?? (satisfied === undefined ? undefined : satisfied ? 4 : 2);
  return {
    ...(given !== undefined && { rating: given }),
    ...(solved !== undefined && { solvedByCaller: solved }),
  };
}

function begun({ orderId, by, data }: OrderEvent): OrderFacts {
  return {
    orderId,
    openedBy: by.actor,
    matter: data.request?.matter ?? '',
    area: data.request?.area ?? '',
    firstUnitId: null,
    leadUnitId: null,
    takenAt: null,
    answeredAt: null,
    refusedAt: null,
    mergedInto: null,
    dispatchedAt: null,
    signDueAt: null,
    signedAt: null,
    contactDueAt: null,
    contactedAt: null,
    firstReplyDueAt: null,
    replyDueAt: null,
    replyPausedAt: null,
    repliedAt: null,
    returnsAsked: 0,
    returnsApproved: 0,
    returnsRefused: 0,
    ruled: false,
    visitDueAt: null,
    visitedAt: null,
    reached: null,
    solvedByCaller: null,
    rating: null,
    reworks: 0,
    closedAt: null,
  };
}
