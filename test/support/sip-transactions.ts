import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { buildSip, header, parseSip, type SipMessage } from './sip-message.ts';

/** More requests than are under way at any time. */
const answersKept = 200;

/** What a request and its repetitions have in common. */
function transactionOf(request: SipMessage): string {
  return `${request.method} ${header(request, 'via')}`;
}

/** What a test phone asks the exchange and is asked by it, over UDP on the loopback (RFC 3261 §17). */
export class SipTransactions {
  /** Told of every request that is no repetition; an ACK asks for nothing. */
  onRequest: (request: SipMessage) => void = () => {};
  readonly port: number;
  readonly #socket: Socket;
  readonly #server: number;
  readonly #user: string;
  readonly #waiting = new Map<string, (answer: SipMessage) => void>();
  /** What each request was answered last, by its transaction; empty while it has no answer yet. */
  readonly #answers = new Map<string, string>();
  #isClosed = false;

  private constructor(socket: Socket, server: number, user: string) {
    this.#socket = socket;
    this.port = socket.address().port;
    this.#server = server;
    this.#user = user;
    socket.on('message', (packet) => {
      const message = parseSip(packet.toString());
      if (message.status > 0) this.#onAnswer(message);
      else if (message.method !== 'ACK' && !this.#isRepeated(message)) this.onRequest(message);
    });
  }

  static async open(serverPort: number, user: string): Promise<SipTransactions> {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    return new SipTransactions(socket, serverPort, user);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.close();
  }

  /** Sends a request; resolves with the next answer. */
  ask(
    method: string,
    uri: string,
    callId: string,
    sequence: number,
    headers: [string, string][],
  ): Promise<SipMessage> {
    return new Promise((resolve) => {
      this.onNextAnswer(callId, method, resolve);
      this.send(method, uri, callId, sequence, [['Via', this.via()], ...headers]);
    });
  }

  /** Whoever waits for the next answer in this call to a request of this kind. */
  onNextAnswer(callId: string, method: string, hear: (answer: SipMessage) => void): void {
    this.#waiting.set(`${callId} ${method}`, hear);
  }

  /** Sends a request, `Via` and all; nobody waits for an answer. */
  send(
    method: string,
    uri: string,
    callId: string,
    sequence: number,
    headers: [string, string][],
    body = '',
  ): void {
    this.#sendText(
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

  reply(request: SipMessage, status: number, to = header(request, 'to'), body = ''): void {
    const headers: [string, string][] = [
      ...(request.headers.get('via') ?? []).map((via): [string, string] => ['Via', via]),
      ['From', header(request, 'from')],
      ['To', to],
      ['Call-ID', header(request, 'call-id')],
      ['CSeq', header(request, 'cseq')],
      ['Contact', this.contact()],
    ];
    if (body) headers.push(['Content-Type', 'application/sdp']);
    const answer = buildSip(`SIP/2.0 ${status} Test`, headers, body);
    this.#answers.set(transactionOf(request), answer);
    this.#sendText(answer);
  }

  /** For one more transaction. */
  via(): string {
    return `SIP/2.0/UDP 127.0.0.1:${this.port};branch=z9hG4bK${randomBytes(6).toString('hex')};rport`;
  }

  contact(): string {
    return `<sip:${this.#user}@127.0.0.1:${this.port}>`;
  }

  /**
   * Who had to wait for us asks again after half a second: that is no second call, and is told once
   * more what was said (RFC 3261 §17.2).
   */
  #isRepeated(message: SipMessage): boolean {
    const transaction = transactionOf(message);
    const answer = this.#answers.get(transaction);
    if (answer) this.#sendText(answer);
    else if (answer === undefined) this.#answers.set(transaction, '');
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > answersKept) this.#answers.delete(oldest);
    return answer !== undefined;
  }

  #onAnswer(answer: SipMessage): void {
    const method = header(answer, 'cseq').split(' ')[1] ?? '';
    const key = `${header(answer, 'call-id')} ${method}`;
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    waiting?.(answer);
  }

  #sendText(text: string): void {
    if (!this.#isClosed) this.#socket.send(text, this.#server, '127.0.0.1');
  }
}
