import type {
  Leg,
  Line,
  LineRequest,
  LineResult,
  LiveChannels,
  Monitoring,
  MonitorMode,
  OutgoingLine,
  OutgoingRequest,
  OutsideFailure,
  OutsideLeg,
  OutsideRequest,
  OutsideResult,
  Party,
  RingRequest,
  RingResult,
  Talk,
  Telephony,
  TelephonyEvents,
} from '../../src/calls/ports.ts';
import { type Deferred, deferred, waitOrAbort } from '../../src/kit/abort.ts';
import type { Clock } from '../../src/kit/clock.ts';
import { FakeLeg, FakeOutsideLeg } from './fake-legs.ts';
import { FakeLine } from './fake-line.ts';

export { FakeLeg, FakeOutsideLeg } from './fake-legs.ts';
export { FakeLine } from './fake-line.ts';

/** A line to somebody we call; the test answers it by hand, as it answers other calls outside. */
class FakeOutgoingLine extends FakeLine implements OutgoingLine {
  override readonly direction = 'out';
  readonly #telephony: FakeTelephony;
  readonly #request: OutgoingRequest;

  constructor(telephony: FakeTelephony, clock: Clock, request: OutgoingRequest) {
    super(clock, request.channelId, '12345', request.number);
    this.#telephony = telephony;
    this.#request = request;
  }

  async dial(timeoutMs: number, signal: AbortSignal): Promise<'answered' | OutsideFailure> {
    const { callId, channelId: legId, number } = this.#request;
    const request = { callId, legId, number, timeoutMs };
    const result = await this.#telephony.dialOut(request, signal);
    if (result.kind === 'answered') {
      this.#telephony.called.push(this);
      return 'answered';
    }
    this.leave();
    return result.why;
  }
}

interface FakeDial {
  request: OutsideRequest;
  result: Deferred<OutsideResult>;
}

interface FakeRing {
  request: RingRequest;
  result: Deferred<RingResult>;
}

/** An exchange whose phones the test answers by hand; it records what it was asked to do. */
export class FakeTelephony implements Telephony {
  readonly rings: FakeRing[] = [];
  readonly dials: FakeDial[] = [];
  /** Lines of people we called, newest last. */
  readonly called: FakeLine[] = [];
  /** The clock of the lines we call; a test that calls sets it. */
  clock: Clock | null = null;
  /** Numbers that are not on the operator's list. */
  readonly forbidden = new Set<string>();
  readonly acts: string[] = [];
  readonly reachable = new Set<string>();
  live: LiveChannels = {
    lines: new Map(),
    legs: new Map(),
    rings: new Map(),
    outside: new Map(),
    startedAt: 0,
  };
  listener: TelephonyEvents | null = null;
  connected = true;

  async connect(): Promise<LiveChannels> {
    return this.live;
  }

  listen(listener: TelephonyEvents): void {
    this.listener = listener;
  }

  isConnected(): boolean {
    return this.connected;
  }

  async ringSeat(request: RingRequest, signal: AbortSignal): Promise<RingResult> {
    const result = deferred<RingResult>();
    const ring = { request, result };
    this.rings.push(ring);
    try {
      return await waitOrAbort(result.promise, signal);
    } finally {
      this.rings.splice(this.rings.indexOf(ring), 1);
    }
  }

  /** Answers the phone that rings at a seat. */
  answer(seatId: string): FakeLeg {
    const ring = this.rings.find(({ request }) => request.seatId === seatId);
    if (!ring) throw new Error(`nothing rings at seat ${seatId}`);
    const leg = new FakeLeg(ring.request);
    ring.result.resolve({ kind: 'answered', leg });
    return leg;
  }

  fail(seatId: string, why: 'no-answer' | 'busy' | 'refused' | 'unreachable'): void {
    const ring = this.rings.find(({ request }) => request.seatId === seatId);
    ring?.result.resolve({ kind: 'failed', why });
  }

  dialRefusal(number: string): 'not-allowed' | null {
    return this.forbidden.has(number) ? 'not-allowed' : null;
  }

  async dialOut(request: OutsideRequest, signal: AbortSignal): Promise<OutsideResult> {
    const dial = { request, result: deferred<OutsideResult>() };
    this.dials.push(dial);
    try {
      return await waitOrAbort(dial.result.promise, signal);
    } finally {
      this.dials.splice(this.dials.indexOf(dial), 1);
    }
  }

  /** Answers outside; the number that was called last, unless said otherwise. */
  answerOutside(number = this.dials.at(-1)?.request.number): FakeOutsideLeg {
    const dial = this.dials.find(({ request }) => request.number === number);
    if (!dial) throw new Error(`nobody calls ${number}`);
    const leg = new FakeOutsideLeg(dial.request);
    dial.result.resolve({ kind: 'answered', leg });
    return leg;
  }

