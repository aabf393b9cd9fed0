import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';

const MEGABYTE = 1_048_576;

/** Room on the disk held back for the events of calls, for the day when everything else has used it up. */
export interface Reserve {
  /** Gives the room back. @returns whether there was any */
  spend(): boolean;
  /** Holds room back (again). Rejects when there is none. */
  fill(): Promise<void>;
}

/** @param file where the room is held: a file of nothing in particular */
export function createReserve(file: string, megabytes: number): Reserve {
  let isFilling = false;
  return {
    spend() {
      if (!existsSync(file)) return false;
      rmSync(file);
      return true;
    },
    async fill() {
      if (megabytes === 0 || isFilling || existsSync(file)) return;
      isFilling = true;
      try {
        await write(`${file}.part`, megabytes);
        await rename(`${file}.part`, file);
      } catch (error) {
        rmSync(`${file}.part`, { force: true });
        throw error;
      } finally {
        isFilling = false;
      }
    },
  };
}

/** Not zeros: a file system that compresses would hold nothing back for them. */
async function write(file: string, megabytes: number): Promise<void> {
  const piece = randomBytes(MEGABYTE);
  await using sink = await open(file, 'w', 0o600);
  for (let done = 0; done < megabytes; done += 1) await sink.writeFile(piece);
}
