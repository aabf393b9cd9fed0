import { maskNumber, maskNumbersIn } from '../kit/mask.ts';
import type { Catalogue, RequestPoint } from '../order-rules/catalogue.ts';
import { areaPath, matterPath } from '../order-rules/catalogue-names.ts';
import type { Clock, Order, SiteRecord } from '../order-rules/order.ts';
import { type PolicyPack, type Warning, warningOf } from '../order-rules/policy.ts';
import { replyFindings } from '../order-rules/reply-checks.ts';
import { visitStanding } from '../order-rules/visit-tries.ts';
import type { Actor } from '../order-rules/words.ts';
import { ruleIn } from './dispatch.ts';
import type { KeptEvent } from './event-chain.ts';
import type { OrderFile } from './files.ts';
import { mayNote, possibleMoves } from './parts.ts';
import type { CallFinder } from './relayed.ts';
import type { OrderRow } from './repo.ts';
import type { OrderRowView, OrderView } from './schema.ts';
import { tasksOf } from './task-view.ts';
import type { Units } from './units.ts';

/** Who looks at an order. */
export interface Eyes {
  readonly personId: string;
  readonly parts: readonly Actor[];
  /** The unit the viewer acts for; null at the hotline. */
  readonly unitId: string | null;
}

/** What else belongs to an order when it is shown whole. */
export interface Belongings {
  readonly repeated: OrderRow | null;
  readonly merged: readonly OrderRow[];
  readonly files: readonly OrderFile[];
  readonly template: RequestPoint | null;
}

interface Around {
  readonly units: Units;
  readonly callOf: CallFinder;
  readonly nameOf: (personId: string) => string;
  readonly warnAt: PolicyPack['warnAt'];
  readonly visitTries: number;
  readonly now: number;
  /** The catalogue the order was taken down with. */
  readonly city: Catalogue;
}

/** Parts that have to know who asked, also of sealed orders: they decide, check and call back. */
const deciding: readonly Actor[] = ['dispatcher', 'reviewer', 'visitor', 'data-protection'];

/** May the viewer know who asked? Sealed, only who decides about the order and who took it down. */
export function mayKnowParty({ sealed, createdBy }: OrderRow, { parts, personId }: Eyes): boolean {
  return !sealed || createdBy === personId || parts.some((part) => deciding.includes(part));
}

/** May the viewer's unit call who asked? Sealed, the hotline does; otherwise while the unit has the order. */
export function mayCallParty(
  { sealed, folded }: Pick<OrderRow, 'sealed' | 'folded'>,
  { parts, personId, unitId }: Eyes,
  units: Units,
): boolean {
  return unitId !== null && !sealed && mayNote('relay', folded, parts, { personId, unitId }, units);
}

export function rowView(row: OrderRow, around: Around): OrderRowView {
  const { units, nameOf, warnAt, now, city } = around;
  const { id, number, state, type, urgency, matter, area, sealed, createdAt, endedAt, dueAt } = row;
  const { withdrawal } = row.folded;
  return {
    id,
    number,
    state,
    type,
    urgency,
    matter,
    area,
    matterPath: matterPath(city, matter, row.point),
    areaPath: areaPath(city, area),
    sealed,
    createdAt,
    endedAt,
    dueAt,
    title: maskNumbersIn(row.title),
    warning: worst(row.folded.clocks, warnAt, now),
    leadUnit: row.leadUnitId === null ? null : units.nameOf(row.leadUnitId),
    responsible: row.responsible === null ? null : nameOf(row.responsible),
    supervision: row.supervision,
    withdrawal: withdrawal && { at: withdrawal.at, why: maskNumbersIn(withdrawal.why) },
  };
}

