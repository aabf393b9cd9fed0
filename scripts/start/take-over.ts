import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerConfig } from '../../config/server.ts';
import type { Log } from './apt.ts';
import { startOf } from './one-copy.ts';
import { Problem } from './problem.ts';

const patienceMs = 60_000;

/**
 * `npm start -- --take-over`: the running copy starts the server that was just built beside its own,
 * which hands its calls over. Returns when the new one serves.
 * @throws Problem when nothing runs, or when the new server does not come up
 */
export async function takeOverRunning({ dataDir }: ServerConfig, log: Log): Promise<void> {
  const pid = startOf(dataDir);
  if (pid === null) {
    throw new Problem(
      `数据目录 ${dataDir} 没有正在运行的服务，请直接运行 npm start。`,
      `Nothing runs on the data folder ${dataDir}: use npm start.`,
    );
  }
  const before = serverOf(dataDir);
  process.kill(pid, 'SIGUSR2');
  for (const begun = performance.now(); performance.now() - begun < patienceMs; await pause(100)) {
    const now = serverOf(dataDir);
    if (now === before || now === '') continue;
    log(`新版本已接管 / the new server (${now}) has taken over from ${before}`);
    return;
  }
  throw new Problem(
    '新版本未能接管，请查看运行中的 npm start 的输出。',
    'The new server did not take over: see what the running npm start says.',
  );
}

/** The number of the server's process, as its starter wrote it down once it served. */
function serverOf(dataDir: string): string {
  const file = join(dataDir, 'server.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}
