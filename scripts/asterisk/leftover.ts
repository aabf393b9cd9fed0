import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../start/apt.ts';
import type { AsteriskFolders } from './render.ts';

/**
 * Stops the Asterisk a crashed run of the same data folder left behind, if there is one. It is
 * recognised by its pid file and by our configuration on its command line: a number alone may belong
 * to somebody else by now.
 */
export async function stopLeftover(folders: AsteriskFolders, log: Log): Promise<void> {
  const pidFile = join(folders.run, 'asterisk.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (isOurs(pid, folders)) {
    log(`停止上次遗留的 Asterisk / stopping the Asterisk a former run left behind (${pid})`);
    await end(pid);
  }
  rmSync(pidFile, { force: true });
}

async function end(pid: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isGone(pid)) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < 5_000; waitedMs += 50) {
      if (isGone(pid)) return;
      await pause(50);
    }
  }
}

function isOurs(pid: number, folders: AsteriskFolders): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return commandLine.includes(join(folders.etc, 'asterisk.conf'));
  } catch {
    return false;
  }
}

/**
 * Has the process ended and let its ports go? One that is being taken apart has lost its command line
 * already, but not its sockets, and its first thread is a zombie while others still hold them.
 */
function isGone(pid: number): boolean {
  try {
    const isZombie = /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return isZombie && readdirSync(`/proc/${pid}/task`).length <= 1;
  } catch {
    return true;
  }
}
