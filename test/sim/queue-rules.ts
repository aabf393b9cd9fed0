import { type Book, type CallModel, fail, type Of, type Rules } from './book.ts';

/** A minute of waiting per step of priority: the published rule, written down a second time. */
const CREDIT_MS = 60_000;

/** What must hold between a caller and the seats: places, rings, talks. */
export class QueueRules {
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  get rules(): Rules {
    return {
      'call.queued': (event) => this.#queued(event),
      'call.overflowed': ({ callId, fromQueueId }) => {
        const call = this.#book.alive(callId);
        if (call.state !== 'waiting' || call.place?.queueId !== fromQueueId)
          fail(`${callId} overflows from ${fromQueueId} and is ${call.state}`);
        this.#book.toHouse(call);
      },
      'call.priority': ({ callId, priority }) => {
        const { place } = this.#book.alive(callId);
        if (!place) fail(`${callId} gets a priority and does not wait`);
        place.priority = priority;
        place.placeAt = place.arrivedAt - priority * CREDIT_MS - place.creditMs;
      },
      'call.ringing': (event) => this.#ringing(event),
      'call.ring-failed': ({ callId, seatId, attempt, why }) => {
        const call = this.#book.alive(callId);
        if (call.ring?.seatId !== seatId || call.ring.attempt !== attempt)
          fail(`${callId}: a ring failed that was not there`);
        if (call.isLeaving) return this.#book.toHouse(call);
        call.ring = null;
        call.state = 'waiting';
        call.isLeaving = why === 'withdrawn';
        this.#book.waiting.add(call);
      },
      'call.connected': (event) => this.#connected(event),
      'call.abandoned': ({ callId, queueId, waitedMs, at }) => {
        const call = this.#book.alive(callId);
        if (!call.place || call.place.queueId !== queueId)
          fail(`${callId} gave up in ${queueId} and was not there`);
        if (waitedMs !== at - call.place.arrivedAt)
          fail(`${callId}: waited ${waitedMs} ms, should be ${at - call.place.arrivedAt}`);
        this.#leaves(call);
      },
      'call.turned-away': ({ callId }) => this.#leaves(this.#book.alive(callId)),
      'call.held': ({ callId, seatId }) => this.#hold(callId, seatId, true),
      'call.resumed': ({ callId, seatId }) => this.#hold(callId, seatId, false),
      'call.rejoined': ({ callId, seatId }) => {
        if (this.#book.alive(callId).talk?.seatId !== seatId)
          fail(`${callId} rejoined by ${seatId} and not talking there`);
      },
      'call.talk-ended': ({ callId, seatId, by, talkMs, at }) => {
        const call = this.#book.alive(callId);
        if (call.talk?.seatId !== seatId)
          fail(`${callId}: a talk ended at ${seatId} that was not there`);
        if (talkMs !== at - call.talk.since && !call.tainted)
          fail(`${callId}: talked ${talkMs} ms, should be ${at - call.talk.since}`);
        call.talk = null;
        call.lastTalkEndedBy = by;
        call.state = 'in-house';
      },
    };
  }

  /** Out of the queue, or taken out while a seat rings: the failed ring may be told afterwards. */
  #leaves(call: CallModel): void {
    if (call.state === 'talking') fail(`${call.callId} leaves the queue while talking`);
    if (call.state === 'ringing') call.isLeaving = true;
    else this.#book.toHouse(call);
  }

  #queued(event: Of<'call.queued'>): void {
    const { callId, queueId, priority, arrivedAt, at, creditMs = 0, insteadOf } = event;
    const call = this.#book.alive(callId);
    if (call.state !== 'in-house') fail(`I1: ${callId} enters ${queueId} while ${call.state}`);
    const { wait } = call;
    if (insteadOf !== undefined) this.#takesOver(call, insteadOf, event);
    if (wait && (wait.creditMs ?? 0) !== creditMs) fail(`${callId} has a credit of its own making`);
    if (wait && (wait.arrivedAt !== arrivedAt || wait.priority !== priority))
      fail(`${callId} enters ${queueId} at another place than it had`);
    this.#book.order += 1;
    const placeAt = arrivedAt - priority * CREDIT_MS - creditMs;
    const own = { order: this.#book.order, enteredAt: at };
    const { order, enteredAt } = call.kept ?? own;
    if (call.kept && event.insteadOf === undefined && placeAt !== call.kept.placeAt)
      fail(`${callId} enters ${queueId} at another place than was kept for it`);
    // Whoever is given over is out of the queue in the same step.
    if (call.kept && call.standsFor) this.#book.toHouse(call.standsFor);
    call.kept = null;
    call.place = { queueId, placeAt, order, arrivedAt, priority, creditMs, enteredAt };
    call.state = 'waiting';
    this.#book.waiting.add(call);
  }

