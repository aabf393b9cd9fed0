import { createSocket, type Socket } from 'node:dgram';

/**
 * Real phones begin to count their packets anywhere. Ours each begin a little before the one opened
 * last: what is taken for the same sender's late packet after a change of speakers shows every time.
 */
const sequenceStep = 10_000;
let nextSequence = 60_000;

/** The RTP half of a test phone: sends a tone and keys, keeps what it hears (A-law, 8 kHz). */
export class RtpEar {
  readonly port: number;
  /** Keys that came as RFC 4733 events. */
  keysHeard = '';
  #keyStamp = -1;
  /** Everything heard since the start, 16-bit samples. */
  readonly heard: number[] = [];
  readonly #socket: Socket;
  #target = 0;
  #sequence: number;
  #stamp = 0;
  #toneHz = 0;
  #timer: NodeJS.Timeout | undefined;
  #keys: { code: number; tick: number }[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    this.#sequence = nextSequence;
    nextSequence = (nextSequence + 65_536 - sequenceStep) % 65_536;
    socket.on('message', (packet) => {
      if ((packet[1] ?? 0) % 128 === 101) this.#hearKey(packet);
      if ((packet[1] ?? 0) % 128 !== 8) return;
      for (const byte of packet.subarray(12)) this.heard.push(alawToLinear(byte));
    });
  }

  static async open(): Promise<RtpEar> {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    return new RtpEar(socket);
  }

  /** Sends 20 ms packets to `port` until closed: silence, or the tone set by `tone`. */
  talkTo(port: number): void {
    this.#target = port;
    if (this.#timer) return;
    const startedAt = performance.now();
    let sent = 0;
    this.#timer = setInterval(() => {
      while (sent * 20 < performance.now() - startedAt) {
        sent += 1;
        this.#tick();
      }
    }, 10);
  }

  tone(hz: number): void {
    this.#toneHz = hz;
  }

  /** Stops sending but keeps the call: what a phone whose network died does. */
  fallSilent(): void {
    clearInterval(this.#timer);
  }

  /** Queues keys as RFC 4733 events, 100 ms each with 80 ms between. */
  press(keys: string): void {
    for (const key of keys) this.#keys.push({ code: '0123456789*#'.indexOf(key), tick: 0 });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  /** One key is several packets with one time stamp. */
  #hearKey(packet: Buffer): void {
    const stamp = packet.readUInt32BE(4);
    if (stamp === this.#keyStamp) return;
    this.#keyStamp = stamp;
    this.keysHeard += '0123456789*#'[packet[12] ?? 0] ?? '';
  }

  #tick(): void {
    const key = this.#keys[0];
    if (key) this.#sendKey(key);
    else this.#sendAudio();
    this.#stamp += 160;
  }

  #sendKey(key: { code: number; tick: number }): void {
    const { tick } = key;
    key.tick += 1;
    if (tick < 8) {
      const isEnd = tick >= 5;
      const payload = Buffer.from([key.code, isEnd ? 0x8a : 0x0a, 0, 0]);
      payload.writeUInt16BE(160 * (Math.min(tick, 5) + 1), 2);
      this.#send(101, tick === 0, this.#stamp - tick * 160, payload);
    }
    if (tick >= 12) this.#keys.shift();
  }

  #sendAudio(): void {
    const payload = Buffer.alloc(160);
    for (let i = 0; i < 160; i += 1) {
      const angle = (2 * Math.PI * this.#toneHz * (this.#stamp + i)) / 8000;
      payload[i] = linearToAlaw(this.#toneHz === 0 ? 0 : Math.round(8000 * Math.sin(angle)));
    }
    this.#send(8, false, this.#stamp, payload);
  }

  #send(type: number, marker: boolean, stamp: number, payload: Buffer): void {
    const head = Buffer.alloc(12);
    head[0] = 0x80;
    head[1] = type + (marker ? 128 : 0);
    head.writeUInt16BE(this.#sequence++ % 65536, 2);
    head.writeUInt32BE(stamp, 4);
    head.writeUInt32BE(0x1234, 8);
    this.#socket.send(Buffer.concat([head, payload]), this.#target, '127.0.0.1');
  }
}

function linearToAlaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = Math.min(Math.abs(sample), 32635);
  let exponent = 7;
  for (let mask = 0x4000; (magnitude & mask) === 0 && exponent > 0; mask >>= 1) exponent -= 1;
  const mantissa = exponent === 0 ? magnitude >> 4 : magnitude >> (exponent + 3);
  return (sign | (exponent << 4) | (mantissa & 0x0f)) ^ 0x55;
}

function alawToLinear(code: number): number {
  const value = code ^ 0x55;
  const exponent = (value >> 4) & 7;
  const base = ((value & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? base : (base + 0x100) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

/** How strong one frequency is in the samples (Goertzel), 0 = absent; amplitude of a pure tone. */
export function strengthOf(samples: ArrayLike<number>, hz: number, rate = 8000): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let a = 0;
  let b = 0;
  for (let i = 0; i < samples.length; i += 1) [a, b] = [(samples[i] ?? 0) + coefficient * a - b, a];
  return (2 * Math.sqrt(Math.max(0, a * a + b * b - coefficient * a * b))) / (samples.length || 1);
}
