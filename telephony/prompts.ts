import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../src/calls/ports.ts';
import type { Log } from '../src/kit/log.ts';

export interface PromptFolders {
  /** Recordings an administrator uploaded; they win. */
  uploaded: string;
  /** Prompts made at set-up. */
  synthesised: string;
  /** What was spoken for one call alone. */
  spoken: string;
}

export interface Prompts {
  /** Where Asterisk finds a prompt, or undefined (and a line in the log) when there is no file. */
  find(language: Language, promptId: string): Promise<string | undefined>;
}

const promptName = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * Finds `<folder>/<language>/<prompt>.wav`. Both folders must lie at the same path for Asterisk as
 * for this server. The files are looked for at each use, so an upload is heard by the next caller.
 */
export function createPrompts(folders: PromptFolders, log: Log): Prompts {
  return {
    async find(language, promptId) {
      if (promptName.test(promptId)) {
        for (const folder of [folders.uploaded, folders.synthesised, folders.spoken]) {
          const file = join(folder, language, promptId);
          // Asterisk adds the extension itself and takes the 16 kHz sibling where the codec is wide.
          if (await exists(`${file}.wav`)) return `sound:${file}`;
        }
      }
      log.error({ promptId, language }, 'a prompt has no sound file and is skipped');
      return undefined;
    },
  };
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
