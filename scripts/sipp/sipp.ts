import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Gate } from './gate.ts';

/** A SIPp process at work. */
export interface Sipp {
  /** The port it listens on. */
  port: number;
  /** Resolves when it has ended; tells what SIPp complained about, if it did. */
  ended: Promise<{ code: number | null; complaint: string }>;
  kill(): void;
}

/** None of them outlives us. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/**
 * Starts SIPp with one of our scenarios, talking to the gate.
 * @param keys values of the scenario's own keywords.
 */
export async function startSipp(
  scenario: 'caller' | 'crowd' | 'seat' | 'register',
  gate: Gate,
  keys: Record<string, string>,
  options: readonly string[] = [],
): Promise<Sipp> {
  const port = await freeUdpPort();
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'));
  const errorFile = join(folder, 'errors.log');
  const file = fileURLToPath(new URL(`scenarios/${scenario}.xml`, import.meta.url));
  const values = { contact_port: String(gate.contact.port), ...keys };
  const keyArgs = Object.entries(values).flatMap(([key, value]) => ['-key', key, value]);
  const args = [
    `127.0.0.1:${gate.phonePort}`,
    ...`-i 127.0.0.1 -p ${port} -aa -nostdin -timer_resol 10 -trace_err`.split(' '),
    '-sf',
    file,
    '-error_file',
    errorFile,
    ...keyArgs,
    ...options,
  ];
  // In a session of its own: a Ctrl-C at the keyboard must not cut calls off without a BYE.
  const child = spawn('sipp', args, { cwd: folder, stdio: 'ignore', detached: true });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  const ended = outcomeOf(child, errorFile).finally(() =>
    rmSync(folder, { recursive: true, force: true }),
  );
  return { port, ended, kill: () => child.kill('SIGKILL') };
}

async function outcomeOf(
  child: ChildProcess,
  errorFile: string,
): Promise<{ code: number | null; complaint: string }> {
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const complaint = existsSync(errorFile) ? readFileSync(errorFile, 'utf8').trim() : '';
  return { code, complaint };
}

/**
 * SIPp binds its port itself, a while after we have looked: so these are ports that no system gives away by
 * itself (nor SIPp for its own ends: 6000 and 8888 and what follows), each process begins elsewhere, and
 * none is soon taken again.
 */
const firstPort = 7_000;
const portCount = 1_800;
let nextPort = (process.pid * 101) % portCount;

/** A port nobody has right now. */
async function freeUdpPort(): Promise<number> {
  for (let tries = 0; tries < portCount; tries += 1) {
    const port = firstPort + nextPort;
    nextPort = (nextPort + 1) % portCount;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port is free from ${firstPort} on`);
}

async function isFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const bound = once(socket, 'listening').then(
    () => true,
    () => false,
  );
  socket.bind({ port, address: '127.0.0.1', exclusive: true });
  const isBound = await bound;
  await new Promise<void>((done) => socket.close(done));
  return isBound;
}
