import { Worker } from 'node:worker_threads';
import type { Ear } from '../support/sip-phone.ts';

/** Nobody listens here: what the exchange says to a phone of the crowd costs us nothing. */
const DISCARD_PORT = 9;
/** Often enough for the exchange to know that the phone lives (it gives up after 30 s), and for a recording to have something in it. */
const BREATH_MS = 1_000;
/** How many phones can be open at a time. */
const PHONES = 8_192;

/** The exchange's port for each phone that talks; 0 for the others. Read by the thread that breathes. */
const talkingTo = new Int32Array(new SharedArrayBuffer(PHONES * 4));
const free: number[] = [];
let used = 0;
let mouth: Worker | undefined;

/**
 * The ear of a phone in a crowd: hears nothing and breathes once in a while, so that a hundred calls
 * do not need ten thousand packets a second of the machine that is being measured.
 */
export function openHush(): Promise<Ear> {
  if (!mouth) {
    const workerData = { talkingTo, breathMs: BREATH_MS };
    mouth = new Worker(mouthThread, { eval: true, workerData, execArgv: [] });
    mouth.unref();
  }
  return Promise.resolve(new Hush());
}

class Hush implements Ear {
  readonly port = DISCARD_PORT;
  readonly heard: number[] = [];
  #place: number | null = null;

  talkTo(port: number): void {
    if (this.#place !== null || port === 0) return;
    this.#place = free.pop() ?? used++;
    if (this.#place >= PHONES) throw new Error(`more than ${PHONES} phones`);
    Atomics.store(talkingTo, this.#place, port);
  }

  fallSilent(): void {
    if (this.#place === null) return;
    Atomics.store(talkingTo, this.#place, 0);
    free.push(this.#place);
    this.#place = null;
  }

  close(): void {
    this.fallSilent();
  }

  tone(): void {}
  press(): void {}
}

/**
 * Breathes for all phones, a twentieth of them at a time. The exchange answers to where a packet came
 * from, which is one socket here: a thread of its own sleeps between the breaths instead of reading, so
 * that the kernel drops what is said, as it would on a network that ends elsewhere. A process that reads
 * fifteen thousand packets a second takes a third of a processor from whom it is to measure.
 */
const mouthThread = `
const { createSocket } = require('node:dgram');
const { workerData } = require('node:worker_threads');
const { talkingTo, breathMs } = workerData;
const parts = 20;
const never = new Int32Array(new SharedArrayBuffer(4));
const socket = createSocket({ type: 'udp4', recvBufferSize: 1 });
const sequences = new Map();

/** 20 ms of A-law silence (RFC 3551, type 8). */
function packet(sequence) {
  const words = Buffer.alloc(172, 0xd5);
  words[0] = 0x80;
  words[1] = 8;
  words.writeUInt16BE(sequence % 65536, 2);
  words.writeUInt32BE((sequence * 8 * breathMs) % 2 ** 32, 4);
  words.writeUInt32BE(0x5678, 8);
  return words;
}

function breathe(part) {
  const sent = [];
  for (let place = 0; place < talkingTo.length; place += 1) {
    const port = Atomics.load(talkingTo, place);
    const before = sequences.get(place);
    if (port === 0) {
      if (before) sequences.delete(place);
      continue;
    }
    const isNew = before?.port !== port;
    if (!isNew && place % parts !== part) continue;
    const sequence = isNew ? 0 : before.next;
    sequences.set(place, { port, next: sequence + 1 });
    sent.push(new Promise((done) => socket.send(packet(sequence), port, '127.0.0.1', done)));
  }
  return Promise.all(sent);
}

async function live() {
  for (let part = 0; ; part = (part + 1) % parts) {
    await breathe(part);
    Atomics.wait(never, 0, 0, breathMs / parts);
  }
}

socket.bind(0, '127.0.0.1', () => void live());
`;
