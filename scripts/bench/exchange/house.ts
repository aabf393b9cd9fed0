import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Hotline } from '../../../config/hotline.ts';
import { wavOf } from '../../../src/kit/wav.ts';
import { exchange, type House, openHouse } from '../../../test/support/house-rig.ts';
import type { RunningAsterisk } from '../../asterisk/launch.ts';
import type { Api } from '../../demo/api.ts';
import { controlConfiguration, controlSeats, ourSeats } from './control.ts';
import { type Behaviour, type Crowd, type SippRun, startCallers, startSeats } from './sipp.ts';
import { furnish, hire, openConsoles, queueId } from './staff.ts';

/** The number that leads straight to a person. */
export const direct = '12315';

/** The whole house as a site runs it, and the control, in one Asterisk with the phones at one SIPp. */
export interface BenchHouse extends Omit<House, 'asterisk'> {
  asterisk: RunningAsterisk;
  /** Whose processor time is counted. */
  pids: { asterisk: number; server: number };
  /** The phones of all seats. */
  seats: SippRun;
  agents: readonly Api[];
  dial(crowd: Crowd): SippRun;
  /** Hangs up on everybody and waits until nothing is left. */
  emptyExchange(): Promise<void>;
}

interface BenchOptions {
  /** Our seats with a phone and an agent who is ready. */
  seats: number;
  /** Our seats with an agent who is not. */
  notReady?: number;
  controlSeats?: number;
  /** Members of the control's second queue, without phones. */
  busyMembers?: number;
  seatBehaviour: Behaviour;
  hotline?: (doc: Hotline) => void;
  /** What carries our requests; the usual unless given. */
  client?: 'direct' | 'ari-client';
  /** Something that stands between the server and the exchange: gives the address to use instead. */
  ariVia?: (asterisk: RunningAsterisk) => Promise<string>;
}

const firstCallerPort = exchange.port + 2;
const callerPorts = 10;

/**
 * Opens it with everything on that production needs: recording, durable writes, consoles that follow
 * the calls. The greeting is a sound of 20 ms, since an entry cannot be without one.
 */
export async function openBenchHouse(options: BenchOptions): Promise<BenchHouse> {
  const { seats, notReady = 0, ariVia, client } = options;
  const theirs = controlSeats(options.controlSeats ?? 0);
  const house = await openHouse({
    asProcess: true,
    ...(ariVia && { ariVia }),
    config: {
      logLevel: 'error',
      ...(client && { ari: { client } }),
      rateLimit: { perMinute: 1_000_000, signInPerMinute: 100_000 },
    },
    additions: controlConfiguration(theirs, options.busyMembers ?? 0),
    hotline: (doc) => {
      plain(doc);
      options.hotline?.(doc);
    },
  });
  const closing: (() => unknown)[] = [() => house.close()];
  const close = async () => {
    for (const one of closing.toReversed()) await one();
  };
  try {
    writeGreeting(house.dataDir);
    const seatIds = ourSeats(seats + notReady);
    const agents = hire(house, seatIds);
    const hall = { seatIds, agents, ready: seats, controlSeats: theirs };
    const phones = startSeats(exchange.port, await furnish(house, hall), options.seatBehaviour);
    closing.push(() => phones.stop());
    closing.push(await openConsoles(house, agents));
    let crowds = 0;
    return {
      ...house,
      asterisk: house.asterisk,
      pids: { asterisk: house.asterisk.pid, server: house.process?.pid ?? 0 },
      seats: phones,
      agents,
      dial: (crowd) =>
        startCallers(exchange.port, firstCallerPort + (crowds++ % callerPorts), crowd),
      emptyExchange: () => emptyExchange(house),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const greeting = 'greeting-12315';
/** The shortest sound Asterisk plays without complaint. */
export const greetingMs = 20;

/** One short way to a person; nobody is sent away, offered anything or told anything while waiting. */
function plain(doc: Hotline): void {
  for (const entry of doc.entries) {
    if (entry.numbers.includes(direct))
      Object.assign(entry, { greeting: [greeting], queue: queueId });
  }
  for (const queue of doc.queues) {
    Object.assign(queue, { maxWaiting: null, maxWaitMs: null, wrapUpMs: 0, announceEveryMs: 0 });
    queue.ringTimeoutMs = 20_000;
    queue.callBack.offerAfterMs = null;
  }
  doc.rating.timeoutMs = 2_000;
}

/** The shortest recording in place of the greeting: an upload wins over the machine's voice. */
function writeGreeting(dataDir: string): void {
  const folder = join(dataDir, 'prompts-uploaded', 'zh');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${greeting}.wav`), wavOf(new Int16Array(greetingMs * 8), 8_000));
}

/** Who is still waiting is put through to a seat that became free: again until nobody is left. */
async function emptyExchange({ asterisk, left }: House): Promise<void> {
  const { ariUrl, ariUser, ariPassword } = asterisk;
  const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
  const giveUpAt = performance.now() + 60_000;
  for (;;) {
    const { channels } = await left();
    if (channels.length === 0) return;
    if (performance.now() > giveUpAt) throw new Error(`${channels.length} channels do not end`);
    const end = (id: string) =>
      fetch(`${ariUrl}/ari/channels/${id}`, { method: 'DELETE', headers: { authorization } });
    await Promise.all(channels.slice(0, 50).map(end));
    await pause(100);
  }
}
