import type { NewOrder, OrderView } from '../../../../src/orders/schema.ts';
import { useDraft } from '../../parts/use-draft.ts';

/** A request while it is being typed. */
export type Draft = Omit<NewOrder, 'callerNumber' | 'callId' | 'againstUnitId'> & {
  callerNumber: string;
};

const empty: Draft = {
  type: 'help',
  urgency: 'normal',
  party: 'person',
  matter: '',
  area: '',
  title: '',
  content: '',
  place: '',
  callerName: '',
  callerNumber: '',
  confidential: false,
  point: null,
  answers: {},
};

/** A new request, or one that was saved, kept while it is typed. */
export function useOrderDraft(shelf: string, saved: Draft = empty) {
  return useDraft(shelf, saved);
}

/** A draft that was saved, as it is shown: masked. What stays as it is shown stays as it was. */
export function draftOf(order: OrderView): Draft {
  const { type, urgency, party, matter, area, title, content, place, callerName, sealed } = order;
  return {
    type,
    urgency,
    party,
    matter,
    area,
    title,
    content,
    place,
    callerName,
    callerNumber: '',
    confidential: sealed,
    point: order.pointCode,
    answers: Object.fromEntries(order.answers.map(({ key, value }) => [key, value])),
  };
}
