import type { Effect } from '../acd/types.ts';
import type { EndingSlug } from '../ending.ts';
import type { DomainEvent, NewEvent } from '../events.ts';
import type { CallBackFailure, CallBackOutcome } from '../events-call-back.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { rulesOf, wasMissed } from './call-back-rules.ts';
import { type CallBackDoor, type House, queueConfig } from './house.ts';
import type { LiveCalls } from './live-calls.ts';
import { nextOpening } from './next-opening.ts';
import type { Language } from './ports.ts';
import type { CallBackRecord, CallRecord, CallRepo } from './repo.ts';
import { createServing, type Serving } from './serve-call-back.ts';
import type { Virtual, Wait } from './stage.ts';

/** A virtual caller: to be called back when a seat is reserved for them. */
export interface VirtualCaller {
  /** Their own call, which has no line yet. */
  callId: string;
  /** The call that asked for it. */
  ofCallId: string;
  number: string;
  dialled: string;
  entryId: string;
  language: Language;
  wait: Wait;
  /** How often they were dialled in vain. */
  tries: number;
  /** A seat is rung for them, or they are dialled. */
  serving: Serving | null;
}

/** Everybody who is to be called back. */
export interface CallBacks extends CallBackDoor {
  /** Who serves a caller once they are on the line. */
  handOverTo(liveCalls: Pick<LiveCalls, 'adopt' | 'reached'>): void;
  /** What happened: somebody was missed, or called again and was answered. */
  hear(event: DomainEvent): void;
  /** Back in the old place after a restart. */
  restore(call: CallRecord, virtual: Virtual): void;
  /** Nobody is dialled before this has settled; it never rejects. */
  dialAfter(over: Promise<unknown>): void;
  /** At once, in the place there is. @throws AppError `not-found`, `number-not-allowed` */
  callNow(ofCallId: string): void;
  /** @throws AppError `not-found` when there is nothing to close */
  close(ofCallId: string, how: CallBackOutcome, personId: string | null): void;
  /** The server stops: rings end, everybody stays written down. */
  stop(): void;
}

export type CallBackParts = Omit<House, 'callBacks'> & {
  repo: Pick<CallRepo, 'call' | 'callBack' | 'callBackOf' | 'openCallBacks'>;
};

/** Whom a virtual caller is made of. */
type Origin = Pick<VirtualCaller, 'ofCallId' | 'number' | 'dialled' | 'entryId' | 'language'>;

