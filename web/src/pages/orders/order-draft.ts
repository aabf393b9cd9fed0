import { useCallback, useState } from 'react';
import type { NewOrder, OrderView } from '../../../../src/orders/schema.ts';

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

/** What is typed survives a reload and a walk to another page, until it is an order. */
export function useOrderDraft(shelf: string, saved: Draft = empty) {
  const [draft, setDraft] = useState<Draft>(() => kept(shelf, saved));
  const set = useCallback(
    (change: Partial<Draft>) =>
      setDraft((before) => {
        const next = { ...before, ...change };
        localStorage.setItem(shelf, JSON.stringify(next));
        return next;
      }),
    [shelf],
  );
  return { draft, set, drop: () => localStorage.removeItem(shelf) };
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

function kept(shelf: string, saved: Draft): Draft {
  try {
    return { ...saved, ...(JSON.parse(localStorage.getItem(shelf) ?? '{}') as Partial<Draft>) };
  } catch {
    return saved;
  }
}
