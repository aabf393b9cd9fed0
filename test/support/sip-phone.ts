import { randomBytes } from 'node:crypto';
import { systemClock } from '../../src/kit/clock.ts';
import { RtpEar } from './rtp-ear.ts';
import { audioPort, digest, header, type SipMessage, sdp } from './sip-message.ts';
import { SipTransactions } from './sip-transactions.ts';

/** What a test phone does when it is rung: answer, ring for ever, or refuse with a SIP status. */
export type Manner = 'answer' | 'ring' | number;

/** What a phone hears and says with; crowds have ears that cost nothing. */
export type Ear = Pick<
  RtpEar,
  'port' | 'heard' | 'talkTo' | 'tone' | 'press' | 'fallSilent' | 'close'
> & {
  /** Keys that came; a crowd's ears hear none. */
  keysHeard?: string;
};

export interface PhoneCall {
  ear: Ear;
  /** The INVITE that rang the phone; undefined for a call the phone made. */
  invite: SipMessage | undefined;
  /** When the INVITE came or went, by the machine's clock. */
  since: number;
  /** Resolves with the status that ended the set-up: 200, or the refusal. */
  answered: Promise<number>;
  /** Resolves when the call is over, whoever ended it. */
  over: Promise<void>;
  answer(): void;
  hangUp(): void;
}

interface Dialog extends PhoneCall {
  id: string;
  local: string;
  remote: string;
  target: string;
  via: string;
  sequence: number;
  isUp: boolean;
  /** A CANCEL was sent. */
  isGivenUp: boolean;
  settle(status: number): void;
  end(): void;
}

/** A small SIP phone over UDP on the loopback, for tests: registers, calls, answers, talks. */
export class SipPhone {
  manner: Manner = 'answer';
  /** Calls that rang this phone, newest last. */
  readonly rung: PhoneCall[] = [];
  readonly #sip: SipTransactions;
  readonly #server: number;
  readonly #user: string;
  readonly #openEar: () => Promise<Ear>;
  readonly #dialogs = new Map<string, Dialog>();
  #onRing: (() => void) | undefined;

  private constructor(
    sip: SipTransactions,
    server: number,
    user: string,
    openEar: () => Promise<Ear>,
  ) {
    this.#openEar = openEar;
    this.#sip = sip;
    this.#server = server;
    this.#user = user;
    sip.onRequest = (request) => void this.#onRequest(request);
  }

  /** Opens a phone named `user` that talks to Asterisk at the loopback's `serverPort`. */
  static async open(
    serverPort: number,
    user: string,
    openEar: () => Promise<Ear> = RtpEar.open,
  ): Promise<SipPhone> {
    const sip = await SipTransactions.open(serverPort, user);
    return new SipPhone(sip, serverPort, user, openEar);
  }

  /** Where this phone can be called without being registered. */
  get port(): number {
    return this.#sip.port;
  }

  /** Registers, answering the challenge; resolves with the final status. 0 seconds unregisters. */
  async register(password: string, expiresS = 600): Promise<number> {
    const uri = `sip:127.0.0.1:${this.#server}`;
    const callId = randomBytes(8).toString('hex');
    const attempt = (sequence: number, extra: [string, string][]) =>
      this.#sip.ask('REGISTER', uri, callId, sequence, [
        ['From', `<sip:${this.#user}@127.0.0.1>;tag=r`],
        ['To', `<sip:${this.#user}@127.0.0.1>`],
        ['Contact', this.#sip.contact()],
        ['Expires', String(expiresS)],
        ...extra,
      ]);
    const challenge = await attempt(1, []);
    if (challenge.status !== 401) return challenge.status;
    const account = { user: this.#user, password };
    const proof = digest(header(challenge, 'www-authenticate'), account, 'REGISTER', uri);
    return (await attempt(2, [['Authorization', proof]])).status;
  }

