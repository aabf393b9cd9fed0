import { PRIORITY_CREDIT_MS } from '../../src/acd/types.ts';
import type { EventOf, NewEvent } from '../../src/events.ts';

/** Somebody not yet answered, as the events tell. */
interface Waiting {
  queueId: string;
  arrivedAt: number;
  creditMs: number;
  enteredAt: number;
  placeAt: number;
  order: number;
  isRung: boolean;
  /** Nobody is on the line. */
  isVirtual: boolean;
  /** A virtual caller who was not reached takes no seat before this. */
  pausedUntil: number;
}

/** The levels of a seat, by queue. */
type Levels = ReadonlyMap<string, number>;

/** Queue `s` lets levels above 2 in after this long. */
const WIDENS_AFTER_MS = 15_000;

const nowhere = { arrivedAt: 0, creditMs: 0 };

/** The id a caller has once they hung up to be called back. */
export function virtualOf(callId: string): string {
  return callId.replace('c', 'v');
}

/**
 * The checker's own simple memory of who waits, and since when. It knows nothing of seats but their
 * levels, and finds everybody who is overtaken.
 */
export class LineModel {
  readonly waiting = new Map<string, Waiting>();
  readonly attempts = new Map<string, number>();
  /** The caller who hangs up now to be called back. */
  leaving: string | null = null;
  #order = 0;

  /** `before`: until when time had passed before the command this event is an answer to. */
  hear(event: NewEvent, before: number, levels: Levels | undefined): void {
    switch (event.kind) {
      case 'call.queued':
        return this.#queued(event);
      case 'call.ringing':
        this.#checkOvertaking(event.callId, before, levels);
        this.attempts.set(event.callId, event.attempt);
        return this.#change(event.callId, { isRung: true });
      case 'call.ring-failed':
        return this.#change(event.callId, { isRung: false });
      case 'call.call-back-failed':
        if (event.againAt === null) this.waiting.delete(event.callId);
        return this.#change(event.callId, { isRung: false, pausedUntil: event.againAt ?? 0 });
      case 'call.priority': {
        const { arrivedAt, creditMs } = this.waiting.get(event.callId) ?? nowhere;
        const place = placeAt(arrivedAt, event.priority) - creditMs;
        return this.#change(event.callId, { placeAt: place });
      }
      case 'call.connected':
      case 'call.abandoned':
        this.waiting.delete(event.callId);
        return;
      default:
        return;
    }
  }

  /** A leader ended the pause. */
  due(callId: string): void {
    this.#change(callId, { pausedUntil: 0 });
  }

  /** May this caller have this seat, as far as waiting goes? */
  isEligible(callId: string, now: number, levels: Levels | undefined): boolean {
    const caller = this.waiting.get(callId);
    const level = caller && levels?.get(caller.queueId);
    if (!caller || level === undefined || caller.isRung || caller.pausedUntil > now) return false;
    const isNarrow = caller.queueId === 's' && now - caller.enteredAt < WIDENS_AFTER_MS;
    return level <= (isNarrow ? 2 : 9);
  }

  #queued(event: Omit<EventOf<'call.queued'>, 'seq'>): void {
    const { callId, queueId, arrivedAt, isCallBack, creditMs = 0 } = event;
    const isVirtual = isCallBack === true;
    const known = this.waiting.get(callId);
    const left = isVirtual ? this.waiting.get(this.leaving ?? '') : undefined;
    if (left) return this.#kept(event, left);
    if (event.insteadOf !== undefined) return this.#tookOver(event, event.insteadOf);
    this.#order += 1;
    this.waiting.set(callId, {
      queueId,
      arrivedAt,
      creditMs,
      enteredAt: event.at,
      placeAt: placeAt(arrivedAt, event.priority) - creditMs,
      order: known?.order ?? this.#order,
      isRung: false,
      isVirtual,
      pausedUntil: known?.pausedUntil ?? 0,
    });
  }

  /** Whoever hangs up to be called back stands exactly where they stood. */
  #kept(event: Omit<EventOf<'call.queued'>, 'seq'>, left: Waiting): void {
    const place = placeAt(event.arrivedAt, event.priority) - (event.creditMs ?? 0);
    if (place !== left.placeAt || left.queueId !== event.queueId)
      throw new Error(`${event.callId} did not keep the place`);
    this.waiting.delete(this.leaving ?? '');
    this.waiting.set(event.callId, { ...left, isVirtual: true });
  }

  /** Who calls again stands exactly where the virtual caller stood, who is gone. */
  #tookOver(event: Omit<EventOf<'call.queued'>, 'seq'>, virtualId: string): void {
    const { callId, queueId, arrivedAt, priority, creditMs = 0 } = event;
    const virtual = this.waiting.get(virtualId);
    const own = placeAt(arrivedAt, priority);
    if (!virtual?.isVirtual || own - creditMs !== Math.min(own, virtual.placeAt))
      throw new Error(`${callId} did not get the place of ${virtualId}`);
    this.waiting.delete(virtualId);
    const now = { isVirtual: false, isRung: false, pausedUntil: 0, queueId, arrivedAt, creditMs };
    this.waiting.set(callId, { ...virtual, ...now, placeAt: own - creditMs });
  }

  /**
   * A caller who is rung for overtakes nobody: not by a virtual caller those who hold, nor the other
   * way round. Whose turn came within the very command is not looked at.
   */
  #checkOvertaking(callId: string, before: number, levels: Levels | undefined): void {
    const rung = this.waiting.get(callId);
    if (!rung) throw new Error(`${callId} is rung for and waits nowhere`);
    for (const [other, { placeAt: place, order, enteredAt }] of this.waiting) {
      if (other === callId || enteredAt > before || !this.isEligible(other, before, levels))
        continue;
      if (place < rung.placeAt || (place === rung.placeAt && order < rung.order))
        throw new Error(`${callId} overtook ${other}`);
    }
  }

  #change(callId: string, change: Partial<Waiting>): void {
    const caller = this.waiting.get(callId);
    if (caller) Object.assign(caller, change);
  }
}

function placeAt(arrivedAt: number, priority: number): number {
  return arrivedAt - priority * PRIORITY_CREDIT_MS;
}
