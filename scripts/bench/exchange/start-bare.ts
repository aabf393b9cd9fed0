import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { RunningAsterisk } from '../../asterisk/launch.ts';

/** The bare loop at work. */
export interface BareLoop {
  pid: number;
  /** How many it has joined so far. */
  joined(): Promise<number>;
  stop(): void;
}

const told = z.object({ joined: z.int() });

/** Starts `bare-loop.ts` as a process of its own and waits until it is connected. */
export async function startBareLoop(
  { ariUrl, ariUser, ariPassword }: RunningAsterisk,
  phones: readonly string[],
): Promise<BareLoop> {
  const file = fileURLToPath(new URL('bare-loop.ts', import.meta.url));
  const child = fork(file, [ariUrl, ariUser, ariPassword, ...phones], {
    execArgv: ['--import', 'tsx'],
  });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  const hear = async () => {
    const [message] = await once(child, 'message');
    return told.parse(message).joined;
  };
  await hear();
  return {
    pid: child.pid ?? 0,
    joined() {
      const answer = hear();
      child.send('joined?');
      return answer;
    },
    stop() {
      process.off('exit', onExit);
      child.kill('SIGKILL');
    },
  };
}