  /**
   * Dials `number`; the call's promises tell the rest.
   * @param from who says to be calling, as in the `From` header; the phone's own name otherwise
   */
  async call(number: string, from = `<sip:${this.#user}@127.0.0.1>`): Promise<PhoneCall> {
    const id = randomBytes(8).toString('hex');
    const target = `sip:${number}@127.0.0.1:${this.#server}`;
    const ear = await this.#openEar();
    const local = `${from};tag=${id.slice(0, 6)}`;
    const dialog = this.#dialog(id, ear, undefined, {
      local,
      remote: `<${target}>`,
      target,
      via: '',
    });
    dialog.via = this.#sip.via();
    const headers: [string, string][] = [
      ['Via', dialog.via],
      ['From', local],
      ['To', dialog.remote],
      ['Contact', this.#sip.contact()],
      ['Content-Type', 'application/sdp'],
    ];
    this.#hearAnswer(dialog);
    this.#sip.send('INVITE', target, id, 1, headers, sdp(ear.port));
    return dialog;
  }

  /** Resolves when the phone is rung the next time. */
  nextRing(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRing = resolve;
    });
  }

  close(): void {
    for (const dialog of this.#dialogs.values()) dialog.ear.close();
    this.#dialogs.clear();
    this.#sip.close();
  }

  #dialog(
    id: string,
    ear: Ear,
    invite: SipMessage | undefined,
    sides: { local: string; remote: string; target: string; via: string },
  ): Dialog {
    let settle: (status: number) => void = () => {};
    let end: () => void = () => {};
    const answered = new Promise<number>((resolve) => {
      settle = resolve;
    });
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const dialog: Dialog = {
      id,
      ear,
      invite,
      since: systemClock.now(),
      answered,
      over,
      settle,
      ...sides,
      sequence: 1,
      isUp: false,
      isGivenUp: false,
      end: () => {
        if (!this.#dialogs.delete(id)) return;
        ear.close();
        end();
      },
      answer: () => this.#accept(dialog),
      hangUp: () => this.#hangUp(dialog),
    };
    this.#dialogs.set(id, dialog);
    return dialog;
  }

  async #onRequest(message: SipMessage): Promise<void> {
    const id = header(message, 'call-id');
    const dialog = this.#dialogs.get(id);
    if (message.method === 'INVITE' && !dialog) return this.#onInvite(message, id);
    this.#sip.reply(message, dialog || message.method === 'OPTIONS' ? 200 : 481);
    if (message.method === 'BYE') dialog?.end();
    // Too late once it was answered: a BYE follows (RFC 3261 §9.2).
    if (message.method !== 'CANCEL' || !dialog?.invite || dialog.isUp) return;
    this.#sip.reply(dialog.invite, 487, dialog.local);
    dialog.settle(487);
    dialog.end();
  }

  async #onInvite(message: SipMessage, id: string): Promise<void> {
    const ear = await this.#openEar();
    if (this.#sip.isClosed) return ear.close();
    const contact = /<([^>]+)>/.exec(header(message, 'contact'))?.[1] ?? '';
    const dialog = this.#dialog(id, ear, message, {
      local: `${header(message, 'to')};tag=${id.slice(0, 6)}`,
      remote: header(message, 'from'),
      target: contact,
      via: '',
    });
    this.rung.push(dialog);
    if (typeof this.manner === 'number') {
      this.#sip.reply(message, this.manner, dialog.local);
      dialog.settle(this.manner);
      dialog.end();
    } else {
      this.#sip.reply(message, 180, dialog.local);
      if (this.manner === 'answer') dialog.answer();
    }
    this.#onRing?.();
  }

  #accept(dialog: Dialog): void {
    if (!dialog.invite || !this.#dialogs.has(dialog.id)) return;
    this.#sip.reply(dialog.invite, 200, dialog.local, sdp(dialog.ear.port));
    dialog.ear.talkTo(audioPort(dialog.invite.body));
    dialog.isUp = true;
    dialog.settle(200);
  }

  #hangUp(dialog: Dialog): void {
    if (!this.#dialogs.has(dialog.id)) return;
    if (!dialog.isUp && !dialog.invite) {
      dialog.isGivenUp = true;
      const { via, local, remote } = dialog;
      const headers: [string, string][] = [
        ['Via', via],
        ['From', local],
        ['To', remote],
      ];
      return this.#sip.send('CANCEL', dialog.target, dialog.id, 1, headers);
    }
    dialog.sequence += 1;
    const headers: [string, string][] = [
      ['From', dialog.local],
      ['To', dialog.remote],
    ];
    void this.#sip.ask('BYE', dialog.target, dialog.id, dialog.sequence, headers);
    dialog.end();
  }

  #hearAnswer(dialog: Dialog): void {
    const hear = (answer: SipMessage) => this.#onInviteAnswer(dialog, answer);
    this.#sip.onNextAnswer(dialog.id, 'INVITE', hear);
  }

  #onInviteAnswer(dialog: Dialog, answer: SipMessage): void {
    if (answer.status < 200) return this.#hearAnswer(dialog);
    dialog.remote = header(answer, 'to');
    const isUp = answer.status === 200;
    dialog.isUp = isUp;
    const contact = /<([^>]+)>/.exec(header(answer, 'contact'))?.[1];
    const ack: [string, string][] = [
      ['Via', isUp ? this.#sip.via() : dialog.via],
      ['From', dialog.local],
      ['To', dialog.remote],
    ];
    this.#sip.send('ACK', (isUp && contact) || dialog.target, dialog.id, 1, ack);
    if (contact) dialog.target = contact;
    if (isUp) dialog.ear.talkTo(audioPort(answer.body));
    dialog.settle(answer.status);
    if (!isUp) dialog.end();
    // Answered before the CANCEL had come: a BYE ends it (RFC 3261 §15).
    else if (dialog.isGivenUp) this.#hangUp(dialog);
  }
}
