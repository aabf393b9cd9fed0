import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSound } from './prompts.ts';
import { type SpokenLanguage, speakText, spokenLanguages } from './speak.ts';

/** Longer texts are cut at the end of a sentence: nobody listens to more on the telephone. */
const LONGEST = 300;

/** What is spoken for one call alone, by the machine's voice: prompts of their own that go again. */
export class Spoken {
  readonly #folder: string;
  readonly #speak: typeof speakText;

  constructor(folder: string, speak = speakText) {
    this.#folder = folder;
    this.#speak = speak;
    // What a crash left is nobody's any more.
    rmSync(folder, { recursive: true, force: true });
  }

  /**
   * Speaks a Chinese text, so that a call in `language` can play it as prompt `id`. False when the
   * machine has no voice.
   */
  async say(language: SpokenLanguage, id: string, text: string): Promise<boolean> {
    try {
      const sound = await this.#speak(language === 'yue' ? 'yue' : 'zh', shortened(text));
      await writeSound(join(this.#folder, language), id, sound);
      return true;
    } catch {
      return false;
    }
  }

  /** Takes it away again; harmless when it is not there. */
  forget(id: string): void {
    for (const language of spokenLanguages) {
      for (const ending of ['wav', 'wav16']) {
        rmSync(join(this.#folder, language, `${id}.${ending}`), { force: true });
      }
    }
  }
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const end = text.lastIndexOf('。', LONGEST);
  return text.slice(0, end > 0 ? end + 1 : LONGEST);
}
