import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { alawOf, samplesOfAlaw } from '../prompts/wav.ts';
import type { Address } from './gate.ts';

const packetMs = 20;
const packetSamples = 160;
const alawPayload = 8;
/** As the scenarios' SDP announces it. */
const eventPayload = 101;
const keyNames = '0123456789*#';
const keyTicks = 5;
const gapTicks = 6;
const silence = Buffer.alloc(packetSamples, 0xd5);

/** All phones of a process tick together: one timer instead of one per call. */
const ticking = new Set<RtpPhone>();
let ticker: NodeJS.Timeout | undefined;
let nextTickAt = 0;

function tickAll(): void {
  for (const now = performance.now(); nextTickAt <= now; nextTickAt += packetMs) {
    for (const phone of ticking) phone.tick();
  }
}

/** Ear and mouth of one call: G.711 A-law and telephone keys (RFC 4733) over RTP. */
export class RtpPhone {
  readonly port: number;
  packetsReceived = 0;
  readonly #socket: Socket;
  readonly #keepHeard: boolean;
  readonly #heard: Buffer[] = [];
  readonly #source = Math.floor(Math.random() * 2 ** 32);
  #remote: Address | undefined;
  #sound: Buffer = Buffer.alloc(0);
  #soundAt = 0;
  #loop = false;
  #sequence = Math.floor(Math.random() * 2 ** 16);
  #timestamp = Math.floor(Math.random() * 2 ** 31);
  #keys: number[] = [];
  #keyDownFor = 0;
  #keyDownAt = 0;
  #gap = 0;
  #closed = false;

  private constructor(socket: Socket, keepHeard: boolean) {
    this.#socket = socket;
    this.#keepHeard = keepHeard;
    this.port = socket.address().port;
    socket.on('message', (packet) => this.#receive(packet));
  }

  /** @param keepHeard keep what arrives, for `heard()`. */
  static async open(keepHeard: boolean): Promise<RtpPhone> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RtpPhone(socket, keepHeard);
  }

  /** Starts to send: what is played, and silence in between as a phone does. */
  connect(remote: Address): void {
    this.#remote = remote;
    if (this.#closed) return;
    ticking.add(this);
    if (ticker) return;
    nextTickAt = performance.now() + packetMs;
    ticker = setInterval(tickAll, packetMs);
  }

  /** Speaks 8 kHz samples, from the next packet on. */
  play(samples: Int16Array, loop = false): void {
    this.#sound = alawOf(samples);
    this.#soundAt = 0;
    this.#loop = loop;
  }

  /** Presses keys one after the other: each 100 ms long, 120 ms apart. */
  press(keys: string): void {
    this.#keys.push(
      ...Array.from(keys, (key) => keyNames.indexOf(key)).filter((code) => code >= 0),
    );
  }

  /** Everything that arrived since the call began, in order of arrival. */
  heard(): Int16Array {
    return samplesOfAlaw(Buffer.concat(this.#heard));
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    ticking.delete(this);
    this.#socket.close();
    if (ticking.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  }

  /** Sends the packet that is due now; called every 20 ms. */
  tick(): void {
    this.#timestamp = (this.#timestamp + packetSamples) >>> 0;
    const key = this.#keys[0];
    if (key !== undefined && this.#gap === 0) this.#sendKey(key);
    else {
      this.#gap = Math.max(0, this.#gap - 1);
      this.#send(alawPayload, false, this.#timestamp, this.#nextSound());
    }
  }

  /** Packets of one key carry the moment it went down; its end is sent three times. */
  #sendKey(key: number): void {
    const isFirst = this.#keyDownFor === 0;
    if (isFirst) this.#keyDownAt = this.#timestamp;
    this.#keyDownFor++;
    const isLast = this.#keyDownFor === keyTicks;
    const duration = this.#keyDownFor * packetSamples;
    const event = Buffer.from([key, (isLast ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
    for (let copy = 0; copy < (isLast ? 3 : 1); copy++) {
      this.#send(eventPayload, isFirst, this.#keyDownAt, event);
    }
    if (!isLast) return;
    this.#keys.shift();
    this.#keyDownFor = 0;
    this.#gap = gapTicks;
  }

  #nextSound(): Buffer {
    if (this.#soundAt >= this.#sound.length) {
      if (!this.#loop || this.#sound.length === 0) return silence;
      this.#soundAt = 0;
    }
    const piece = this.#sound.subarray(this.#soundAt, this.#soundAt + packetSamples);
    this.#soundAt += packetSamples;
    return piece.length === packetSamples
      ? piece
      : Buffer.concat([piece, silence.subarray(piece.length)]);
  }

  #send(payload: number, marker: boolean, timestamp: number, body: Buffer): void {
    if (!this.#remote || this.#closed) return;
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = (marker ? 0x80 : 0) | payload;
    header.writeUInt16BE(this.#sequence, 2);
    header.writeUInt32BE(timestamp, 4);
    header.writeUInt32BE(this.#source, 8);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#socket.send([header, body], this.#remote.port, this.#remote.host);
  }

  #receive(packet: Buffer): void {
    if (packet.length < 12 || ((packet[1] ?? 0) & 0x7f) !== alawPayload) return;
    this.packetsReceived++;
    if (this.#keepHeard) this.#heard.push(packet.subarray(12));
  }
}
