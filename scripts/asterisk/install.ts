import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptNeeds, ensurePackages, type Log, runLogged } from '../start/apt.ts';
import { Problem, report } from '../start/problem.ts';
import { type AsteriskProgram, findAsterisk, ownAsterisk, ownAsteriskFolder } from './program.ts';

/** The Debian release that carries Asterisk 22 (LTS); Debian 12 and 13 carry none. */
const release = 'forky';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Finds an Asterisk to run, and makes the project's own copy in `.asterisk/` when there is none: half
 * a minute, 360 MB. Rejects with a `Problem` where that is not possible.
 */
export async function ensureAsterisk(log: Log): Promise<AsteriskProgram> {
  return (await findAsterisk(projectFolder)) ?? (await installAsterisk(log));
}

/**
 * Unpacks Asterisk and everything it needs into a folder of its own. The folder gets its final name
 * only when it is whole and has been tried, so an interrupted run leaves nothing half made.
 */
async function installAsterisk(log: Log): Promise<AsteriskProgram> {
  await ensurePackages([aptNeeds.mmdebstrap, aptNeeds.gpg, aptNeeds.debianKeys], log);
  const root = ownAsteriskFolder(projectFolder);
  const building = join(dirname(root), `building-${process.pid}`);
  log('准备 Asterisk（约半分钟）/ making the project’s own Asterisk (about half a minute)');
  try {
    mkdirSync(dirname(root), { recursive: true });
    removeAbandoned(dirname(root));
    await runLogged('mmdebstrap', mmdebstrapArgs(building), log);
    const program = await ownAsterisk(building);
    if (!program) throw new Error('the Asterisk that was unpacked does not run');
    replace(building, root);
  } catch (error) {
    throw new Problem(
      `无法准备 Asterisk：${String(error)}。也可使用容器：docker compose up。`,
      `Asterisk could not be made ready: ${String(error)}. Containers are an alternative: docker compose up.`,
    );
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  const program = await ownAsterisk(root);
  if (!program) throw new Error(`no usable Asterisk in ${root}`);
  return program;
}

function mmdebstrapArgs(target: string): string[] {
  return [
    '--variant=apt',
    '--include=asterisk,asterisk-core-sounds-en-wav',
    '--aptopt=APT::Install-Recommends "false"',
    '--aptopt=Acquire::Check-Valid-Until "false"',
    release,
    target,
  ];
}

/** What an installation that was killed left behind. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^building-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Two installations may race; the first one to finish stays. */
function replace(building: string, root: string): void {
  try {
    renameSync(building, root);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const program = await ensureAsterisk((line) => console.log(line));
    console.log(`Asterisk ${program.version}: ${program.command}`);
  } catch (error) {
    report(error);
  }
}
