import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ServerConfig } from '../../config/server.ts';
import type { Log } from './apt.ts';
import { startOf } from './one-copy.ts';
import { Problem } from './problem.ts';

/** A large database takes its time to be given new tables. */
const patienceMs = 120_000;

/** How the take-over that was asked for went: null when the new server serves, or what failed. */
const outcomeSchema = z.object({ failure: z.string().nullable() });
export type TakeOverOutcome = z.infer<typeof outcomeSchema>;

const fileIn = (dataDir: string) => join(dataDir, 'take-over.json');

/** What the running copy leaves for who asked for the take-over. */
export function noteOutcome(dataDir: string, outcome: TakeOverOutcome): void {
  const part = `${fileIn(dataDir)}.part`;
  writeFileSync(part, `${JSON.stringify(outcome)}\n`, { mode: 0o600 });
  renameSync(part, fileIn(dataDir));
}

/**
 * `npm start -- --take-over`: the running copy starts the server that was just built beside its own,
 * which hands its calls over. Returns when the new one serves.
 * @throws Problem when nothing runs, or when the new server does not come up
 */
export async function takeOverRunning({ dataDir }: Pick<ServerConfig, 'dataDir'>, log: Log) {
  const pid = startOf(dataDir);
  if (pid === null) {
    throw new Problem(
      `数据目录 ${dataDir} 没有正在运行的服务，请直接运行 npm start。`,
      `Nothing runs on the data folder ${dataDir}: use npm start.`,
    );
  }
  rmSync(fileIn(dataDir), { force: true });
  process.kill(pid, 'SIGUSR2');
  const outcome = await outcomeFrom(dataDir, pid);
  if (outcome?.failure === null) {
    log('新版本已接管 / the new server has taken over');
    return;
  }
  throw new Problem(
    '新版本未能接管，请查看运行中的 npm start 的输出。',
    `The new server did not take over: see what the running npm start says.\n${outcome?.failure ?? ''}`,
  );
}

/** @returns undefined when the running copy has ended, or has not answered in time */
async function outcomeFrom(dataDir: string, pid: number): Promise<TakeOverOutcome | undefined> {
  for (const begun = performance.now(); performance.now() - begun < patienceMs; await pause(100)) {
    try {
      const file: unknown = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'));
      return outcomeSchema.parse(file);
    } catch {
      // Not there yet.
    }
    if (startOf(dataDir) !== pid) return undefined;
  }
  return undefined;
}
