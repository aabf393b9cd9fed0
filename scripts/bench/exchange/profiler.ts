import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';

const frame = z.object({ functionName: z.string(), url: z.string() });
const profileShape = z.object({
  nodes: z.array(
    z.object({ id: z.number(), callFrame: frame, children: z.array(z.number()).optional() }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
/** A processor profile as V8 gives it; times in microseconds. */
export type Profile = z.infer<typeof profileShape>;

const targets = z.array(z.object({ webSocketDebuggerUrl: z.string() }));
const answer = z.object({ id: z.number(), result: z.unknown() });
const inspectorUrl = 'http://127.0.0.1:9229/json';

/** Profiles a Node process of ours while `work` goes on: SIGUSR1 opens its inspector, on loopback. */
export async function profileOf(pid: number, work: () => Promise<unknown>): Promise<Profile> {
  process.kill(pid, 'SIGUSR1');
  await pause(1_000);
  const [target] = targets.parse(await (await fetch(inspectorUrl)).json());
  if (!target) throw new Error('the server cannot be profiled');
  const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false });
  await once(socket, 'open');
  let asked = 0;
  const ask = (method: string): Promise<unknown> => {
    asked += 1;
    const id = asked;
    return new Promise((resolve) => {
      const hear = (data: Buffer) => {
        const message = answer.safeParse(JSON.parse(data.toString())).data;
        if (message?.id !== id) return;
        socket.off('message', hear);
        resolve(message.result);
      };
      socket.on('message', hear);
      socket.send(JSON.stringify({ id, method }));
    });
  };
  try {
    await ask('Profiler.enable');
    await ask('Profiler.start');
    await work();
    return z.object({ profile: profileShape }).parse(await ask('Profiler.stop')).profile;
  } finally {
    socket.close();
  }
}

const parts = {
  SQLite: /better-sqlite3|drizzle-orm|\/src\/store\/|projection\.ts/,
  'ARI (HTTP, events)':
    /\/telephony\/|ari-client|swagger-client|node_modules\/ws\/|node:_http|node:net/,
  consoles: /socket\.io|engine\.io|\/src\/realtime\/|\/src\/floor\//,
  'the queue engine': /\/src\/acd\//,
  'the call’s journey and the rest of the house': /\/src\//,
} as const;

/** How the time a profile is not idle divides among the parts of the house: shares of 1. */
export function sharesOf({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parentOf = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((one) => [one, id])),
  );
  const partOf = (leaf: number): string => {
    for (let id: number | undefined = leaf; id !== undefined; id = parentOf.get(id)) {
      const { functionName = '', url = '' } = byId.get(id)?.callFrame ?? {};
      if (functionName === '(idle)') return 'idle';
      if (functionName === '(garbage collector)') return 'collecting garbage';
      // The driver's own functions have no file.
      if (url === '' && /^(run|get|all|iterate|exec)$/.test(functionName)) return 'SQLite';
      const found = Object.entries(parts).find(([, pattern]) => pattern.test(url));
      if (found) return found[0];
    }
    return 'Node itself';
  };
  const times = new Map<string, number>();
  for (const [at, leaf] of samples.entries()) {
    const part = partOf(leaf);
    if (part !== 'idle') times.set(part, (times.get(part) ?? 0) + (timeDeltas[at] ?? 0));
  }
  const total = [...times.values()].reduce((sum, one) => sum + one, 0);
  const sorted = [...times].toSorted(([, a], [, b]) => b - a);
  return new Map(sorted.map(([part, time]) => [part, time / total]));
}
