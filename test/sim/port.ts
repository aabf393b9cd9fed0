import type {
  Leg,
  Line,
  LiveChannels,
  Monitoring,
  OpenLines,
  OutgoingLine,
  OutgoingRequest,
  OutsideResult,
  Party,
  RingRequest,
  RingResult,
  Talk,
  Telephony,
  TelephonyEvents,
} from '../../src/calls/ports.ts';
import { waitOrAbort } from '../../src/kit/abort.ts';
import type { Clock } from '../../src/kit/clock.ts';
import type { CallerChannel, City, ExchangeEvent, SeatChannel } from './channels.ts';
import type { Exchange } from './exchange.ts';
import { type Link, type Listener, never } from './link.ts';
import { PortCalled } from './port-called.ts';
import { PortLeg } from './port-leg.ts';
import { PortLine } from './port-line.ts';
import { PortTalk } from './port-talk.ts';

/** The telephony of one server process: it knows only what it was told, and dies with the process. */
export class Port implements Telephony, Listener {
  readonly lines = new Map<string, PortLine>();
  readonly legs = new Map<string, PortLeg>();
  /** Bridges of talks that are going on. */
  readonly talks = new Set<string>();
  readonly link: Link;
  readonly clock: Clock;
  readonly isAlive: () => boolean;
  readonly #city: City;
  #listener: TelephonyEvents | null = null;
  #early: Line[] = [];
  #isAdopted = false;

  constructor(link: Link, clock: Clock, isAlive: () => boolean, city: City = null) {
    this.#city = city;
    this.link = link;
    this.clock = clock;
    this.isAlive = isAlive;
  }

  get exchange(): Exchange {
    return this.link.exchange;
  }

  command<T>(work: () => T): Promise<T> {
    return this.isAlive() ? this.link.command(work, this.isAlive) : never();
  }

