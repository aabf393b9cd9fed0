import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { okTo, orderFor, parseSip, type SipMessage } from './wire.ts';

/** An address SIP or RTP is sent to. */
export interface Address {
  host: string;
  port: number;
}

/** What passes the gate. `from` is who sent it. */
export type WireListener = (message: SipMessage, from: 'phone' | 'exchange') => void;

/** Stands in SIPp's scenarios where the RTP port goes; as long as any port above 9999. */
const portPlaceholder = 'm=audio 65535 ';

/**
 * A door between SIPp and the exchange. SIPp speaks SIP; everything passes through here, so that we
 * see what happens on the wire, give running calls orders and put our own RTP port into the SDP.
 */
export class Gate {
  /** SIPp's side. */
  readonly phonePort: number;
  /** The side the exchange sees; what phones register as their contact. */
  readonly contact: Address;
  readonly #inside: Socket;
  readonly #outside: Socket;
  readonly #exchange: Address;
  readonly #phoneOfCall = new Map<string, number>();
  readonly #listeners = new Set<WireListener>();
  readonly #mediaPort: (callId: string) => number;
  /** SIPp's port for calls that come in. */
  #servedBy: number | undefined;
  #closed = false;

  private constructor(
    inside: Socket,
    outside: Socket,
    exchange: Address,
    mediaPort: (callId: string) => number,
  ) {
    this.#inside = inside;
    this.#outside = outside;
    this.#exchange = exchange;
    this.#mediaPort = mediaPort;
    this.phonePort = inside.address().port;
    this.contact = { host: '127.0.0.1', port: outside.address().port };
    inside.on('message', (data, from) => this.#fromPhone(data.toString('utf8'), from.port));
    outside.on('message', (data) => this.#fromExchange(data.toString('utf8')));
  }

  /** @param mediaPort the RTP port of a call, by its Call-ID. */
  static async open(exchange: Address, mediaPort: (callId: string) => number): Promise<Gate> {
    return new Gate(await bound(), await bound(), exchange, mediaPort);
  }

  listen(listener: WireListener): void {
    this.#listeners.add(listener);
  }

  /** Sends calls that come in to the SIPp that listens on this port. */
  serveFrom(port: number): void {
    this.#servedBy = port;
  }

  /** Gives the SIPp call an order (`answer`, `refuse`, `hang-up`). */
  order(callId: string, peerTag: string, order: string): void {
    const port = this.#phoneOfCall.get(callId);
    if (port !== undefined && !this.#closed) this.#toPhone(orderFor(callId, peerTag, order), port);
  }

  forget(callId: string): void {
    this.#phoneOfCall.delete(callId);
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#inside.close();
    this.#outside.close();
  }

  #fromPhone(text: string, port: number): void {
    const message = parseSip(text);
    if (!message || message.cseq.endsWith(' MESSAGE')) return;
    const begins = message.method === 'INVITE' || message.method === 'REGISTER';
    if (begins) this.#phoneOfCall.set(message.callId, port);
    const sent = text.includes(portPlaceholder)
      ? text.replace(portPlaceholder, `m=audio ${this.#mediaPort(message.callId)} `)
      : text;
    this.#outside.send(sent, this.#exchange.port, this.#exchange.host);
    for (const listener of this.#listeners) listener(message, 'phone');
  }

  #fromExchange(text: string): void {
    const message = parseSip(text);
    if (!message) return;
    if (message.method === 'OPTIONS') {
      this.#outside.send(okTo(text), this.#exchange.port, this.#exchange.host);
      return;
    }
    const port = this.#phoneOfCall.get(message.callId) ?? this.#servedBy;
    if (port === undefined) return;
    this.#phoneOfCall.set(message.callId, port);
    for (const listener of this.#listeners) listener(message, 'exchange');
    this.#toPhone(text, port);
  }

  #toPhone(text: string, port: number): void {
    this.#inside.send(text, port, '127.0.0.1');
  }
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
