import type { NewEvent, SeatState } from '../../src/events.ts';
import { Book, type CallModel, type CheckerOptions, fail, type Rules } from './book.ts';
import { CallBackRules } from './call-back-rules.ts';
import { CallRules } from './call-rules.ts';
import { QueueRules } from './queue-rules.ts';
import { SeatRules } from './seat-rules.ts';

/**
 * Watches everything the house says and judges it by a simple model of its own. It shares no code
 * with what it judges.
 */
export class Checker {
  readonly #book: Book;
  readonly #rules: Rules;
  /** The latest events, newest last, for the report. */
  readonly #trace: NewEvent[] = [];
  #isDirty = false;

  constructor(options: CheckerOptions) {
    const book = new Book(options);
    this.#book = book;
    this.#rules = {
      ...new CallRules(book).rules,
      ...new CallBackRules(book).rules,
      ...new QueueRules(book).rules,
      ...new SeatRules(book).rules,
    };
  }

  get calls(): ReadonlyMap<string, CallModel> {
    return this.#book.calls;
  }

  get live(): ReadonlyMap<string, CallModel> {
    return this.#book.live;
  }

  get endings(): ReadonlyMap<string, number> {
    return this.#book.endings;
  }

  get arrived(): number {
    return this.#book.arrived;
  }

  /** The record of an ended call was looked at; nothing more is expected of it. */
  forget(callId: string): void {
    this.#book.calls.delete(callId);
  }

  /** The last events, as text. */
  trace(count = 40): string[] {
    return this.#trace.slice(-count).map((event) => JSON.stringify(event));
  }

  traceOf(id: string): string[] {
    return this.#trace
      .filter((event) => JSON.stringify(event).includes(id))
      .map((event) => JSON.stringify(event));
  }

  saw(event: NewEvent, stored: boolean): void {
    this.#trace.push(event);
    if (this.#trace.length > 4_000) this.#trace.splice(0, 2_000);
    if (event.at < this.#book.lastAt) fail(`time ran backwards: ${event.kind}`);
    this.#book.lastAt = event.at;
    this.#isDirty = true;
    const rule = this.#rules[event.kind] as ((event: NewEvent) => void) | undefined;
    const call = 'callId' in event ? this.#book.calls.get(event.callId ?? '') : undefined;
    if (!call?.isLost || event.kind.startsWith('seat.')) rule?.(event);
    else if (event.kind === 'call.ended') this.#book.lose(call);
    if (stored || !('callId' in event)) return;
    const touched = this.#book.calls.get(event.callId ?? '');
    if (touched) touched.tainted = true;
  }

  /** All promises have settled: nobody may wait for somebody who is free (I3). */
  quiet(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#nobodyForgotten();
    for (const call of this.#book.waiting) {
      call.isLeaving = false;
      if (call.standsFor?.state === 'waiting')
        fail(`${call.callId} and ${call.standsFor.callId} are one person and wait twice`);
      if (this.#book.ready.size === 0) continue;
      for (const seat of this.#book.ready) {
        if (this.#book.mayTake(seat, call))
          fail(`I3: ${call.callId} waits while seat ${seat.seatId} is ready`);
      }
    }
  }

  /** Whoever waits, on the line or to be called back, stands in a queue, or is on the way out of it. */
  #nobodyForgotten(): void {
    const graceMs = this.#book.options.withFaults ? 180_000 : 10_000;
    for (const call of this.#book.entering) {
      const waits = call.stage === 'waiting' || call.stage === 'virtual';
      const isWaiting = waits && call.state === 'in-house' && !call.isLost;
      if (!isWaiting) this.#book.entering.delete(call);
      else if (this.#book.lastAt - call.stageAt > graceMs) {
        fail(`${call.callId} waits and stands in no queue`);
      }
    }
  }

  /** A server died and another one has taken over: what lived in memory alone has begun anew. */
  restarted(): void {
    for (const call of this.#book.live.values()) {
      call.survived += 1;
      call.kept = null;
      if (call.stage !== 'virtual') continue;
      call.stageAt = this.#book.lastAt;
      this.#book.entering.add(call);
    }
    for (const call of this.#book.waiting) this.#book.toHouse(call);
    for (const call of this.#book.live.values())
      if (call.state === 'ringing') this.#book.toHouse(call);
    for (const call of this.#book.calls.values()) {
      if (!call.tainted) continue;
      call.isLost = true;
      call.talk = null;
      // Nobody on the line will show that it is lost.
      if (call.stage === 'virtual' || call.channelId.startsWith('back-')) this.#book.lose(call);
    }
  }

  /** How the seats were put back: from what is stored. */
  seatsRestored(
    stored: readonly {
      seatId: string;
      agentId: string;
      state: SeatState;
      since: number;
      callId: string | null;
    }[],
  ): void {
    this.#book.seats.clear();
    this.#book.ready.clear();
    for (const { seatId, agentId, state, since, callId } of stored) {
      const seat = this.#book.newSeat(seatId, agentId);
      const now = afterRestart(state);
      Object.assign(seat, { state: now, callId, since, idleSince: since });
      if (now === 'ready') this.#book.ready.add(seat);
    }
  }
}

/** What rang at a seat does not outlive the server: what the seat is now is told. */
function afterRestart(state: SeatState): SeatState {
  return state === 'ringing' ? 'offline' : state;
}
