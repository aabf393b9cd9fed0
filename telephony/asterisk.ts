import type {
  DialRefusal,
  Line,
  LiveChannels,
  OutgoingLine,
  OutgoingRequest,
  OutsideRequest,
  OutsideResult,
  Party,
  PhoneCredential,
  PhoneKind,
  RingRequest,
  RingResult,
  Talk,
  Telephony,
  TelephonyEvents,
} from '../src/calls/ports.ts';
import { atMost, deferred, waitOrAbort } from '../src/kit/abort.ts';
import type { Clock } from '../src/kit/clock.ts';
import type { Log } from '../src/kit/log.ts';
import type { AriEvent, ChannelEnding } from './ari-events.ts';
import { type AriLink, createAriLink } from './ari-link.ts';
import { backendOf } from './backend.ts';
import { DialledChannel } from './dialled.ts';
import { Phones } from './endpoints.ts';
import { type Exchange, Playbacks } from './exchange.ts';
import { HomeLines } from './home-lines.ts';
import { type CallerLine, lineOf } from './line.ts';
import { monitor, recordOn } from './monitor.ts';
import type { Hearing, TelephonyOptions } from './options.ts';
import { OutboundDoor } from './outbound.ts';
import { CalledLine, dialOut } from './outside.ts';
import { Owners } from './owners.ts';
import { createPrompts } from './prompts.ts';
import { auditMs, every, reach } from './reach.ts';
import { type Found, nothing, reconcile, toLiveChannels } from './reconcile.ts';
import { ringSeat, SeatLeg } from './ring-seat.ts';
import { roleOf } from './role.ts';
import { sayTo } from './say-to.ts';
import { Settling } from './settling.ts';
import { hangUpStrays } from './strays.ts';
import { openTalk } from './talk.ts';
import { playTone } from './tone.ts';

/** How long a server that ends waits for answers; most take a few milliseconds. */
const lastAnswersMs = 500;

/** The exchange over Asterisk. */
export function createTelephony(options: TelephonyOptions): Telephony & Hearing {
  return new AsteriskTelephony(options);
}

class AsteriskTelephony implements Telephony, Hearing {
  readonly #app: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #link: AriLink;
  readonly #exchange: Exchange;
  readonly #phones: Phones;
  readonly #door: OutboundDoor;
  readonly openLines: HomeLines;
  readonly #settling: Settling;
  readonly #talks = new Set<string>();
  readonly #closed = new AbortController();
  readonly #succeeded = deferred<void>();
  #listener: TelephonyEvents | undefined;
  /** Callers who came before there was a listener. */
  readonly #unannounced: CallerLine[] = [];
  #found: Found = nothing();
  #isAdopted = false;
  readonly #hungUp = new Set<string>();
  #startedAt: string | undefined;