/** The whole order, as far as the viewer may know it: numbers are masked in whatever was written. */
export function orderView(
  row: OrderRow,
  events: readonly KeptEvent[],
  eyes: Eyes,
  around: Around,
  { repeated, merged, files, template }: Belongings,
): OrderView {
  const { folded } = row;
  const { units, nameOf, warnAt, now, callOf } = around;
  const isKnown = mayKnowParty(row, eyes);
  return {
    ...rowView(row, around),
    content: maskNumbersIn(row.content),
    place: maskNumbersIn(row.place),
    callerName: isKnown ? row.callerName : '',
    callerMasked: isKnown ? maskNumber(row.callerNumber) : '',
    callId: eyes.unitId === null ? row.callId : null,
    callIds: eyes.unitId === null ? callsIn(row, events) : [],
    point: template?.name ?? row.point,
    pointCode: row.point,
    party: folded.party,
    answers: Object.entries(row.answers ?? {}).map(([key, value]) => ({
      key,
      label: template?.elements.find((each) => each.key === key)?.label ?? key,
      value: maskNumbersIn(value),
    })),
    repeatOf: repeated && {
      id: repeated.id,
      number: repeated.number ?? '',
      title: maskNumbersIn(repeated.title),
    },
    merged: merged.map(({ id, number, visitedAt }) => ({ id, number: number ?? '', visitedAt })),
    files: files.map(({ id, at, name, kind, bytes, personId, unitId }) => ({
      id,
      at,
      kind,
      bytes,
      name: maskNumbersIn(name),
      person: nameOf(personId),
      unit: unitId === null ? null : units.nameOf(unitId),
    })),
    queryCode: eyes.unitId === null && isKnown ? row.queryCode : null,
    pack: folded.pack,
    coUnits: folded.coUnitIds.map((id) => units.nameOf(id)),
    clocks: folded.clocks.map((clock) => ({
      ...clock,
      ownerName: clock.owner === 'hotline' ? '热线' : units.nameOf(clock.owner),
      warning: warningOf(clock, warnAt, now),
    })),
    pending: pendingView(folded, nameOf),
    tasks: tasksOf(row, around),
    mayAnswer: mayNote('feedback', folded, eyes.parts, eyes, units),
    maySettle: mayNote('settle', folded, eyes.parts, eyes, units),
    plan: folded.plan && { ...folded.plan, text: maskNumbersIn(folded.plan.text) },
    hops: folded.hops,
    reworks: folded.reworks,
    urged: folded.urged,
    reply: waitingReply(row, events),
    mayAttach: mayNote('attach', folded, eyes.parts, eyes, units),
    visit: visitView(row, eyes, around),
    mayCall: mayCallParty(row, eyes, units),
    moves: possibleMoves(folded, eyes.parts, eyes, units),
    timeline: events.map((event) => ({
      at: event.at,
      move: event.move,
      step: event.step,
      actor: event.by.actor,
      person: personName(event.by, nameOf),
      unit: event.by.unitId === null ? null : units.nameOf(event.by.unitId),
      ...reasonOf(event, around.city),
      publicReply: event.data.publicReply ? maskNumbersIn(event.data.publicReply) : null,
      site: siteView(event.data.site),
      call: callView(event, callOf),
      tried: event.data.tried ?? null,
    })),
  };
}

/** Why something was done: in somebody's words, or by a rule, which is named as the order itself is. */
function reasonOf(
  { by, data }: KeptEvent,
  city: Catalogue,
): Pick<OrderView['timeline'][number], 'why' | 'rule'> {
  const why = data.why ?? data.ground ?? '';
  const rule = by.actor === 'system' ? ruleIn(why) : null;
  if (!rule) return { why: maskNumbersIn(why), rule: null };
  const { matter, area } = rule;
  return { why: '', rule: { matter: matterPath(city, matter), area: areaPath(city, area) } };
}

/** The reply that waits for a yes, looked over. */
function waitingReply(row: OrderRow, events: readonly KeptEvent[]): OrderView['reply'] {
  if (row.state !== 'unit-approval' && row.state !== 'reply-check') return null;
  const text = events.findLast(({ move }) => move === 'reply')?.data.publicReply ?? '';
  const findings = replyFindings(text, `${row.title} ${row.content}`);
  return { text: maskNumbersIn(text), findings };
}

/** Every call about an order: the first, and those its events name. */
function callsIn({ callId }: OrderRow, events: readonly KeptEvent[]): string[] {
  const named = events.flatMap(({ data }) => data.callId ?? data.relay?.callId ?? []);
  return [...new Set([...(callId === null ? [] : [callId]), ...named])];
}

/** Visits in vain so far, for who may try again. */
function visitView(
  { folded }: OrderRow,
  eyes: Eyes,
  { nameOf, now, visitTries, units }: Around,
): OrderView['visit'] {
  if (!mayNote('visit-try', folded, eyes.parts, eyes, units)) return null;
  const tries = folded.visitTries.map(({ personId, ...one }) => ({
    ...one,
    person: nameOf(personId),
  }));
  return { tries, ...visitStanding(folded, visitTries, now) };
}

/** What became of a call to the citizen; where it proves what was said, the proof stays as it was. */
function callView({ move, data: { relay } }: KeptEvent, callOf: CallFinder) {
  if (!relay) return null;
  const isCall = move === 'relay' || move === 'visit-call' || move === 'visit-try';
  if (!isCall) return { ending: 'relayed' as const, talkMs: relay.talkMs ?? null };
  const { ending = null, talkMs = null } = callOf(relay.callId) ?? {};
  return { ending, talkMs };
}

function siteView(site: SiteRecord | undefined) {
  if (!site) return null;
  const { place, parties, fileIds, ...rest } = site;
  const masked = { place: maskNumbersIn(place), parties: maskNumbersIn(parties) };
  return { ...rest, ...masked, fileIds: [...fileIds] };
}

/** The house and citizens have no account. */
function personName({ actor, personId }: KeptEvent['by'], nameOf: (id: string) => string): string {
  return actor === 'system' || actor === 'citizen' ? '' : nameOf(personId);
}

function pendingView({ pending }: Order, nameOf: (id: string) => string): OrderView['pending'] {
  if (!pending) return null;
  const { move, askedAt, agreed, askedBy } = pending;
  return { move, askedAt, agreed, askedBy: nameOf(askedBy.personId) };
}

function worst(
  clocks: readonly Clock[],
  warnAt: PolicyPack['warnAt'],
  now: number,
): Warning | null {
  const order: readonly Warning[] = ['calm', 'amber', 'red', 'overdue'];
  const open = clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const levels = open.map((clock) => order.indexOf(warningOf(clock, warnAt, now)));
  return order[Math.max(-1, ...levels)] ?? null;
}
