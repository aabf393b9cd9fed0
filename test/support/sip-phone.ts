import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { systemClock } from '../../src/kit/clock.ts';
import { RtpEar } from './rtp-ear.ts';
import {
  audioPort,
  buildSip,
  digest,
  header,
  parseSip,
  type SipMessage,
  sdp,
} from './sip-message.ts';

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

/** More requests than are under way at any time. */
const answersKept = 200;

/** What a request and its repetitions have in common. */
function transactionOf(request: SipMessage): string {
  return `${request.method} ${header(request, 'via')}`;
}

/** A small SIP phone over UDP on the loopback, for tests: registers, calls, answers, talks. */
export class SipPhone {
  manner: Manner = 'answer';
  /** Calls that rang this phone, newest last. */
  readonly rung: PhoneCall[] = [];
  readonly #socket: Socket;
  readonly #port: number;
  readonly #server: number;
  readonly #user: string;
  readonly #openEar: () => Promise<Ear>;
  readonly #dialogs = new Map<string, Dialog>();
  readonly #waiting = new Map<string, (answer: SipMessage) => void>();
  /** What each request was answered last, by its transaction; empty while it has no answer yet. */
  readonly #answers = new Map<string, string>();
  #onRing: (() => void) | undefined;
  #isClosed = false;

  private constructor(socket: Socket, server: number, user: string, openEar: () => Promise<Ear>) {
    this.#openEar = openEar;
    this.#socket = socket;
    this.#port = socket.address().port;
    this.#server = server;
    this.#user = user;
    socket.on('message', (packet) => {
      const message = parseSip(packet.toString());
      if (message.status > 0) this.#onAnswer(message);
      else void this.#onRequest(message);
    });
  }

  /** Opens a phone named `user` that talks to Asterisk at the loopback's `serverPort`. */
  static async open(
    serverPort: number,
    user: string,
    openEar: () => Promise<Ear> = RtpEar.open,
  ): Promise<SipPhone> {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    return new SipPhone(socket, serverPort, user, openEar);
  }

  /** Where this phone can be called without being registered. */
  get port(): number {
    return this.#port;
  }

