import { readFile, rename, rm } from 'node:fs/promises';
import type { AloneBook, AloneCall } from '../src/calls/alone.ts';
import { phoneNumber } from './line.ts';

/**
 * The note the dialplan keeps of callers it had alone (`asterisk-conf/extensions.conf`): one line per
 * call, `arrived|ended|channel|caller|dialled|outcome`, times in whole seconds.
 * @param file where the dialplan writes
 */
export function createAloneBook(file: string): AloneBook {
  // Put aside before it is read: what the dialplan writes from now on is for the next time.
  const aside = `${file}.taken`;
  return {
    async read() {
      if ((await textOf(aside)) === null) await rename(file, aside).catch(unlessMissing);
      const text = (await textOf(aside)) ?? '';
      return text.split('\n').flatMap(callOf);
    },
    taken: () => rm(aside, { force: true }),
  };
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    unlessMissing(error);
    return null;
  }
}

function unlessMissing(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOENT') throw error;
}

function callOf(line: string): AloneCall[] {
  const [arrived = '', ended = '', channelId = '', caller = '', dialled = '', how = ''] =
    line.split('|');
  const [arrivedAt, endedAt] = [Number(arrived) * 1_000, Number(ended) * 1_000];
  if (channelId === '' || !(arrivedAt > 0) || !(endedAt >= arrivedAt)) return [];
  const outcome = how === 'call-back' || how === 'served' ? how : 'left';
  return [
    {
      channelId,
      caller: phoneNumber(caller),
      dialled: phoneNumber(dialled),
      arrivedAt,
      endedAt,
      outcome,
    },
  ];
}