  async connect(): Promise<LiveChannels> {
    this.link.attach(this);
    while (!(await this.#insist(() => {})));
    const lines = new Map<string, Line>();
    for (const channel of this.exchange.lines.values()) {
      // Who came in this moment is announced.
      if (channel.inApp && !this.lines.has(channel.id)) lines.set(channel.id, this.#line(channel));
    }
    const rings = new Map<string, Leg>();
    const legs = new Map<string, Leg>();
    for (const channel of this.exchange.legs.values()) {
      const leg = this.#leg(channel);
      if (channel.state === 'ringing') rings.set(leg.legId, leg);
      if (channel.state !== 'up') continue;
      leg.verdict.resolve({ kind: 'answered', leg });
      legs.set(leg.legId, leg);
    }
    this.#isAdopted = true;
    const calling = [...this.exchange.calling.keys()];
    return { lines, legs, rings, outside: new Map(), calling, startedAt: 0 };
  }

  listen(listener: TelephonyEvents): void {
    this.#listener = listener;
    for (const line of this.#early.splice(0)) listener.onCaller(line);
    this.link.callersComeIn();
  }

  isConnected(): boolean {
    return this.link.isConnected(this);
  }

  async ringSeat(request: RingRequest, signal: AbortSignal): Promise<RingResult> {
    signal.throwIfAborted();
    const rung = this.legs.get(request.legId);
    const leg = rung ?? new PortLeg(this, request);
    const giveUp = this.clock.after(request.ringTimeoutMs + 3_000, () => {
      void leg.hangUp();
      leg.ended('seat-lost', 'unreachable');
    });
    try {
      if (!rung && !(await this.command(() => this.exchange.ring(request)))) {
        leg.ended('seat-lost', 'unreachable');
      }
      return await waitOrAbort(leg.verdict.promise, signal);
    } catch (error) {
      await leg.hangUp();
      throw error;
    } finally {
      giveUp();
    }
  }

  dialRefusal(): 'not-allowed' | null {
    return this.#city ? null : 'not-allowed';
  }

  async dialOut(): Promise<OutsideResult> {
    return { kind: 'failed', why: 'not-allowed' };
  }

  lineTo({ channelId: id, number: from }: OutgoingRequest): OutgoingLine {
    if (!this.#city) throw new Error('nobody is called in this run');
    const ear = this.#city.ear(() => channel);
    const channel = this.exchange.channelOf({ id, from, dialled: '12345', ear }, true);
    return new PortCalled(this, channel, this.#city.outcome(from));
  }

  async sendKeys(): Promise<void> {}

  async playTone(): Promise<void> {}
  async sayTo(): Promise<void> {}

  async recordOn(): Promise<void> {}

  async join(callId: string, line: Line, leg: Party): Promise<Talk> {
    line.gone.throwIfAborted();
    leg.gone.throwIfAborted();
    const talk = new PortTalk(this, callId, this.#mine(line), leg);
    return talk.enter([line.channelId, leg.legId]);
  }

  async rejoin(callId: string, line: Line, leg: Party, held: boolean): Promise<Talk> {
    line.gone.throwIfAborted();
    leg.gone.throwIfAborted();
    const talk = new PortTalk(this, callId, this.#mine(line), leg);
    return talk.enter(held ? [leg.legId] : [line.channelId, leg.legId], held);
  }

  /** Nobody listens in the simulator yet. */
  async monitor(): Promise<Monitoring> {
    throw new Error('no monitoring in the simulator');
  }

  readonly openLines: OpenLines = {
    open: async () => 'not-allowed',
    close: async () => {},
    seatIds: () => [],
  };

  async provisionPhone(): Promise<void> {}

  async removePhone(): Promise<void> {}

  isPhoneReachable(seatId: string): boolean {
    return this.exchange.phones.get(seatId)?.reachable ?? false;
  }

  async hangUpStrays(channelIds: readonly string[]): Promise<void> {
    for (const id of channelIds) await this.endChannel(id, nobody());
    for (const id of Array.from(this.exchange.bridges.keys())) {
      if (!this.talks.has(id)) await this.#insist(() => this.exchange.destroyBridge(id));
    }
  }

  async close(): Promise<void> {}

  /** Ends a channel; never rejects. */
  async endChannel(channelId: string, gone: AbortSignal): Promise<void> {
    await this.#insist(() => {
      if (!gone.aborted) this.#end(channelId);
    });
  }

  /** Asks again when it was refused. @returns whether it was carried out */
  async #insist(work: () => void): Promise<boolean> {
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        await this.command(work);
        return true;
      } catch {
        // Refused once; the next try may be heard.
      }
    }
    return false;
  }

  deliver(event: ExchangeEvent): void {
    switch (event.kind) {
      case 'entered': {
        const channel = this.exchange.lines.get(event.channelId);
        const known = this.lines.get(event.channelId);
        if (known instanceof PortCalled) known.answered();
        else if (channel && !known) this.#announce(channel);
        return;
      }
      case 'called-failed': {
        const line = this.lines.get(event.channelId);
        return line instanceof PortCalled ? line.failed(event.why) : undefined;
      }
      case 'line-gone':
        return this.lines.get(event.channelId)?.ended(event.why);
      case 'key':
        return this.lines.get(event.channelId)?.key(event.key);
      case 'played':
        return this.lines.get(event.channelId)?.played(event.playback);
      case 'leg-up':
        return this.#legUp(event.legId);
      case 'leg-failed':
        return this.legs.get(event.legId)?.ended('seat-lost', event.why);
      case 'leg-gone':
        return this.legs.get(event.legId)?.ended(event.by, 'unreachable');
      case 'phone':
        return this.#listener?.onPhone(event.seatId, event.reachable);
      default:
        return event satisfies never;
    }
  }

  disconnected(): void {
    this.#listener?.onConnection(false);
  }

  reconnected(): void {
    // Until the house has taken over, what is alive is handed over by `connect`.
    if (!this.#isAdopted) return;
    const { lines, legs } = this.exchange;
    for (const line of Array.from(this.lines.values())) {
      const channel = lines.get(line.channelId);
      if (this.exchange.calling.has(line.channelId)) continue;
      if (!channel) line.ended('vanished');
      else line.catchUp(channel);
    }
    for (const leg of Array.from(this.legs.values())) {
      const channel = legs.get(leg.legId);
      if (!channel) leg.ended('seat-lost', 'unreachable');
      else if (channel.state === 'up') leg.verdict.resolve({ kind: 'answered', leg });
    }
    for (const channel of lines.values()) {
      if (channel.inApp && !this.lines.has(channel.id)) this.#announce(channel);
    }
    for (const leg of legs.values()) {
      if (leg.state === 'up' && !this.legs.has(leg.id)) void this.endChannel(leg.id, nobody());
    }
    this.#listener?.onConnection(true);
  }

  #announce(channel: CallerChannel): void {
    // Called by a process that died; whoever is wanted is called again.
    if (channel.isOurs) return void this.endChannel(channel.id, nobody());
    const line = this.#line(channel);
    if (this.#listener) this.#listener.onCaller(line);
    else this.#early.push(line);
  }

  #line(channel: CallerChannel): PortLine {
    channel.inApp = true;
    return new PortLine(this, channel);
  }

  #leg({ id: legId, seatId, recordingId }: SeatChannel): PortLeg {
    return new PortLeg(this, { legId, seatId, recordingId });
  }

  #legUp(legId: string): void {
    const leg = this.legs.get(legId);
    if (leg) leg.verdict.resolve({ kind: 'answered', leg });
    else void this.endChannel(legId, nobody());
  }

  #end(channelId: string): void {
    const line = this.exchange.lines.get(channelId);
    const leg = this.exchange.legs.get(channelId);
    if (line) this.exchange.endLine(line, 'hung-up');
    if (leg) this.exchange.endLeg(leg, 'system');
    this.exchange.stopCalling(channelId);
  }

  #mine(line: Line): PortLine {
    if (line instanceof PortLine) return line;
    throw new TypeError('not a line of this exchange');
  }
}

/** For channels nobody waits for. */
function nobody(): AbortSignal {
  return new AbortController().signal;
}
