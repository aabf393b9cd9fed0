import type { Phone } from '../../../src/seats/schema.ts';

/** How the browser's phone stands with the exchange. */
export type PhoneLine = 'off' | 'connecting' | 'registered' | 'lost' | 'refused';

/** What a phone tells its owner. */
export interface SoftphoneEvents {
  onLine(line: PhoneLine): void;
  /** A call rings here; `autoAnswer` when the exchange asks to answer by itself. */
  onRing(autoAnswer: boolean): void;
  /** Sound flows both ways. */
  onAnswered(): void;
  /** Neither ringing nor talking any more. */
  onQuiet(): void;
  /** The sound has found no way for a while: see `isCut`. */
  onCut(): void;
}

/** Microphone and earphone chosen by the agent; empty = the system's own choice. */
export interface AudioDevices {
  microphoneId: string;
  speakerId: string;
}

/**
 * A thin ear: registers, rings, answers. Hold, hang-up and everything else is asked of the server,
 * which drives the exchange. Never hangs up by itself when the page goes away.
 */
export interface Softphone {
  /** In a call whose sound finds no way: the far end may have given it up, and its word was lost too. */
  readonly isCut: boolean;
  start(): Promise<void>;
  /** Answers the ringing call; rejects when the microphone is not available. */
  answer(): Promise<void>;
  useDevices(devices: AudioDevices): void;
  mute(muted: boolean): void;
  /** Takes no new calls and closes once the present one is over; leaves the call alone. */
  retire(): void;
}

/** The path of the phone's WebSocket on this very server. */
export function phoneUrl(page: { protocol: string; host: string }, phone: Phone): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}${phone.webSocketPath}`;
}

/** Without helpers outside, addresses are there at once; a TURN server over TLS takes some round trips. */
const GATHER_MS = { inside: 500, outside: 3_000 };

/**
 * How the sound finds its way: through the STUN and TURN servers that came with the phone, if any. The
 * answer waits for the addresses they give, but not for ever.
 */
export function mediaOptions({ iceServers }: Phone) {
  return {
    iceGatheringTimeout: iceServers.length > 0 ? GATHER_MS.outside : GATHER_MS.inside,
    peerConnectionConfiguration: { iceServers },
  };
}

/** Pause before the next attempt to connect: 0.5 s doubling to 15 s, a little scattered. */
export function retryAfterMs(attempt: number, random: number): number {
  return Math.round(Math.min(15_000, 500 * 2 ** attempt) * (0.8 + 0.4 * random));
}

/** Does the exchange ask this phone to answer by itself? */
export function asksAutoAnswer(alertInfo: string | undefined): boolean {
  return alertInfo !== undefined && /info\s*=\s*"?(alert-autoanswer|auto-?answer)/i.test(alertInfo);
}
