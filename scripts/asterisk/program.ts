import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { faultOfAsterisk } from '../../src/kit/asterisk-version.ts';

const run = promisify(execFile);

/** A way to start Asterisk: the command, the arguments before Asterisk's own, and its fixed folders. */
export interface AsteriskProgram {
  command: string;
  args: readonly string[];
  version: string;
  /** Where modules and shared data lie, when not where the program was compiled to look. */
  folders?: { modules: string; data: string };
}

/** Where the project keeps its own copy of Asterisk. */
export function ownAsteriskFolder(projectFolder: string): string {
  return join(projectFolder, '.asterisk', 'root');
}

/** Asterisk on PATH when nothing is known against it (`src/kit/asterisk-version.ts`), else the project's own copy, else undefined. */
export async function findAsterisk(projectFolder: string): Promise<AsteriskProgram | undefined> {
  return (
    (await usable({ command: 'asterisk', args: [] })) ??
    (await ownAsterisk(ownAsteriskFolder(projectFolder)))
  );
}

/**
 * The Asterisk inside an unpacked Debian tree. It is started through the tree's own dynamic loader,
 * which finds the tree's own libraries: no chroot, no mounts, no root rights needed to run it.
 */
export async function ownAsterisk(root: string): Promise<AsteriskProgram | undefined> {
  const loader = firstMatch(join(root, 'usr/lib'), /-linux-gnu/, /^ld-linux.*\.so\.\d+$/);
  const program = join(root, 'usr/sbin/asterisk');
  if (!loader || !existsSync(program)) return undefined;
  const found = await usable({
    command: join(loader.folder, loader.file),
    args: ['--argv0', 'asterisk', '--library-path', loader.folder, program],
  });
  if (!found) return undefined;
  return {
    ...found,
    folders: {
      modules: join(loader.folder, 'asterisk/modules'),
      data: join(root, 'usr/share/asterisk'),
    },
  };
}

function firstMatch(
  parent: string,
  folderPattern: RegExp,
  filePattern: RegExp,
): { folder: string; file: string } | undefined {
  if (!existsSync(parent)) return undefined;
  for (const name of readdirSync(parent).filter((entry) => folderPattern.test(entry))) {
    const folder = join(parent, name);
    const file = readdirSync(folder).find((entry) => filePattern.test(entry));
    if (file) return { folder, file };
  }
  return undefined;
}

async function usable(
  program: Pick<AsteriskProgram, 'command' | 'args'>,
): Promise<AsteriskProgram | undefined> {
  try {
    const { stdout } = await run(program.command, [...program.args, '-V'], { timeout: 10_000 });
    const version = /^Asterisk (\S+)/.exec(stdout)?.[1];
    if (!version || faultOfAsterisk(version) !== null) return undefined;
    return { ...program, version };
  } catch {
    return undefined;
  }
}
