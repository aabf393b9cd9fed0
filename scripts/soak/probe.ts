import type { ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Runs inside the server, beside it (`withHook`): answers what its parent asks about memory, after a
 * collection, about handles, and about how long its event loop was held up since the last question.
 */
export const probeSource = `
  const { monitorEventLoopDelay } = await import('node:perf_hooks');
  const v8 = await import('node:v8');
  const vm = await import('node:vm');
  if (process.send) {
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    process.on('message', (asked) => {
      if (typeof asked === 'string' && asked.startsWith('snapshot ')) {
        collect();
        process.send({ file: v8.writeHeapSnapshot(asked.slice('snapshot '.length)) });
      }
      if (asked !== 'probe') return;
      const [loopP99Ms, loopMaxMs] = [delay.percentile(99) / 1e6, delay.max / 1e6];
      collect();
      const code = v8.getHeapCodeStatistics();
      const codeBytes = code.code_and_metadata_size + code.bytecode_and_metadata_size;
      const heapMb = (process.memoryUsage().heapUsed - codeBytes) / 1e6;
      const handles = process.getActiveResourcesInfo().length;
      delay.reset();
      process.send({ heapMb, handles, loopP99Ms, loopMaxMs });
    });
    process.channel?.unref();
  }
`;

const inside = z.object({
  /** In use after a collection, without compiled code. */
  heapMb: z.number(),
  handles: z.number(),
  loopP99Ms: z.number(),
  loopMaxMs: z.number(),
});

const written = z.object({ file: z.string() });

/** A busy machine takes a while, and a server that writes its heap down answers nothing meanwhile. */
const patienceMs = 120_000;

/** Asks, and waits for the answer of this shape: another question may be open. */
async function ask<T extends z.ZodType>(server: ChildProcess, asked: string, shape: T) {
  const signal = AbortSignal.timeout(patienceMs);
  const answers = on(server, 'message', { signal });
  server.send(asked);
  for await (const [answer] of answers) {
    const { data } = shape.safeParse(answer);
    if (data !== undefined) return data;
  }
  throw new Error('the server has ended');
}

/** What the server says of itself. */
export function probe(server: ChildProcess): Promise<z.infer<typeof inside>> {
  return ask(server, 'probe', inside);
}

/** Writes down what is on the server's heap; it stands still for some seconds. */
export async function snapshot(server: ChildProcess, file: string): Promise<void> {
  await ask(server, `snapshot ${file}`, written);
}

/** Memory, open files and processor time of a process, as the kernel counts them. */
export function processFigures(pid: number): { rssMb: number; files: number; cpuSeconds: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const rssMb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_000;
  // Behind the name in brackets: user and system time are the 12th and 13th field, in hundredths.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / 100;
  return { rssMb, files: readdirSync(`/proc/${pid}/fd`).length, cpuSeconds };
}
