import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Problem } from './problem.ts';

/** Says what is going on, one line at a time. */
export type Log = (line: string) => void;

/** True when a program of this name is on PATH. */
function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}

/** Runs a command and hands every line it prints to `log`; rejects when it fails. */
export async function runLogged(
  command: string,
  args: readonly string[],
  log: Log,
  env: Record<string, string> = {},
): Promise<void> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => log(`  ${line}`));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ended with code ${code ?? 'none (a signal)'}`);
}

/** Debian packages by the program or file that shows they are there. */
export interface AptNeed {
  package: string;
  isPresent: () => boolean;
}

export const aptNeeds = {
  mmdebstrap: { package: 'mmdebstrap', isPresent: () => isOnPath('mmdebstrap') },
  /** mmdebstrap finds the right keys with it. */
  gpg: { package: 'gpg', isPresent: () => isOnPath('gpg') },
  debianKeys: {
    package: 'debian-archive-keyring',
    isPresent: () => existsSync('/usr/share/keyrings/debian-archive-keyring.gpg'),
  },
  espeak: { package: 'espeak-ng', isPresent: () => isOnPath('espeak-ng') },
  sipp: { package: 'sip-tester', isPresent: () => isOnPath('sipp') },
  chromium: { package: 'chromium', isPresent: () => isOnPath('chromium') },
  cjkFonts: {
    package: 'fonts-noto-cjk',
    isPresent: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
  },
  /** A program's wall clock set from outside, for the fault of that name. */
  faketime: {
    package: 'libfaketime',
    isPresent: () => existsSync('/usr/share/doc/libfaketime'),
  },
} satisfies Record<string, AptNeed>;

/**
 * Installs the Debian packages that are missing. A `Problem` tells who is not root or not on Debian
 * what else can be done.
 */
export async function ensurePackages(needs: readonly AptNeed[], log: Log): Promise<void> {
  const missing = needs.filter((need) => !need.isPresent()).map((need) => need.package);
  if (missing.length === 0) return;
  assertCanInstall(missing);
  log(`安装软件包 / installing packages: ${missing.join(' ')}`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runLogged(
      'apt-get',
      ['install', '-y', '--no-install-recommends', ...missing],
      log,
      quiet,
    );
  } catch {
    await runLogged('apt-get', ['update'], log, quiet);
    await runLogged(
      'apt-get',
      ['install', '-y', '--no-install-recommends', ...missing],
      log,
      quiet,
    );
  }
}

function assertCanInstall(missing: readonly string[]): void {
  const isDebian = existsSync('/etc/debian_version') && isOnPath('apt-get');
  if (isDebian && process.getuid?.() === 0) return;
  const list = missing.join(' ');
  const reason = isDebian
    ? { zh: '当前用户不是 root', en: 'this user is not root' }
    : { zh: '本机不是 Debian 或 Ubuntu', en: 'this machine is neither Debian nor Ubuntu' };
  throw new Problem(
    `缺少软件包：${list}，而${reason.zh}，无法自动安装。可以：
  1. 在 Debian/Ubuntu 上以 root 运行 npm start；
  2. 自行安装：apt-get install ${list}；
  3. 使用容器：docker compose up；
  4. 使用已有的 Asterisk：设置 YIHAO_ARI_URL、YIHAO_ARI_USER、YIHAO_ARI_PASSWORD。`,
    `Missing packages: ${list}; ${reason.en}, so they cannot be installed here. Instead you can:
  1. run npm start as root on Debian or Ubuntu;
  2. install them yourself: apt-get install ${list};
  3. use containers: docker compose up;
  4. use an Asterisk you have: set YIHAO_ARI_URL, YIHAO_ARI_USER and YIHAO_ARI_PASSWORD.`,
  );
}
