import type { ChannelGone, Key, LegGone, RingRequest } from '../../src/calls/ports.ts';
import type { RingFailure } from '../../src/events.ts';
import type { Cancel } from '../../src/kit/clock.ts';
import type {
  CallerChannel,
  ExchangeEvent,
  NotReached,
  Outcome,
  Phone,
  SeatChannel,
} from './channels.ts';
import type { Timeline } from './timeline.ts';

const PROMPT_MS = 1_500;
const NUMBER_MS = 600;

/** How long a prompt lasts: some short, some long, always the same one the same. */
function promptMs(promptId: string): number {
  return promptId.startsWith('number-') ? NUMBER_MS : PROMPT_MS + (promptId.length % 7) * 400;
}

/**
 * What is true in the telephone exchange, whoever listens: channels, bridges, sounds. It outlives the
 * server; `tell` is called for every event and may lose it.
 */
export class Exchange {
  readonly lines = new Map<string, CallerChannel>();
  readonly legs = new Map<string, SeatChannel>();
  readonly bridges = new Map<string, Set<string>>();
  readonly phones = new Map<string, Phone>();
  /** Legs ever rung, by id: a second ring under one id would be a doubled call. */
  readonly rung = new Map<string, number>();
  /** Raw recordings nobody has finished yet. */
  readonly raw = new Set<string>();
  readonly #timeline: Timeline;
  readonly #tell: (event: ExchangeEvent) => void;
  /** Telephones outside that ring now, by our channel. */
  readonly calling = new Map<string, { channel: CallerChannel; cancel: Cancel }>();
  /** Numbers that were rung by two of our calls at once: never. */
  readonly rungTwice: string[] = [];
  #playbacks = 0;

  constructor(timeline: Timeline, tell: (event: ExchangeEvent) => void) {
    this.#timeline = timeline;
    this.#tell = tell;
  }

  dial(call: Pick<CallerChannel, 'id' | 'from' | 'dialled' | 'ear'>): CallerChannel {
    const channel = this.channelOf(call);
    this.#enter(channel);
    return channel;
  }