export function createCallBacks(parts: CallBackParts): CallBacks {
  const { repo, dispatcher, record, clock, telephony } = parts;
  const virtuals = new Map<string, VirtualCaller>();
  const serve = createServing(parts, {
    rulesOf: (queueId) => rulesOf(parts, queueId),
    isVirtual: (callId) => virtuals.has(callId),
    onTheLine: (callId) => void virtuals.delete(callId),
    failed,
  });
  let isStopped = false;

  const canReach = (number: string) => telephony.dialRefusal(number) !== 'not-allowed';

  /** The earliest moment from `at` on at which the queue is open. */
  function openFrom(queueId: string, at: number): number {
    const hoursId = queueConfig(parts, queueId)?.hours;
    const { hours, holidays } = parts.hotline();
    const found = hours.find(({ id }) => id === hoursId);
    return found ? nextOpening(found, holidays, at) : at;
  }

  /**
   * Makes a virtual caller. `wish` is what asked for it, written down with it or not at all; `keptId`
   * is the waiting call whose place they take over.
   */
  function begin(
    origin: Origin,
    wait: Wait,
    notBefore: number,
    { wish = [], keptId }: { wish?: NewEvent[]; keptId?: string | undefined } = {},
  ): void {
    const virtual: VirtualCaller = { ...origin, callId: newId(), wait, tries: 0, serving: null };
    const { callId } = virtual;
    const { ofCallId, number: caller, entryId, dialled, language } = origin;
    const at = clock.now();
    const call = { callId, ofCallId, entryId, queueId: wait.queueId, caller, dialled, language };
    const data: Omit<Virtual, 'name'> = { wait, ring: null };
    virtuals.set(callId, virtual);
    record(
      ...wish,
      { kind: 'call.call-back-begun', at, ...call, notBefore },
      { kind: 'call.stage', at, callId, stage: 'virtual', data },
    );
    if (keptId !== undefined)
      dispatcher.submit({ kind: 'caller-kept', callId: keptId, asCallId: callId });
    else enter(virtual, notBefore);
  }

  function enter({ callId, wait, tries }: VirtualCaller, notBefore: number): void {
    if (isStopped) return;
    const { queueId, priority, arrivedAt, creditMs = 0, lastAgentId = null } = wait;
    const place = { callId, queueId, priority, arrivedAt, creditMs, lastAgentId };
    dispatcher.submit({ kind: 'caller-entered', ...place, callBack: { tries, notBefore } });
  }

  /** Not reached: the pause, or the end after the last attempt. */
  function failed(virtual: VirtualCaller, seatId: string, attempt: number, why: CallBackFailure) {
    const { callId, wait } = virtual;
    // Settled meanwhile: they called by themselves, or nobody wants it any more.
    if (!virtuals.has(callId)) return;
    const { attempts, pauseMs } = rulesOf(parts, wait.queueId);
    virtual.tries += 1;
    const isLast = virtual.tries >= attempts;
    const againAt = isLast ? null : openFrom(wait.queueId, clock.now() + pauseMs);
    dispatcher.submit({ kind: 'call-back-failed', callId, seatId, attempt, why, againAt });
    if (isLast) end(virtual, 'call-back-failed');
  }

  function end(virtual: VirtualCaller, ending: EndingSlug): void {
    const { callId } = virtual;
    virtuals.delete(callId);
    virtual.serving?.stop.abort();
    dispatcher.submit({ kind: 'caller-left', callId, abandoned: false });
    record({ kind: 'call.ended', at: clock.now(), callId, ending });
  }

  function close(wish: CallBackRecord, how: CallBackOutcome, personId: string | null): void {
    const at = clock.now();
    record({ kind: 'call.call-back-closed', at, callId: wish.callId, how, personId });
    const virtual = virtuals.get(wish.backId ?? '');
    const isBack = how === 'called-again' || how === 'taken-over';
    if (virtual) end(virtual, isBack ? 'call-back-settled' : 'call-back-cancelled');
  }

  /** Asked of memory: what waits for room on a full disk is not in the records yet. */
  function isHeldFor(number: string, exceptCallId: string): boolean {
    for (const virtual of virtuals.values())
      if (virtual.number === number && virtual.ofCallId !== exceptCallId) return true;
    return false;
  }

  /** A caller's own wish, while the caller is on the line. */
  function wishFor(call: Parameters<CallBackDoor['take']>[0], wait: Wait): void {
    const { callId, line, entry, language } = call;
    const { callerNumber: number, dialledNumber: dialled } = line;
    const { queueId } = wait;
    const at = clock.now();
    const waits = dispatcher.engine.place(callId) !== null;
    const wish: NewEvent = { kind: 'call.call-back-requested', at, callId, queueId };
    const earlier = repo.openCallBacks(number).filter((one) => one.callId !== callId);
    // One number has one wish: the earlier one keeps its place, unless nobody will dial it any more.
    if (isHeldFor(number, callId)) {
      const how = 'called-again';
      return record(wish, { kind: 'call.call-back-closed', at, callId, how, personId: null });
    }
    if (canReach(number)) {
      const origin = { ofCallId: callId, number, dialled, entryId: entry.id, language };
      const from = { ...wait, hops: 0, after: null };
      const keptId = waits ? callId : undefined;
      begin(origin, from, openFrom(queueId, at), { wish: [wish], keptId });
    } else record(wish);
    for (const one of earlier) close(one, 'called-again', null);
  }

  function missed(call: CallRecord): void {
    const { id: callId, caller, queueId } = call;
    if (
      caller === '' ||
      queueId === null ||
      call.callBackOf !== null ||
      !wasMissed(call, parts.hotline().shortAbandonMs)
    )
      return;
    const mode = rulesOf(parts, queueId).missed;
    const isWanted = isHeldFor(caller, callId) || repo.openCallBacks(caller).length > 0;
    if (mode === 'off' || isWanted) return;
    const at = clock.now();
    const kind = 'call.call-back-requested';
    const wish: NewEvent = { kind, at, callId, queueId, isMissed: true };
    if (mode === 'list' || !canReach(caller)) return record(wish);
    // They gave the place up: behind everybody who holds.
    begin(originOf(call), waitFrom(call, at), openFrom(queueId, at), { wish: [wish] });
  }

  function calledAgain(callId: string): void {
    const caller = repo.call(callId)?.caller ?? '';
    if (caller === '') return;
    for (const wish of repo.openCallBacks(caller)) {
      if (wish.backId !== callId) close(wish, 'called-again', null);
    }
  }

  /** The caller of a virtual call stands in its place, on the line. */
  function takenOver(backId: string): void {
    const wish = repo.callBackOf(backId);
    if (wish && wish.doneAt === null) close(wish, 'taken-over', null);
  }

  return {
    canReach,
    keptFor(number, queueId) {
      if (number === '') return null;
      for (const { backId } of repo.openCallBacks(number)) {
        const virtual = virtuals.get(backId ?? '');
        const place = virtual && dispatcher.engine.place(virtual.callId);
        if (virtual && place?.queueId === queueId) {
          return { callId: virtual.callId, placeAt: place.placeAt };
        }
      }
      return null;
    },
    handOverTo: serve.handOverTo,
    dialAfter: serve.dialAfter,
    take(call, wait) {
      wishFor(call, wait);
      const { callId } = call;
      if (dispatcher.engine.place(callId))
        dispatcher.submit({ kind: 'caller-left', callId, abandoned: false });
    },
    onEffect(effect: Effect) {
      const virtual = virtuals.get(effect.callId);
      if (!virtual) return;
      if (effect.kind === 'ring') void serve.ring(virtual, effect);
      else if (effect.kind === 'not-kept') end(virtual, 'call-back-failed');
      else if (virtual.serving?.attempt === effect.attempt) virtual.serving.stop.abort();
    },
    hear(event) {
      // Not amid what the engine tells just now: a ring for them ends before their call does.
      if (event.kind === 'call.connected') {
        const { callId } = event;
        return void Promise.resolve().then(() => calledAgain(callId));
      }
      if (event.kind === 'call.queued' && event.insteadOf !== undefined) {
        const { insteadOf } = event;
        return void Promise.resolve().then(() => takenOver(insteadOf));
      }
      if (event.kind !== 'call.ended') return;
      const call = repo.call(event.callId);
      if (call) missed(call);
    },
    restore(call, { wait }) {
      const wish = repo.callBackOf(call.id);
      const ofCallId = call.callBackOf ?? '';
      const tries = wish?.attempts ?? 0;
      const restored = { ...originOf(call), ofCallId, callId: call.id, wait, tries, serving: null };
      if (!wish || wish.doneAt !== null) return end(restored, 'call-back-cancelled');
      virtuals.set(call.id, restored);
      enter(restored, wish.nextAt ?? 0);
    },
    callNow(ofCallId) {
      const wish = repo.callBack(ofCallId);
      const call = repo.call(ofCallId);
      if (!wish || !call || wish.doneAt !== null) throw new AppError('not-found');
      const virtual = virtuals.get(wish.backId ?? '');
      if (virtual) return dispatcher.submit({ kind: 'call-back-due', callId: virtual.callId });
      if (!canReach(wish.caller)) throw new AppError('number-not-allowed');
      const at = clock.now();
      begin(originOf(call), waitFrom({ ...call, queueId: wish.queueId }, at), at);
    },
    close(ofCallId, how, personId) {
      const wish = repo.callBack(ofCallId);
      if (!wish || wish.doneAt !== null) throw new AppError('not-found');
      close(wish, how, personId);
    },
    stop() {
      isStopped = true;
      for (const { callId, serving } of virtuals.values()) {
        serving?.stop.abort();
        dispatcher.submit({ kind: 'caller-left', callId, abandoned: false });
      }
      virtuals.clear();
    },
  };
}

function originOf({ id, caller, dialled, entryId, language }: CallRecord): Origin {
  return { ofCallId: id, number: caller, dialled, entryId, language: language as Language };
}

function waitFrom({ queueId, priority }: CallRecord, arrivedAt: number): Wait {
  return { queueId: queueId ?? '', priority, arrivedAt, hops: 0, after: null };
}