  failOutside(why: OutsideFailure): void {
    this.dials.at(-1)?.result.resolve({ kind: 'failed', why });
  }

  lineTo(request: OutgoingRequest): OutgoingLine {
    if (!this.clock) throw new Error('this test does not call anybody');
    return new FakeOutgoingLine(this, this.clock, request);
  }

  async sendKeys(to: Line | Party, keys: string): Promise<void> {
    this.acts.push(`keys ${keys} to ${'legId' in to ? nameOf(to) : 'caller'}`);
  }

  readonly sayTo: Telephony['sayTo'] = async (leg, language, promptIds, signal) => {
    this.acts.push(`say ${language}:${promptIds.join(',')} to ${nameOf(leg)}`);
    const over = deferred<void>();
    const cancel = this.clock?.after(1_000, () => over.resolve());
    await waitOrAbort(over.promise, AbortSignal.any([signal, leg.gone])).catch(() => {});
    cancel?.();
  };

  async playTone(leg: Leg, tone: 'answer' | 'ring-back', signal: AbortSignal): Promise<void> {
    this.acts.push(`tone ${tone} at ${leg.seatId}`);
    if (tone === 'answer') return;
    const over = AbortSignal.any([signal, leg.gone]);
    await waitOrAbort(deferred().promise, over).catch(() => {});
    this.acts.push(`tone over at ${leg.seatId}`);
  }

  async join(callId: string, line: Line, leg: Party): Promise<Talk> {
    await line.stopMusic();
    this.acts.push(`join ${callId} ${nameOf(leg)}`);
    return this.#talk(callId, leg);
  }

  async rejoin(callId: string, line: Line, leg: Party, held: boolean): Promise<Talk> {
    line.gone.throwIfAborted();
    this.acts.push(`rejoin ${callId} ${nameOf(leg)}${held ? ' held' : ''}`);
    return this.#talk(callId, leg);
  }

  /** Numbers whose talk with a caller is recorded on. */
  readonly recordedOn: string[] = [];
  readonly recordOn = async ({ number }: OutsideLeg) => void this.recordedOn.push(number);

  async monitor(agent: Leg, leader: Leg, mode: MonitorMode): Promise<Monitoring> {
    const name = `${leader.seatId} at ${agent.seatId}`;
    this.acts.push(`${mode} ${name}`);
    return {
      change: async (next) => void this.acts.push(`${next} ${name}`),
      moveTo: async ({ seatId }) => void this.acts.push(`${leader.seatId} moves to ${seatId}`),
      close: async () => void this.acts.push(`stop ${name}`),
    };
  }

  /** What becomes of a line that is to be kept open. */
  lineResult: LineResult = 'open';
  readonly openLines = {
    open: async ({ seatId }: LineRequest): Promise<LineResult> => {
      this.acts.push(`open line ${seatId}`);
      return this.lineResult;
    },
    close: async (seatId: string) => void this.acts.push(`close line ${seatId}`),
    seatIds: () =>
      this.acts.filter((act) => act.startsWith('open line ')).map((act) => act.slice(10)),
  };

  readonly provisionPhone = async (seatId: string) => void this.acts.push(`provision ${seatId}`);
  readonly removePhone = async (seatId: string) => void this.acts.push(`remove ${seatId}`);

  isPhoneReachable(seatId: string): boolean {
    return this.reachable.has(seatId);
  }

  async hangUpStrays(channelIds: readonly string[]): Promise<void> {
    this.acts.push(`strays ${channelIds.join(' ')}`);
  }

  async close(): Promise<void> {}

  #talk(callId: string, first: Party): Talk {
    let leg = first;
    return {
      hold: async () => void this.acts.push(`hold ${callId}`),
      resume: async () => void this.acts.push(`resume ${callId}`),
      admit: async (party) => void this.acts.push(`admit ${callId} ${nameOf(party)}`),
      dismiss: async (party) => void this.acts.push(`dismiss ${callId} ${nameOf(party)}`),
      mute: async (on) => void this.acts.push(`${on ? 'mute' : 'unmute'} ${callId}`),
      leaveTo: async (party) => {
        this.acts.push(`leave ${callId} to ${nameOf(party)}`);
        await leg.hangUp();
      },
      replaceLeg: async (next) => {
        this.acts.push(`replace ${callId}`);
        const old = leg;
        leg = next;
        await old.hangUp();
      },
      close: async () => void this.acts.push(`close ${callId}`),
    };
  }
}

/** How the acts call somebody: by seat, or by number. */
function nameOf(party: Party): string {
  if (party instanceof FakeLeg) return party.seatId;
  return party instanceof FakeOutsideLeg ? party.number : party.legId;
}
