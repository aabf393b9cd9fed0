import type { Auditor, Person } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { WorkingDays } from '../kit/working-days.ts';
import { type Catalogue, missingIn } from '../order-rules/catalogue.ts';
import { type Act, decide } from '../order-rules/decide.ts';
import { fold } from '../order-rules/fold.ts';
import type { Refusal } from '../order-rules/guards.ts';
import type { Hand, MoveData, Order, OrderEvent } from '../order-rules/order.ts';
import { type Policies, type PolicyPack, packFor, packName } from '../order-rules/policy.ts';
import { nextRise, risesBy, type SupervisionConfig } from '../order-rules/supervision.ts';
import { taskDue } from '../order-rules/tasks.ts';
import { type Actor, isOpen } from '../order-rules/words.ts';
import type { Store } from '../store/db.ts';
import { deskFor, nextDue, packOf } from './desk.ts';
import type { DispatchRules } from './dispatch.ts';
import { requestOf, rowOf } from './draft-row.ts';
import type { EventChain } from './event-chain.ts';
import type { OrderFiles } from './files.ts';
import { auditLeaders } from './leaders-acts.ts';
import { orderNumber, queryCode } from './numbers.ts';
import { partFor, partsOf } from './parts.ts';
import { refused } from './refused.ts';
import { type CallFinder, evidenceOf } from './relayed.ts';
import type { OrderRow, OrdersRepo } from './repo.ts';
import type { ActBody, NewOrder } from './schema.ts';
import { moveDataOf } from './sent.ts';
import { sendText, sendToAll, type Texting, textFor } from './texts.ts';
import type { Units } from './units.ts';

/** Who asks, from where. */
export interface Visitor {
  readonly person: Person;
  readonly ip: string;
}

interface Parts {
  readonly store: Store;
  readonly repo: OrdersRepo;
  readonly chain: EventChain;
  readonly units: Units;
  readonly rules: DispatchRules;
  readonly policies: Policies;
  readonly calendar: WorkingDays;
  readonly clock: Clock;
  readonly audit: Auditor;
  readonly nameOf: (personId: string) => string;
  /** Puts a text to whoever asked into the outbox. */
  readonly text: Texting;
  /** Matters, areas and templates in force. */
  readonly catalogue: () => { readonly version: number; readonly body: Catalogue };
  readonly files: Pick<OrderFiles, 'mustBeOf'>;
  readonly supervision: SupervisionConfig;
  /** The number that called, by the call. */
  callerOf(callId: string): string | null;
  readonly callOf: CallFinder;
}

/** Who speaks with callers and may have the code sent to them again. */
const codeSenders: readonly Actor[] = ['agent', 'shift-leader', 'visitor'];

/** The house itself, where nobody has to act. */
export const house: Omit<Hand, 'unitId'> & { unitId: null } = {
  personId: 'system',
  actor: 'system',
  unitId: null,
};

