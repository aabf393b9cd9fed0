import { setTimeout as pause } from 'node:timers/promises';
import { AriTap } from '../exchange/ari-tap.ts';
import { cpuDuring } from '../exchange/cpu.ts';
import { subscribeToAll } from '../exchange/everything.ts';
import { direct, openBenchHouse } from '../exchange/house.ts';
import { figuresOf, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

const perSecond = 5;
const goals = { requests: 12, connections: 0, bytes: 1 / 20 };

export const ari: Row = {
  name: 'ari',
  needs: 'an exchange and SIPp',
  title: 'requests, new connections and event bytes of an answered call; control: subscribe-all',
  async run({ tiny, progress }) {
    const calls = tiny ? 5 : 100;
    progress('over our own HTTP');
    const ours = await talk('direct', calls);
    progress('over ari-client');
    const library = await talk('ari-client', calls);
    const us = figuresOf([ours.bytes]);
    const them = figuresOf([ours.everything]);
    const ratio = ratioOf(us.p50, them.p50);
    return {
      samples: calls * 2,
      ours: us,
      control: them,
      ratio: { p50: ratio, p99: null },
      goal: 'per answered, recorded call: ≤ 12 requests, 0 new connections, event bytes (shown) ≤ 1/20 of subscribe-all',
      met: tiny
        ? null
        : ours.requests <= goals.requests &&
          ours.connections <= goals.connections &&
          (ratio ?? Number.NaN) <= goals.bytes,
      notes: [
        `Over our own HTTP: ${wordsOf(ours)}`,
        `Over ari-client 2.2.0 with our transport under it: ${wordsOf(library)}`,
        `One call: ${ours.kinds}. Its events: ${ours.events}.`,
        `The caller hears a greeting, waits for nobody, is recorded, talks for a second and hangs up; ${calls} calls with each, ${perSecond} a second. Counted on the wire between server and Asterisk; subscribe-all is a second application in the same Asterisk at the same time.`,
      ],
    };
  },
};

type Counted = Awaited<ReturnType<typeof talk>>;

function wordsOf({ requests, connections, bytes, everything, cpuMs }: Counted): string {
  return `${requests.toFixed(1)} requests and ${connections.toFixed(2)} new connections a call, ${bytes.toFixed(0)} bytes of events against ${everything.toFixed(0)}; the server used ${cpuMs.toFixed(1)} ms of processor a call.`;
}

/** Some calls over one of the two clients, after some that are not counted. */
async function talk(client: 'direct' | 'ari-client', calls: number) {
  let tap: AriTap | undefined;
  const ariVia = async ({ ariUrl }: { ariUrl: string }) => {
    tap = await AriTap.open(ariUrl);
    return tap.url;
  };
  const seatBehaviour = { stayMs: 60_000, whenOver: 'leave' } as const;
  const house = await openBenchHouse({ seats: 20, seatBehaviour, ariVia, client });
  const everything = await subscribeToAll(house.asterisk);
  try {
    const behaviour = { stayMs: 1_000, whenOver: 'leave' } as const;
    const dial = async (count: number) => {
      await house.dial({ to: [direct], count, perSecond, behaviour }).ended;
      await pause(1_000);
    };
    await dial(Math.min(calls, 20));
    tap?.reset();
    const before = everything.bytes();
    const [cpu = 0] = await cpuDuring([house.pids.server], () => dial(calls));
    const passed = tap?.passed ?? [];
    // The list of channels that is asked for twice a minute belongs to no call.
    const requests = passed.filter(
      ({ kind, text }) =>
        kind === 'request' && !/^GET \/ari\/(channels|bridges|endpoints|asterisk)/.test(text),
    );
    return {
      requests: requests.length / calls,
      connections: (tap?.connections ?? 0) / calls,
      bytes: (tap?.eventBytes ?? 0) / calls,
      everything: (everything.bytes() - before) / calls,
      cpuMs: cpu / calls,
      events: eventsOf(
        passed.filter(({ kind }) => kind === 'event').map(({ text }) => text),
        calls,
      ),
      kinds: kindsOf(
        requests.map(({ text }) => text),
        calls,
      ),
    };
  } finally {
    everything.close();
    await house.close();
    tap?.close();
  }
}

/** What is asked for, and how often per call. */
function kindsOf(requests: readonly string[], calls: number): string {
  const counts = new Map<string, number>();
  for (const text of requests) {
    const [method = '', path = ''] = text.split('?', 1)[0]?.split(' ') ?? [];
    const [, , what = '', , act = ''] = path.split('/');
    const kind = `${method} ${what}${act === '' ? '' : `/${act}`}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return listed(counts, calls);
}

/** Which events come, and how often per call. */
function eventsOf(texts: readonly string[], calls: number): string {
  const counts = new Map<string, number>();
  for (const [, type = ''] of texts.join('').matchAll(/\{"type":"([A-Z]\w+)"/g)) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return listed(counts, calls);
}

function listed(counts: ReadonlyMap<string, number>, calls: number): string {
  return [...counts].map(([kind, count]) => `${kind} ${(count / calls).toFixed(1)}`).join(', ');
}