  /** Registers, answering the challenge; resolves with the final status. 0 seconds unregisters. */
  async register(password: string, expiresS = 600): Promise<number> {
    const uri = `sip:127.0.0.1:${this.#server}`;
    const callId = randomBytes(8).toString('hex');
    const attempt = (sequence: number, extra: [string, string][]) =>
      this.#ask('REGISTER', uri, callId, sequence, [
        ['From', `<sip:${this.#user}@127.0.0.1>;tag=r`],
        ['To', `<sip:${this.#user}@127.0.0.1>`],
        ['Contact', this.#contact()],
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
    dialog.via = this.#via();
    const headers: [string, string][] = [
      ['Via', dialog.via],
      ['From', local],
      ['To', dialog.remote],
      ['Contact', this.#contact()],
      ['Content-Type', 'application/sdp'],
    ];
    this.#waiting.set(`${id} INVITE`, (answer) => this.#onInviteAnswer(dialog, answer));
    this.#sendRequest('INVITE', target, id, 1, headers, sdp(ear.port));
    return dialog;
  }

  /** Resolves when the phone is rung the next time. */
  nextRing(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRing = resolve;
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const dialog of this.#dialogs.values()) dialog.ear.close();
    this.#dialogs.clear();
    this.#socket.close();
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
    if (message.method === 'ACK' || this.#isRepeated(message)) return;
    if (message.method === 'INVITE' && !dialog) return this.#onInvite(message, id);
    this.#reply(message, dialog || message.method === 'OPTIONS' ? 200 : 481);
    if (message.method === 'BYE') dialog?.end();
    // Too late once it was answered: a BYE follows (RFC 3261 §9.2).
    if (message.method !== 'CANCEL' || !dialog?.invite || dialog.isUp) return;
    this.#reply(dialog.invite, 487, dialog.local);
    dialog.settle(487);
    dialog.end();
  }

  /**
   * Who had to wait for us asks again after half a second: that is no second call, and is told once
   * more what was said (RFC 3261 §17.2).
   */
  #isRepeated(message: SipMessage): boolean {
    const transaction = transactionOf(message);
    const answer = this.#answers.get(transaction);
    if (answer) this.#send(answer);
    else if (answer === undefined) this.#answers.set(transaction, '');
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > answersKept) this.#answers.delete(oldest);
    return answer !== undefined;
  }

  async #onInvite(message: SipMessage, id: string): Promise<void> {
    const ear = await this.#openEar();
    if (this.#isClosed) return ear.close();
    const contact = /<([^>]+)>/.exec(header(message, 'contact'))?.[1] ?? '';
    const dialog = this.#dialog(id, ear, message, {
      local: `${header(message, 'to')};tag=${id.slice(0, 6)}`,
      remote: header(message, 'from'),
      target: contact,
      via: '',
    });
    this.rung.push(dialog);
    if (typeof this.manner === 'number') {
      this.#reply(message, this.manner, dialog.local);
      dialog.settle(this.manner);
      dialog.end();
    } else {
      this.#reply(message, 180, dialog.local);
      if (this.manner === 'answer') dialog.answer();
    }
    this.#onRing?.();
  }

  #accept(dialog: Dialog): void {
    if (!dialog.invite || !this.#dialogs.has(dialog.id)) return;
    this.#reply(dialog.invite, 200, dialog.local, sdp(dialog.ear.port));
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
      return this.#sendRequest('CANCEL', dialog.target, dialog.id, 1, headers);
    }
    dialog.sequence += 1;
    const headers: [string, string][] = [
      ['From', dialog.local],
      ['To', dialog.remote],
    ];
    void this.#ask('BYE', dialog.target, dialog.id, dialog.sequence, headers);
    dialog.end();
  }

  #onInviteAnswer(dialog: Dialog, answer: SipMessage): void {
    if (answer.status < 200) {
      this.#waiting.set(`${dialog.id} INVITE`, (next) => this.#onInviteAnswer(dialog, next));
      return;
    }
    dialog.remote = header(answer, 'to');
    const isUp = answer.status === 200;
    dialog.isUp = isUp;
    const contact = /<([^>]+)>/.exec(header(answer, 'contact'))?.[1];
    const ack: [string, string][] = [
      ['Via', isUp ? this.#via() : dialog.via],
      ['From', dialog.local],
      ['To', dialog.remote],
    ];
    this.#sendRequest('ACK', (isUp && contact) || dialog.target, dialog.id, 1, ack);
    if (contact) dialog.target = contact;
    if (isUp) dialog.ear.talkTo(audioPort(answer.body));
    dialog.settle(answer.status);
    if (!isUp) dialog.end();
    // Answered before the CANCEL had come: a BYE ends it (RFC 3261 §15).
    else if (dialog.isGivenUp) this.#hangUp(dialog);
  }

  #onAnswer(answer: SipMessage): void {
    const method = header(answer, 'cseq').split(' ')[1] ?? '';
    const key = `${header(answer, 'call-id')} ${method}`;
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    waiting?.(answer);
  }

  #ask(
    method: string,
    uri: string,
    callId: string,
    sequence: number,
    headers: [string, string][],
  ): Promise<SipMessage> {
    return new Promise((resolve) => {
      this.#waiting.set(`${callId} ${method}`, resolve);
      this.#sendRequest(method, uri, callId, sequence, [['Via', this.#via()], ...headers]);
    });
  }

  #sendRequest(
    method: string,
    uri: string,
    callId: string,
    sequence: number,
    headers: [string, string][],
    body = '',
  ): void {
    this.#send(
      buildSip(
        `${method} ${uri} SIP/2.0`,
        [
          ...headers,
          ['Call-ID', callId],
          ['CSeq', `${sequence} ${method}`],
          ['Max-Forwards', '70'],
        ],
        body,
      ),
    );
  }

  #reply(request: SipMessage, status: number, to = header(request, 'to'), body = ''): void {
    const headers: [string, string][] = [
      ...(request.headers.get('via') ?? []).map((via): [string, string] => ['Via', via]),
      ['From', header(request, 'from')],
      ['To', to],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ['Contact', this.#contact()],
    ];
    if (body) headers.push(['Content-Type', 'application/sdp']);
    const answer = buildSip(`SIP/2.0 ${status} Test`, headers, body);
    this.#answers.set(transactionOf(request), answer);
    this.#send(answer);
  }

  #via(): string {
    return `SIP/2.0/UDP 127.0.0.1:${this.#port};branch=z9hG4bK${randomBytes(6).toString('hex')};rport`;
  }

  #contact(): string {
    return `<sip:${this.#user}@127.0.0.1:${this.#port}>`;
  }

  #send(text: string): void {
    if (!this.#isClosed) this.#socket.send(text, this.#server, '127.0.0.1');
  }
}
