import { type Book, type CallModel, fail, newCall, type Of, type Rules } from './book.ts';

/** What must hold of callers who are to be called back: one place, one ring, nobody overtaken. */
export class CallBackRules {
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  get rules(): Rules {
    return {
      // Out of the line by their own wish; a virtual caller takes the place over.
      'call.call-back-requested': ({ callId }) => {
        const call = this.#book.need(callId);
        if (call.state === 'waiting') call.isLeaving = true;
      },
      // An earlier wish of theirs is kept: nobody takes this place over.
      'call.call-back-closed': ({ callId }) => {
        const call = this.#book.calls.get(callId);
        if (call?.state === 'waiting') this.#book.toHouse(call);
      },
      'call.call-back-begun': (event) => this.#begun(event),
      'call.call-back-dialled': ({ callId, seatId, channelId }) => {
        const call = this.#virtual(callId);
        if (call.ring?.seatId !== seatId) fail(`${callId} is dialled without a seat`);
        call.channelId = channelId;
      },
      'call.call-back-failed': ({ callId, seatId, againAt }) => {
        const call = this.#virtual(callId);
        if (call.ring?.seatId !== seatId)
          fail(`${callId} was not reached and ${seatId} is not theirs`);
        if (againAt === null) return this.#book.toHouse(call);
        call.ring = null;
        call.state = 'waiting';
        call.pausedUntil = againAt;
        this.#book.waiting.add(call);
      },
    };
  }

  #begun({ callId, ofCallId, notBefore, at }: Of<'call.call-back-begun'>): void {
    if (this.#book.calls.has(callId)) fail(`${callId} begins twice`);
    const call = newCall(callId, '', at, 0);
    const of = this.#book.calls.get(ofCallId);
    call.stage = 'virtual';
    call.standsFor = of ?? null;
    // Whoever waits is given over in the place they have.
    if (of?.state === 'waiting') call.kept = of.place;
    else call.pausedUntil = notBefore;
    this.#book.entering.add(call);
    this.#book.calls.set(callId, call);
    this.#book.live.set(callId, call);
  }

  #virtual(callId: string): CallModel {
    const call = this.#book.alive(callId);
    if (call.stage !== 'virtual') fail(`${callId} is called back while ${call.stage}`);
    if (call.state !== 'ringing') fail(`${callId} is called back while ${call.state}`);
    return call;
  }
}
