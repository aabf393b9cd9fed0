import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureAsterisk } from '../asterisk/install.ts';
import type { AsteriskProgram } from '../asterisk/program.ts';
import { asteriskFolders } from '../asterisk/render.ts';

const run = promisify(execFile);
const timeoutMs = 30_000;
let program: Promise<AsteriskProgram> | undefined;

/**
 * Has the exchange give memory back that it has freed, as a collection does in the server: what its C
 * library keeps for later is no growth (of 92 MB, 13 went back in a look at a run). An Asterisk that was
 * built without the command keeps it.
 */
export async function trimExchange(dataDir: string): Promise<void> {
  program ??= ensureAsterisk(() => {});
  const { command, args } = await program;
  const configuration = join(asteriskFolders(dataDir).etc, 'asterisk.conf');
  const words = [...args, '-C', configuration, '-rx', 'malloc trim'];
  await run(command, words, { timeout: timeoutMs });
}
