import { endings } from '../../src/ending.ts';
import { type Book, type CallModel, fail, newCall, type Of, type Rules } from './book.ts';
import { LATE_MAX_MS } from './link.ts';

/** What must hold of a call from its arrival to its one ending. */
export class CallRules {
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  get rules(): Rules {
    return {
      'call.arrived': (event) => {
        const { callId, channelId } = event;
        if (this.#book.calls.has(callId)) fail(`${callId} arrived twice`);
        let survived = this.#wasLostOn(channelId) ? 1 : 0;
        for (const call of this.#book.live.values()) {
          if (call.channelId !== channelId) continue;
          if (!call.tainted) fail(`I4: ${channelId} has two calls`);
          this.#book.lose(call);
          survived = 1;
        }
        const call = newCall(callId, channelId, event.at, survived);
        this.#book.arrived += 1;
        this.#book.calls.set(callId, call);
        this.#book.live.set(callId, call);
      },
      'call.stage': ({ callId, stage, data, at }) => {
        const call = this.#book.alive(callId);
        const isFirst = call.stage === 'arrived' || call.stage === 'greeting';
        if (stage === 'greeting' && !isFirst)
          fail(`${callId} is greeted again after ${call.stage}`);
        const before = call.stage;
        call.stage = stage;
        call.stageAt = at;
        // Told that the place is kept; or called back, and the agent had just gone.
        const hasLeft = stage === 'message' || (before === 'virtual' && stage === 'waiting');
        if (hasLeft && call.state === 'waiting') this.#book.toHouse(call);
        if (stage === 'waiting') this.#book.entering.add(call);
        call.wait = stage === 'waiting' ? (data as CallModel['wait']) : null;
        if (stage === 'greeting' && call.survived === 0) this.#greetedOnce(call);
      },
      'call.rating-asked': ({ callId, at }) => {
        const call = this.#book.alive(callId);
        if (call.connects === 0) fail(`${callId} was asked to rate and never talked`);
        if (call.talk) fail(`${callId} is asked to rate while talking`);
        call.ratingAskedAt = at;
      },
      'call.rated': (event) => this.#rated(event),
      'call.noted': ({ callId }) => void this.#book.need(callId),
      'call.ended': (event) => this.#ended(event),
    };
  }

  /** Was a call on this channel over before any of it could be stored, and the server dead before it hung up? */
  #wasLostOn(channelId: string): boolean {
    for (const call of this.#book.calls.values())
      if (call.channelId === channelId && call.isLost) return true;
    return false;
  }

  #greetedOnce(call: CallModel): void {
    const channel = this.#book.options.channel(call.channelId);
    if (channel && channel.heard.length > 0 && call.survived === 0) {
      fail(`${call.callId} is greeted after it has heard ${channel.heard[0]?.promptId}`);
    }
  }

  #rated({ callId, score, at }: Of<'call.rated'>): void {
    const call = this.#book.alive(callId);
    if (call.rating !== null) fail(`${callId} is rated twice`);
    call.rating = score;
    const { ratingAskedAt } = call;
    const channel = this.#book.options.channel(call.channelId);
    if (ratingAskedAt === null) fail(`${callId} is rated without being asked`);
    // A key that was overtaken on the way, as no stream of Asterisk's does it, answers what is asked when it comes.
    const pressedFrom = ratingAskedAt - (this.#book.options.withFaults ? LATE_MAX_MS : 0);
    const pressed = channel?.pressed.some(
      (key) => key.key === String(score) && key.at >= pressedFrom && key.at <= at,
    );
    // Of a caller who has left meanwhile the exchange knows nothing any more.
    if (channel && !pressed) fail(`${callId} is rated ${score} and nobody pressed that key`);
  }

  #ended({ callId, ending, at }: Of<'call.ended'>): void {
    const call = this.#book.alive(callId);
    if (call.talk) fail(`${callId} ended while seat ${call.talk.seatId} still talks`);
    // Taken out of the queue without a word: only when something broke.
    const kind = endings[ending].class;
    const isVirtual = call.stage === 'virtual';
    if ((kind === 'failed' || isVirtual) && call.state === 'waiting') this.#book.toHouse(call);
    if (call.state !== 'in-house') fail(`${callId} ended while ${call.state}`);
    call.state = 'ended';
    call.ending = ending;
    call.endedAt = at;
    this.#book.endings.set(ending, (this.#book.endings.get(ending) ?? 0) + 1);
    this.#book.live.delete(callId);
    const mayFail = this.#book.options.withFaults || ending === 'unknown-number';
    if (kind === 'failed' && !mayFail)
      fail(`${callId} ended with ${ending} and nothing was broken`);
    if (call.tainted) return;
    if (kind === 'answered' && call.connects === 0)
      fail(`${callId} ended ${ending} and never talked`);
    if (kind === 'abandoned' && call.connects > 0) fail(`${callId} talked and ended ${ending}`);
    if (ending === 'seat-lost' && call.lastTalkEndedBy !== 'seat-lost')
      fail(`${callId}: ending ${ending}, but no seat was lost`);
    if (at < call.arrivedAt) fail(`${callId} ended before it arrived`);
  }
}
