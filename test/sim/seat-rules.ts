import { type Book, fail, type Of, type Rules } from './book.ts';

/** What must hold of a seat: one person, one call, one state. */
export class SeatRules {
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  get rules(): Rules {
    return {
      'seat.signed-in': ({ seatId, agentId }) => {
        if (this.#book.seats.has(seatId)) fail(`somebody sits at ${seatId} already`);
        for (const seat of this.#book.seats.values())
          if (seat.agentId === agentId) fail(`I2: ${agentId} sits at two seats`);
        this.#book.newSeat(seatId, agentId);
      },
      'seat.signed-out': ({ seatId }) => {
        const seat = this.#book.seats.get(seatId);
        if (!seat) fail(`nobody sits at ${seatId} to sign out`);
        this.#book.ready.delete(seat);
        this.#book.seats.delete(seatId);
      },
      'seat.queues': ({ seatId, queueIds }) => {
        const seat = this.#book.seats.get(seatId);
        if (!seat) fail(`an empty seat is moved: ${seatId}`);
        seat.levels = this.#book.levels(seatId);
        // Told best level first; the order among equals is nobody's promise.
        const told = [...seat.levels.keys()].toSorted().join();
        const serves = [...queueIds].toSorted().join();
        if (told !== serves) fail(`seat ${seatId} serves ${serves}, was told ${told}`);
      },
      'seat.state': (event) => this.#seatState(event),
    };
  }

  #seatState({ seatId, state, callId, at }: Of<'seat.state'>): void {
    const seat = this.#book.seats.get(seatId);
    if (!seat) fail(`a state of an empty seat: ${seatId}`);
    const before = seat.state;
    if (state === 'offline') this.#book.ready.delete(seat);
    if (before === 'talking' || before === 'hold') {
      const call = this.#book.calls.get(seat.callId ?? '');
      if (call?.talk?.seatId === seatId && !['talking', 'hold'].includes(state))
        fail(`seat ${seatId} is ${state} while ${seat.callId} talks there`);
    }
    if (state === 'talking' || state === 'hold') {
      const call = this.#book.calls.get(callId ?? '');
      if (call?.talk?.seatId !== seatId && !call?.isLost)
        fail(`I2: seat ${seatId} is ${state} with ${callId}, who does not`);
    }
    if (state === 'ready' && before !== 'ringing' && before !== 'ready') seat.idleSince = at;
    if (state === 'ready') this.#book.ready.add(seat);
    else this.#book.ready.delete(seat);
    Object.assign(seat, { state, callId, since: at });
  }
}
