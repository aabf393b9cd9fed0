import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Address, Gate } from './gate.ts';
import { RobotCall } from './robot-call.ts';
import { type Sipp, startSipp } from './sipp.ts';
import type { SipMessage } from './wire.ts';

/** What a robot does when its phone rings. */
export type Behaviour =
  | { do: 'answer'; afterMs: number }
  | { do: 'refuse'; afterMs: number }
  | { do: 'ignore' };

export interface RobotSeatsRequest {
  exchange: Address;
  /** The phones to register, with the credentials the server made for them. */
  phones: readonly { user: string; password: string }[];
  /** Until a phone is told otherwise; answers after 300 ms unless given. */
  behaviour?: Behaviour;
  /** Spoken, over and over, in every call: 8 kHz samples. */
  sound?: Int16Array;
  /** Keep what the robots hear, for `heard()`. */
  keepHeard?: boolean;
}

/** The phone of one robot. */
export interface RobotPhone {
  readonly user: string;
  behaviour: Behaviour;
  sound: Int16Array | undefined;
  /** The call it is in, or the last one. */
  call: RobotCall | undefined;
  /** Called when it begins to ring. */
  onRing: ((call: RobotCall) => void) | undefined;
}

/** Registrations last this long and are renewed at half of it. */
const expiresSeconds = 600;

/** Phones of many seats, all served by one SIPp. */
export class RobotSeats {
  readonly phones: ReadonlyMap<string, RobotPhone>;
  readonly #gate: Gate;
  readonly #request: RobotSeatsRequest;
  readonly #calls: Map<string, RobotCall>;
  readonly #renewal: NodeJS.Timeout;
  readonly #sipp: Sipp;

  constructor(gate: Gate, sipp: Sipp, request: RobotSeatsRequest, calls: Map<string, RobotCall>) {
    this.#gate = gate;
    this.#sipp = sipp;
    this.#request = request;
    this.#calls = calls;
    const behaviour = request.behaviour ?? { do: 'answer', afterMs: 300 };
    const phoneOf = (user: string): RobotPhone => {
      return { user, behaviour, sound: request.sound, call: undefined, onRing: undefined };
    };
    this.phones = new Map(request.phones.map(({ user }) => [user, phoneOf(user)]));
    gate.serveFrom(sipp.port);
    gate.listen((message, from) => this.#see(message, from));
    this.#renewal = setInterval(() => {
      this.register().catch((error: unknown) => console.error(String(error)));
    }, expiresSeconds * 500);
    this.#renewal.unref();
  }

  /** The phone of a seat. */
  phone(user: string): RobotPhone {
    const phone = this.phones.get(user);
    if (!phone) throw new Error(`no robot phone ${user}`);
    return phone;
  }

  /** Registers all phones, each with its own digest authentication. */
  async register(): Promise<void> {
    await this.#registerFor(expiresSeconds);
  }

  /** Unregisters and switches all phones off, without a word to calls that live. */
  async close(): Promise<void> {
    clearInterval(this.#renewal);
    await this.#registerFor(0).catch(() => {});
    this.vanish();
  }

  /** Switches all phones off as a power cut would. */
  vanish(): void {
    clearInterval(this.#renewal);
    this.#sipp.kill();
    for (const call of this.#calls.values()) call.end();
    this.#gate.close();
  }

  async #registerFor(seconds: number): Promise<void> {
    const { phones } = this.#request;
    const folder = mkdtempSync(join(tmpdir(), 'phones-'));
    try {
      const list = join(folder, 'phones.csv');
      const rows = phones.map(
        ({ user, password }) => `${user};[authentication username=${user} password=${password}]`,
      );
      writeFileSync(list, `SEQUENTIAL\n${rows.join('\n')}\n`, { mode: 0o600 });
      const options = ['-inf', list, '-m', String(phones.length), '-l', '20', '-r', '50'];
      const keys = { expires: String(seconds) };
      const sipp = await startSipp('register', this.#gate, keys, [
        ...options,
        '-recv_timeout',
        '20000',
      ]);
      const { code, complaint } = await sipp.ended;
      if (code !== 0) throw new Error(`the phones could not register: ${complaint}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #see(message: SipMessage, from: 'phone' | 'exchange'): void {
    const known = this.#calls.get(message.callId);
    if (known) known.see(message, from);
    else if (from === 'exchange' && message.method === 'INVITE') this.#ring(message);
  }

  #ring(invite: SipMessage): void {
    const phone = this.phones.get(invite.targetUser);
    if (!phone) return;
    const call = new RobotCall(this.#gate, invite, this.#request.keepHeard ?? false);
    this.#calls.set(call.callId, call);
    void this.#forgetWhenOver(call);
    phone.call = call;
    phone.onRing?.(call);
    void this.#behave(phone, call);
  }

  async #forgetWhenOver(call: RobotCall): Promise<void> {
    await call.over;
    this.#calls.delete(call.callId);
    this.#gate.forget(call.callId);
  }

  async #behave(phone: RobotPhone, call: RobotCall): Promise<void> {
    const { behaviour } = phone;
    if (behaviour.do === 'ignore') return;
    await new Promise((resolve) => setTimeout(resolve, behaviour.afterMs));
    if (behaviour.do === 'refuse') await call.refuse();
    else await call.answer();
    if (phone.sound && behaviour.do === 'answer') call.play(phone.sound, true);
  }
}

/** Starts one SIPp for all these phones and registers them. */
export async function robotSeats(request: RobotSeatsRequest): Promise<RobotSeats> {
  const calls = new Map<string, RobotCall>();
  const gate = await Gate.open(request.exchange, (callId) => calls.get(callId)?.mediaPort ?? 9);
  const seats = new RobotSeats(gate, await startSipp('seat', gate, {}), request, calls);
  try {
    await seats.register();
  } catch (error) {
    seats.vanish();
    throw error;
  }
  return seats;
}