/** Work orders: every change is a move of the table, an event in the chain, and a row for the lists. */
export class Orders {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A new draft. @throws AppError `no-such-call` when it names a call nobody knows. */
  open(input: NewOrder, { person, ip }: Visitor): OrderRow {
    const { clock, repo } = this.#parts;
    const id = newId();
    const actor = partFor('open', partsOf(person.roles), null);
    if (actor === null) throw new AppError('forbidden');
    const request = requestOf(input, this.#parts.catalogue().body);
    const by = { personId: person.id, actor, unitId: null };
    const now = clock.now();
    const data = { request, ...(input.callId !== undefined && { callId: input.callId }) };
    const event: OrderEvent = { orderId: id, at: now, move: 'open', step: 'done', by, data };
    const folded = fold(null, event);
    const row = rowOf(input, this.#callerNumber(input), folded, person.id, now, {
      catalogueVersion: this.#parts.catalogue().version,
    });
    this.#parts.store.transaction(() => {
      this.#parts.chain.append(event, ip);
      repo.add(row);
    });
    return row;
  }

  /**
   * Makes a move, or agrees to or declines one.
   * @throws AppError `not-found`, `move-refused` with the reason.
   */
  act(id: string, body: ActBody, { person, ip }: Visitor): OrderRow {
    const row = this.find(id);
    const { units } = this.#parts;
    const actor = partFor(body.do, partsOf(person.roles), row.folded);
    if (actor === null) throw refused('not-yours');
    const unitId = actor.startsWith('unit-') ? units.of(person.id) : null;
    const by: Hand = { personId: person.id, actor, unitId };
    const data = moveDataOf(body, this.#parts);
    if (data.site) this.#parts.files.mustBeOf(id, data.site.fileIds);
    // Who signs and names nobody else takes it on: one tap.
    const signed = body.do === 'sign' ? { owner: person.id, ...data } : data;
    const given = body.do === 'instruct' ? { ...signed, taskId: newId() } : signed;
    this.#move(row, { do: body.do, data: given }, by, ip);
    this.sendOn(id);
    for (const touched of [id, data.masterId]) if (touched) this.supervise(touched);
    return this.find(id);
  }

  /**
   * What somebody without an account does: the citizen, a linked platform, the house.
   * @throws AppError `not-found`, `move-refused` with the reason.
   */
  actAs(id: string, act: Act, by: Hand, ip: string): void {
    this.#move(this.find(id), act, by, ip);
    if (by.actor === 'citizen') this.supervise(id);
  }

  /** Lifts an order to the level a rule says, if one does. */
  supervise(id: string): void {
    const { repo, clock } = this.#parts;
    const row = this.find(id);
    const facts = { repeats: repo.mergedInto(id).length };
    const rule = risesBy(row.folded, facts, this.#parts.supervision.rules, clock.now());
    if (!rule) return;
    this.#try(row, { do: 'supervise', data: { level: rule.level, why: rule.title } }, house, '');
  }

  /** When the house has to look at an order next: for a move of its own, or for a rule of supervision. */
  nextWake(row: OrderRow, folded: Order, now: number): number | null {
    const rise = nextRise(folded, this.#parts.supervision.rules, now);
    const own = this.ownWake(row, folded, now);
    if (own === null || rise === null) return own ?? rise;
    return Math.min(own, rise);
  }

  /** Texts the query code once more, to the order's own number. @throws AppError `forbidden` */
  textCode(id: string, { person, ip }: Visitor): void {
    const { text, audit, store } = this.#parts;
    const row = this.find(id);
    if (!partsOf(person.roles).some((part) => codeSenders.includes(part))) {
      throw new AppError('forbidden');
    }
    store.transaction(() => {
      sendText('query-code', row, row, text);
      audit({ person, ip, action: 'order.code-sent', subject: `order:${id}` });
    });
  }

  /** @throws AppError `not-found` */
  find(id: string): OrderRow {
    const row = this.#parts.repo.byId(id);
    if (!row) throw new AppError('not-found');
    return row;
  }

  /** Sends an accepted order on its way; harmless otherwise. */
  sendOn(id: string): void {
    const row = this.find(id);
    // What seems to repeat another order waits for a dispatcher, but not longer than dispatch may take.
    const { repeatOf, clocks } = row.folded;
    const limit = clocks.find(({ kind }) => kind === 'dispatch')?.dueAt ?? 0;
    const waits = repeatOf !== undefined && this.#parts.clock.now() < limit;
    if (row.state === 'accepted' && !waits) this.#dispatchByRule(row);
  }

  /** Rules send the order to its unit; where they are not sure enough, a person looks at it. */
  #dispatchByRule(row: OrderRow): void {
    const { rules, units } = this.#parts;
    const proposal = rules.propose(row.matter, row.area);
    const unit = proposal && units.onDuty(proposal.leadUnitId);
    if (unit && units.find(unit.id)?.enabled) {
      const { coUnitIds, confidence, rule } = proposal;
      const data = { unit, coUnitIds, confidence, why: rule };
      if (this.#try(row, { do: 'dispatch-by-rule', data }, house, '') === null) return;
    }
    this.#move(row, { do: 'review', data: { why: proposal?.rule ?? '无匹配规则' } }, house, '');
  }

  #move(row: OrderRow, act: Act, by: Hand, ip: string): void {
    const refusal = this.#try(row, act, by, ip);
    if (refusal !== null) throw refused(refusal);
  }

  /** Judges and, unless it is refused, keeps event and row in one transaction. */
  #try(row: OrderRow, act: Act, by: Hand, ip: string): Refusal | null {
    const { store, chain, repo, clock } = this.#parts;
    return store.transaction(() => {
      const before = repo.byId(row.id)?.folded ?? row.folded;
      const now = clock.now();
      const pack = this.#packOf(before, now);
      const data = { ...act.data, ...this.#knownOf(act.do, row, before, pack) };
      const desk = deskFor(this.#deskParts(row), before, pack, now);
      const { event, refusal } = decide(row.id, before, { do: act.do, data }, by, desk);
      if (!event) return refusal;
      const seq = chain.append(event, ip);
      auditLeaders(event, row.number, ip, this.#parts);
      const folded = fold(before, event);
      repo.change(row.id, {
        folded,
        dueAt: nextDue(folded),
        wakeAt: this.nextWake(row, folded, now),
        taskDueAt: taskDue(folded),
        ...(act.do === 'merged-visit' && { visitedAt: now }),
        ...(act.do === 'submit' && { number: orderNumber(now, seq), queryCode: queryCode() }),
      });
      this.#tell(event);
      return null;
    });
  }

  /** What the house itself knows of an act, whatever was sent with it. */
  #knownOf(what: Act['do'], row: OrderRow, before: Order, pack: PolicyPack): MoveData {
    if (what !== 'submit') return evidenceOf(what, before, this.#parts.callOf);
    const { matter, point, answers } = row;
    const missing = missingIn(this.#parts.catalogue().body, matter, point, answers ?? {});
    return { complete: missing.length === 0, pack: packName(pack) };
  }

  #tell(event: OrderEvent): void {
    const kind = textFor(event);
    if (kind !== null) sendToAll(kind, this.find(event.orderId), this.#parts);
  }

  /** When the house itself moves an order: silence, dispatch, the archive. */
  ownWake(row: OrderRow, folded: Order, now: number): number | null {
    const pack = this.#packOf(folded, now);
    const desk = deskFor(this.#deskParts(row), folded, pack, now);
    if (folded.state === 'dispatched' && desk.returnUntil !== null) return desk.returnUntil + 1;
    // Sent on at once by `act`; after a crash or a reopening, by the next wake.
    if (folded.state === 'accepted')
      return folded.repeatOf === undefined ? now : (nextDue(folded) ?? now);
    if (isOpen(folded.state) || folded.state === 'archived') return null;
    return (folded.endedAt ?? now) + desk.appealMs;
  }

  #packOf(order: Order, now: number): PolicyPack {
    const { policies } = this.#parts;
    const pack = packOf(policies, order) ?? packFor(policies, order, now);
    if (!pack) throw new AppError('conflict', { what: 'no policy pack is in force' });
    return pack;
  }

  /** At the hotline the first receiver answers for an order (首接负责). */
  #deskParts({ createdBy }: OrderRow) {
    const { calendar, units } = this.#parts;
    return { calendar, units, hotlineDuty: createdBy };
  }

  #callerNumber({ callerNumber, callId }: NewOrder): string {
    if (callerNumber !== undefined) return callerNumber;
    if (callId === undefined) return '';
    const number = this.#parts.callerOf(callId);
    if (number === null) throw new AppError('not-found');
    return number;
  }
}
