import { createSocket, type Socket } from 'node:dgram';
import type { Ear } from '../support/sip-phone.ts';

/** Nobody listens here: what the exchange says to a phone of the crowd costs us nothing. */
const DISCARD_PORT = 9;
/** Often enough for the exchange to know that the phone lives (it gives up after 30 s), and for a recording to have something in it. */
const BREATH_MS = 1_000;

let mouth: Socket | undefined;

/**
 * The ear of a phone in a crowd: hears nothing and breathes once in a while, so that a hundred calls
 * do not need ten thousand packets a second of the machine that is being measured.
 */
export function openHush(): Promise<Ear> {
  mouth ??= createSocket('udp4').unref();
  return Promise.resolve(new Hush(mouth));
}

class Hush implements Ear {
  readonly port = DISCARD_PORT;
  readonly heard: number[] = [];
  readonly #mouth: Socket;
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket) {
    this.#mouth = socket;
  }

  talkTo(port: number): void {
    if (this.#timer || port === 0) return;
    const breathe = () => this.#mouth.send(this.#packet(), port, '127.0.0.1');
    breathe();
    this.#timer = setInterval(breathe, BREATH_MS);
  }

  fallSilent(): void {
    clearInterval(this.#timer);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  tone(): void {}
  press(): void {}

  /** 20 ms of A-law silence (RFC 3551, type 8). */
  #packet(): Buffer {
    const packet = Buffer.alloc(172, 0xd5);
    packet[0] = 0x80;
    packet[1] = 8;
    packet.writeUInt16BE(this.#sequence % 65_536, 2);
    packet.writeUInt32BE((this.#sequence * 8 * BREATH_MS) % 2 ** 32, 4);
    packet.writeUInt32BE(0x5678, 8);
    this.#sequence += 1;
    return packet;
  }
}