  /** A number outside is called; they answer, or it fails, in their own time. */
  callOut(channel: CallerChannel, timeoutMs: number, { afterMs, why }: Outcome): void {
    for (const other of this.calling.values())
      if (other.channel.from === channel.from) this.rungTwice.push(channel.from);
    const cancel = this.#timeline.after(Math.min(afterMs, timeoutMs), () => {
      if (afterMs > timeoutMs || why !== null)
        return this.stopCalling(channel.id, why ?? undefined);
      this.calling.delete(channel.id);
      this.#enter(channel);
    });
    this.calling.set(channel.id, { channel, cancel });
  }

  stopCalling(channelId: string, why: NotReached = 'no-answer', silently = false): void {
    const called = this.calling.get(channelId);
    if (!called) return;
    called.cancel();
    called.channel.alive = false;
    this.calling.delete(channelId);
    if (!silently) this.#tell({ kind: 'called-failed', channelId, why });
  }

  channelOf(
    call: Pick<CallerChannel, 'id' | 'from' | 'dialled' | 'ear'>,
    isOurs = false,
  ): CallerChannel {
    const { now } = this.#timeline;
    return {
      ...call,
      isOurs,
      arrivedAt: now,
      alive: true,
      inApp: isOurs,
      answered: isOurs,
      sound: 'silence',
      soundSince: now,
      playback: null,
      musicNext: false,
      bridgeId: null,
      pressed: [],
      heard: [],
      endedAt: 0,
    };
  }

  press(channel: CallerChannel, key: Key): void {
    if (!channel.alive) return;
    channel.pressed.push({ key, at: this.#timeline.now });
    this.#tell({ kind: 'key', channelId: channel.id, key });
  }

  /** The channel ends, by the caller, by us, or because the exchange died. */
  endLine(channel: CallerChannel, why: ChannelGone['why'], silently = false): void {
    if (!channel.alive) return;
    this.stopPlay(channel);
    channel.alive = false;
    channel.endedAt = this.#timeline.now;
    this.#leaveBridge(channel);
    this.lines.delete(channel.id);
    if (!silently) this.#tell({ kind: 'line-gone', channelId: channel.id, why });
    channel.ear.cutOff();
  }

  play(channel: CallerChannel, promptId: string): number {
    this.stopPlay(channel);
    this.#playbacks += 1;
    const id = this.#playbacks;
    const cancel = this.#timeline.after(promptMs(promptId), () => {
      channel.playback = null;
      this.#sound(channel, channel.musicNext ? 'music' : 'silence');
      this.#tell({ kind: 'played', channelId: channel.id, playback: id });
    });
    channel.playback = { id, cancel };
    channel.musicNext = false;
    channel.heard.push({ promptId, at: this.#timeline.now });
    this.#sound(channel, promptId);
    return id;
  }

  stopPlay(channel: CallerChannel): void {
    if (!channel.playback) return;
    channel.playback.cancel();
    channel.playback = null;
    this.#sound(channel, channel.musicNext ? 'music' : 'silence');
  }

  music(channel: CallerChannel, on: boolean): void {
    if (!channel.alive || channel.bridgeId !== null) return;
    if (channel.playback) channel.musicNext = on;
    else this.#sound(channel, on ? 'music' : 'silence');
  }

  ring(request: RingRequest): boolean {
    const phone = this.phones.get(request.seatId);
    this.rung.set(request.legId, (this.rung.get(request.legId) ?? 0) + 1);
    if (!phone?.reachable) return false;
    const { legId, seatId, callId, recordingId, autoAnswer } = request;
    const leg: SeatChannel = {
      id: legId,
      seatId,
      callId,
      recordingId,
      autoAnswer,
      state: 'ringing',
      bridgeId: null,
      timeout: this.#timeline.after(request.ringTimeoutMs, () => this.fail(leg, 'no-answer')),
    };
    this.legs.set(leg.id, leg);
    phone.rings(leg);
    return true;
  }

  fail(leg: SeatChannel, why: Exclude<RingFailure, 'withdrawn'>): void {
    if (leg.state !== 'ringing') return;
    this.#dropLeg(leg);
    this.#tell({ kind: 'leg-failed', legId: leg.id, why });
  }

  answer(leg: SeatChannel): void {
    if (leg.state !== 'ringing') return;
    leg.timeout();
    leg.state = 'up';
    this.raw.add(leg.recordingId);
    this.#tell({ kind: 'leg-up', legId: leg.id });
  }

  endLeg(leg: SeatChannel, by: LegGone['by'], silently = false): void {
    if (leg.state === 'gone') return;
    const wasRinging = leg.state === 'ringing';
    this.#dropLeg(leg);
    if (silently) return;
    if (wasRinging) this.#tell({ kind: 'leg-failed', legId: leg.id, why: 'unreachable' });
    else this.#tell({ kind: 'leg-gone', legId: leg.id, by });
  }

  /** Puts channels that are alive into a bridge; false when one is not. */
  bridge(bridgeId: string, channelIds: readonly string[]): boolean {
    const channels = channelIds.map((id) => this.lines.get(id) ?? this.legs.get(id));
    if (channels.some((channel) => !channel)) return false;
    const members = this.bridges.get(bridgeId) ?? new Set<string>();
    this.bridges.set(bridgeId, members);
    for (const channel of channels) {
      if (!channel) continue;
      members.add(channel.id);
      channel.bridgeId = bridgeId;
      if ('ear' in channel) {
        this.stopPlay(channel);
        this.#sound(channel, 'talk');
      }
    }
    return true;
  }

  unbridge(channel: CallerChannel): void {
    if (channel.bridgeId === null) return;
    this.#leaveBridge(channel);
    if (channel.alive) this.#sound(channel, 'silence');
  }

  destroyBridge(bridgeId: string): void {
    const members = this.bridges.get(bridgeId);
    this.bridges.delete(bridgeId);
    for (const id of members ?? []) {
      const line = this.lines.get(id);
      const leg = this.legs.get(id);
      if (line) this.unbridge(line);
      if (leg) leg.bridgeId = null;
    }
  }

  /** A phone registers or goes away; what it had on the line goes with it. */
  setPhone(seatId: string, reachable: boolean): void {
    const phone = this.phones.get(seatId);
    if (!phone || phone.reachable === reachable) return;
    phone.reachable = reachable;
    this.#tell({ kind: 'phone', seatId, reachable });
    if (reachable) return;
    for (const leg of this.legs.values()) {
      if (leg.seatId === seatId) this.endLeg(leg, 'seat-lost');
    }
  }

  /** The exchange dies: nothing survives, nobody is told. */
  die(): void {
    for (const line of this.lines.values()) this.endLine(line, 'telephony-lost', true);
    for (const leg of this.legs.values()) this.endLeg(leg, 'seat-lost', true);
    for (const channelId of Array.from(this.calling.keys()))
      this.stopCalling(channelId, 'refused', true);
    this.bridges.clear();
  }

  #enter(channel: CallerChannel): void {
    this.lines.set(channel.id, channel);
    channel.soundSince = this.#timeline.now;
    this.#tell({ kind: 'entered', channelId: channel.id });
  }

  #dropLeg(leg: SeatChannel): void {
    leg.timeout();
    leg.state = 'gone';
    this.#leaveBridge(leg);
    this.legs.delete(leg.id);
    this.phones.get(leg.seatId)?.legEnded(leg);
  }

  #leaveBridge(channel: CallerChannel | SeatChannel): void {
    if (channel.bridgeId === null) return;
    this.bridges.get(channel.bridgeId)?.delete(channel.id);
    channel.bridgeId = null;
  }

  #sound(channel: CallerChannel, sound: string): void {
    if (channel.sound === sound) return;
    channel.sound = sound;
    channel.soundSince = this.#timeline.now;
    channel.ear.hears(sound);
  }
}
