import { maskNumbersIn } from '../kit/mask.ts';
import type { Catalogue } from '../order-rules/catalogue.ts';
import type { MoveData, Order } from '../order-rules/order.ts';
import type { OrderRow } from './repo.ts';
import type { NewOrder } from './schema.ts';

/** What the rules need of a request. Reports (举报) and sealed matters stay sealed whatever the form says. */
export function requestOf(
  input: NewOrder,
  { matters }: Catalogue,
): NonNullable<MoveData['request']> {
  const { type, urgency, party, matter, area, againstUnitId, confidential } = input;
  const isSealedMatter = matters.some(({ code, sealed }) => code === matter && sealed);
  const sealed = confidential || type === 'report' || isSealedMatter;
  return { type, urgency, party, matter, area, sealed, againstUnitId };
}

/** The row of a draft. */
export function rowOf(
  { title, content, place, callerName, callId, point, answers }: NewOrder,
  callerNumber: string,
  folded: Order,
  createdBy: string,
  createdAt: number,
  { catalogueVersion }: Pick<OrderRow, 'catalogueVersion'>,
): OrderRow {
  const { id, state, type, urgency, matter, area, sealed, supervision, responsible } = folded;
  return {
    id,
    state,
    type,
    urgency,
    matter,
    area,
    sealed,
    supervision,
    responsible,
    folded,
    title,
    content,
    place,
    callerName,
    callerNumber,
    createdBy,
    createdAt,
    point,
    answers,
    catalogueVersion,
    callId: callId ?? null,
    number: null,
    queryCode: null,
    leadUnitId: null,
    handlingUnitId: null,
    dueAt: null,
    taskDueAt: null,
    wakeAt: null,
    endedAt: null,
    mergedInto: null,
    visitedAt: null,
    withdrawalAt: null,
  };
}

/** The draft as it was changed; texts that came back as they were shown, masked, stay as they were. */
export function keepingMasked(next: OrderRow, before: OrderRow): OrderRow {
  const kept = (now: string, then: string) => (now === maskNumbersIn(then) ? then : now);
  const answers = Object.entries(next.answers ?? {}).map(([key, value]) => [
    key,
    kept(value, before.answers?.[key] ?? ''),
  ]);
  return {
    ...next,
    title: kept(next.title, before.title),
    content: kept(next.content, before.content),
    place: kept(next.place, before.place),
    callerName: kept(next.callerName, before.callerName),
    callId: next.callId ?? before.callId,
    answers: Object.fromEntries(answers),
  };
}