  /** Who asked to be called back is on the line again: exactly where the virtual caller stood. */
  #takesOver(call: CallModel, virtualId: string, event: Of<'call.queued'>): void {
    // One whose events were lost on a full disk is written off, and goes on as the books have it.
    if (this.#book.need(virtualId).isLost) return;
    const virtual = this.#book.alive(virtualId);
    const { place } = virtual;
    if (virtual.stage !== 'virtual' || !place) fail(`${call.callId} takes over from nobody`);
    const own = event.arrivedAt - event.priority * CREDIT_MS;
    // What a server wrote down before it died may be older than what a leader did since.
    const isKnown = call.survived === 0 && virtual.survived === 0;
    if (isKnown && own - (event.creditMs ?? 0) !== Math.min(own, place.placeAt))
      fail(`${call.callId} took over ${virtualId} and stands elsewhere`);
    call.kept = place;
    this.#leaves(virtual);
  }

  #ringing({ callId, queueId, seatId, attempt, chosenBy, at }: Of<'call.ringing'>): void {
    const call = this.#book.alive(callId);
    const seat = this.#book.seats.get(seatId);
    if (call.state !== 'waiting' || call.place?.queueId !== queueId)
      fail(`I1: ${callId} rings in ${queueId} while ${call.state}`);
    if (!seat || seat.state !== 'ready')
      fail(`I2: seat ${seatId} is rung while ${seat?.state ?? 'empty'}`);
    if (!seat.levels.has(queueId))
      fail(`seat ${seatId} is rung for ${queueId}, which it does not serve`);
    if (call.pausedUntil > at) fail(`${callId} is rung for before the pause is over`);
    for (const other of this.#book.waiting) {
      if (
        other !== call &&
        !other.isLeaving &&
        this.#book.mayTake(seat, other) &&
        standsBefore(other, call)
      ) {
        fail(`order: seat ${seatId} takes ${callId} before ${other.callId}`);
      }
    }
    if (chosenBy === 'longest-idle') {
      for (const other of this.#book.ready) {
        if (other.idleSince < seat.idleSince && this.#book.mayTake(other, call))
          fail(`order: ${callId} rings ${seatId}, but ${other.seatId} is free longer`);
      }
    }
    this.#book.waiting.delete(call);
    call.isLeaving = false;
    call.state = 'ringing';
    call.ring = { seatId, attempt, at };
  }

  #connected({ callId, queueId, seatId, waitedMs, ringMs, at }: Of<'call.connected'>): void {
    const call = this.#book.alive(callId);
    const { ring, place } = call;
    if (!ring || !place || ring.seatId !== seatId)
      fail(`I1: ${callId} is connected to ${seatId}, which does not ring for it`);
    if (waitedMs !== at - place.arrivedAt)
      fail(`${callId}: waited ${waitedMs} ms, should be ${at - place.arrivedAt}`);
    if (ringMs !== at - ring.at) fail(`${callId}: rang ${ringMs} ms, should be ${at - ring.at}`);
    this.#book.toHouse(call);
    call.state = 'talking';
    call.talk = { seatId, queueId, since: at, held: false };
    call.connects += 1;
  }

  #hold(callId: string, seatId: string, held: boolean): void {
    const { talk } = this.#book.alive(callId);
    if (talk?.seatId !== seatId || talk.held === held)
      fail(`${callId}: ${held ? 'held' : 'resumed'} by ${seatId} out of turn`);
    talk.held = held;
  }
}

function standsBefore({ place: a }: CallModel, { place: b }: CallModel): boolean {
  if (!a || !b) return false;
  return a.placeAt < b.placeAt || (a.placeAt === b.placeAt && a.order < b.order);
}