  constructor(options: TelephonyOptions) {
    const { app, clock, log } = options;
    this.#app = app;
    this.#clock = clock;
    this.#log = log;
    this.#link = createAriLink({
      backend: backendOf(options),
      app,
      onEvent: (event) => this.#onEvent(event),
      onConnection: (connected) => this.#settling.connection(connected),
      clock,
      log,
      ...(options.limits && { limits: options.limits }),
    });
    this.#settling = new Settling({
      clock,
      log,
      closed: this.#closed.signal,
      catchUp: () => this.#catchUp(),
      onConnection: (connected) => this.#listener?.onConnection(connected),
    });
    this.#exchange = {
      link: this.#link,
      prompts: createPrompts(options.prompts, log),
      clock,
      log,
      owners: new Owners(),
      playbacks: new Playbacks(),
      justEntered: new Set(),
      settled: () => this.#settling.settled,
    };
    this.#door = new OutboundDoor(options.outbound ?? null, clock);
    every(clock, auditMs, this.#closed.signal, async () => {
      if (!this.#settling.isSettled || !this.#isAdopted) return;
      await this.#catchUp();
      await this.hangUpStrays([]);
    });
    const onPhone = (seatId: string, reachable: boolean) =>
      this.#listener?.onPhone(seatId, reachable);
    this.#phones = new Phones(this.#link, onPhone);
    this.openLines = new HomeLines(this.#exchange, this.#door, onPhone);
  }

  async connect(): Promise<LiveChannels> {
    await this.hear();
    this.#settling.begin();
    await waitOrAbort(this.#settling.settled, this.#closed.signal);
    const found = this.#found;
    this.#found = nothing();
    this.#isAdopted = true;
    const called = found.lines.filter(({ direction }) => direction === 'out');
    for (const one of [...found.outside, ...called]) this.#door.passed(one.gone);
    await Promise.all(found.homes.map((line) => this.openLines.keep(line)));
    for (const { seatId, channelId } of found.atTheDoor) {
      void this.openLines.enter(seatId, channelId);
    }
    return toLiveChannels(found, Date.parse(this.#startedAt ?? '') || 0, this.#hungUp);
  }

  async hear(): Promise<void> {
    if (this.#link.isConnected()) return;
    await reach(this.#link, { clock: this.#clock, log: this.#log }, this.#closed.signal);
  }

  async succeeded(): Promise<void> {
    if (this.#link.isConnected()) await this.#succeeded.promise;
  }

  listen(listener: TelephonyEvents): void {
    this.#listener = listener;
    for (const line of this.#unannounced.splice(0)) listener.onCaller(line);
  }

  isConnected(): boolean {
    return this.#link.isConnected();
  }

  ringSeat(request: RingRequest, signal: AbortSignal): Promise<RingResult> {
    const isOverLine = this.openLines.has(request.seatId);
    return ringSeat(this.#exchange, request, isOverLine, signal);
  }

  dialRefusal(number: string): DialRefusal | null {
    return this.#door.refusal(number);
  }

  dialOut(request: OutsideRequest, signal: AbortSignal): Promise<OutsideResult> {
    return dialOut(this.#exchange, this.#door, request, signal);
  }

  lineTo(request: OutgoingRequest): OutgoingLine {
    return new CalledLine(this.#exchange, this.#door, request);
  }

  async join(callId: string, line: Line, leg: Party): Promise<Talk> {
    return openTalk(this.#exchange, this.#talks, { callId, line, leg }, (talk) => talk.join());
  }

  async rejoin(callId: string, line: Line, leg: Party, held: boolean): Promise<Talk> {
    const sides = { callId, line, leg };
    return openTalk(this.#exchange, this.#talks, sides, (talk) => talk.rejoin(held));
  }

  sendKeys(to: Line | Party, keys: string): Promise<void> {
    return this.#link.sendKeys('legId' in to ? to.legId : to.channelId, keys);
  }

  readonly sayTo: Telephony['sayTo'] = (...prompts) => sayTo(this.#exchange, ...prompts);
  readonly playTone: Telephony['playTone'] = (...tone) => playTone(this.#exchange, ...tone);

  readonly monitor: Telephony['monitor'] = (agent, leader, mode) =>
    monitor(this.#exchange, this.#talks, { agent, leader }, mode);

  readonly recordOn: Telephony['recordOn'] = (leg, recordingId) =>
    recordOn(this.#exchange, leg, recordingId);

  provisionPhone(seatId: string, kind: PhoneKind, credential: PhoneCredential): Promise<void> {
    return this.#phones.provision(seatId, kind, credential);
  }

  removePhone(seatId: string): Promise<void> {
    return this.#phones.remove(seatId);
  }

  isPhoneReachable(seatId: string): boolean {
    return this.#phones.isReachable(seatId) || this.openLines.has(seatId);
  }

  hangUpStrays(channelIds: readonly string[]): Promise<void> {
    return hangUpStrays(this.#exchange, this.#talks, channelIds);
  }

  async close(): Promise<void> {
    this.#closed.abort(new Error('telephony closed'));
    await atMost(this.#clock, lastAnswersMs, this.#link.close());
  }

  #onEvent(event: AriEvent): void {
    const { owners, playbacks } = this.#exchange;
    switch (event.kind) {
      case 'entered':
        return this.#onEntered(event);
      case 'left':
        return this.#onLeft(event.channelId);
      case 'destroyed':
        return this.#onEnded(event.channelId, event.ending);
      case 'key':
        return owners.get(event.channelId)?.key(event.key);
      case 'playback-over':
        return playbacks.over(event.playbackId, event.failed);
      case 'endpoint':
        return this.#phones.heard(event.endpoint);
      case 'replaced':
        return this.#succeeded.resolve();
    }
  }

  #onEntered({ channel, args, at }: Extract<AriEvent, { kind: 'entered' }>): void {
    const owner = this.#exchange.owners.get(channel.id);
    if (owner) return owner.entered();
    const role = roleOf(args);
    if (role?.role === 'caller') {
      this.#announce(lineOf(this.#exchange, channel, role, at));
      return;
    }
    if (role?.role === 'home-leg') return void this.openLines.enter(role.seatId, channel.id);
    // The list that is on its way tells whose it is.
    if (!this.#settling.isSettled) return void this.#exchange.justEntered.add(channel.id);
    // Answered when the ring had been given up.
    this.#hangUpUnowned(channel.id);
  }

  #onLeft(channelId: string): void {
    // A leg is told by `destroyed`, which follows at once and knows the cause.
    const owner = this.#exchange.owners.get(channelId);
    const isOverLine = owner instanceof SeatLeg && owner.isOverLine;
    if (owner instanceof DialledChannel && !isOverLine) return;
    this.#onEnded(channelId, { cause: 0, wasRinging: false });
  }

  #onEnded(channelId: string, ending: ChannelEnding): void {
    const { owners } = this.#exchange;
    if (!this.#isAdopted) this.#hungUp.add(channelId);
    owners.get(channelId)?.ended({ why: 'hung-up', ...ending });
    owners.delete(channelId);
  }

  #announce(line: CallerLine): void {
    if (this.#listener) this.#listener.onCaller(line);
    else this.#unannounced.push(line);
  }

  #hangUpUnowned(channelId: string): void {
    this.#log.warn({ channelId }, 'a channel of ours belongs to nobody and is hung up');
    this.#link.hangUp(channelId).catch((error: unknown) => {
      this.#log.error({ err: error, channelId }, 'a channel could not be hung up');
    });
  }

  async #catchUp(): Promise<void> {
    const channels = async () => {
      const startedAt = await this.#link.exchangeStartedAt();
      const restarted = (this.#startedAt ?? startedAt) !== startedAt;
      await reconcile(this.#exchange, this.#app, restarted, this.#found);
      this.#startedAt = startedAt;
    };
    await Promise.all([channels(), this.#phones.reconcile()]);
    if (!this.#isAdopted) return; // `connect` hands over what is alive.
    const { lines, legs, rings, outside, calling, homes, atTheDoor } = this.#found;
    this.#found = nothing();
    for (const line of lines) {
      if (line.direction === 'in') this.#announce(line);
      else void line.hangUp();
    }
    for (const one of [...legs, ...rings, ...outside, ...homes]) void one.hangUp();
    if (calling.length > 0) void this.hangUpStrays(calling);
    for (const { seatId, channelId } of atTheDoor) void this.openLines.enter(seatId, channelId);
  }
}
