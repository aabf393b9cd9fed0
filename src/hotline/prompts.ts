import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PromptCatalogue } from '../../config/prompt-catalogue.ts';
import type { Auditor, Person } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { WAV_HEADER_BYTES } from '../kit/wav.ts';
import { wavAt } from './convert.ts';
import type { Prompt, PromptState } from './schema.ts';
import { type Recorded, readRecording } from './wav.ts';

const languages = ['zh', 'yue', 'en'] as const;
type Language = (typeof languages)[number];

const NARROW_HZ = 8_000;
const WIDE_HZ = 16_000;

/** Sounds of incident bulletins have these names; they are no prompts of the hotline. */
export const BULLETIN_PREFIX = 'bulletin-';

interface Parts {
  /** What each prompt says; read when it is wanted first. */
  catalogue: () => PromptCatalogue;
  /** Prompts made at set-up, `<language>/<id>.wav` and `.wav16`. */
  synthesised: string;
  /** Recordings put in their place; these win. */
  uploaded: string;
  audit: Auditor;
}

interface By {
  person: Person;
  ip: string;
}

/** What callers hear, and the recordings that replace the machine's voice. The files are the truth. */
export class Prompts {
  readonly #parts: Parts;
  #read: PromptCatalogue | undefined;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get #catalogue(): PromptCatalogue {
    this.#read ??= this.#parts.catalogue();
    return this.#read;
  }

  list(): Prompt[] {
    return this.#ids().map((id) => ({
      id,
      texts: this.#catalogue.get(id) ?? null,
      languages: {
        zh: this.#state('zh', id),
        yue: this.#state('yue', id),
        en: this.#state('en', id),
      },
    }));
  }

  /** Does a caller hear something for this prompt, in one language at least? */
  has(id: string): boolean {
    return (
      this.#catalogue.has(id) || languages.some((language) => this.#find(language, id) !== null)
    );
  }

  /** Prompts of the catalogue without a sound file, as `zh/greeting-12345`. */
  missing(): string[] {
    return [...this.#catalogue.keys()].flatMap((id) =>
      languages
        .filter((language) => this.#find(language, id) === null)
        .map((language) => `${language}/${id}`),
    );
  }

  /** The file to listen to, in the better of its two rates. @throws AppError `not-found` */
  fileOf(language: Language, id: string): string {
    const found = this.#find(language, id);
    if (found === null) throw new AppError('not-found');
    const wide = `${found.path}.wav16`;
    return existsSync(wide) ? wide : `${found.path}.wav`;
  }

  /**
   * Puts a recording in place of a prompt; the next caller hears it.
   * @throws AppError `bad-audio`
   */
  async upload(language: Language, id: string, file: Buffer, by: By): Promise<void> {
    const recorded = readRecording(file);
    await this.keep(language, id, recorded);
    const seconds = Math.round(recorded.seconds * 10) / 10;
    const subject = `prompt:${language}/${id}`;
    this.#parts.audit({ ...by, action: 'prompt.uploaded', subject, detail: { seconds } });
  }

  /** Writes a recording beside the synthesised prompts, whatever it is of. */
  async keep(
    language: Language,
    id: string,
    recorded: Pick<Recorded, 'sound' | 'sampleRateHz'>,
  ): Promise<void> {
    await writeSound(join(this.#parts.uploaded, language), id, recorded);
  }

  /** Takes the recording away: the machine's voice speaks again. @throws AppError `not-found` */
  remove(language: Language, id: string, by: By): void {
    const path = join(this.#parts.uploaded, language, id);
    if (!existsSync(`${path}.wav`)) throw new AppError('not-found');
    rmSync(`${path}.wav`);
    rmSync(`${path}.wav16`, { force: true });
    this.#parts.audit({ ...by, action: 'prompt.removed', subject: `prompt:${language}/${id}` });
  }

  #ids(): string[] {
    const own = languages.flatMap((language) => wavNamesIn(join(this.#parts.uploaded, language)));
    const ids = [...this.#catalogue.keys(), ...own];
    return [...new Set(ids)].filter((id) => !id.startsWith(BULLETIN_PREFIX));
  }

  #find(language: Language, id: string): { path: string; source: PromptState['source'] } | null {
    for (const source of ['uploaded', 'synthesised'] as const) {
      const path = join(this.#parts[source], language, id);
      if (existsSync(`${path}.wav`)) return { path, source };
    }
    return null;
  }

  #state(language: Language, id: string): PromptState {
    const found = this.#find(language, id);
    if (found === null) return { source: 'missing', seconds: null };
    const bytes = statSync(`${found.path}.wav`).size - WAV_HEADER_BYTES;
    return { source: found.source, seconds: Math.round((bytes / 2 / NARROW_HZ) * 10) / 10 };
  }
}

/** Writes a sound as Asterisk plays it, at both rates. */
export async function writeSound(
  folder: string,
  id: string,
  recorded: Pick<Recorded, 'sound' | 'sampleRateHz'>,
): Promise<void> {
  const narrow = await wavAt(recorded, NARROW_HZ);
  const wide = await wavAt(recorded, WIDE_HZ);
  mkdirSync(folder, { recursive: true, mode: 0o750 });
  writeWhole(join(folder, `${id}.wav16`), wide);
  writeWhole(join(folder, `${id}.wav`), narrow);
}

/** A caller may be listening: the new file takes the old one's place in one step. */
function writeWhole(file: string, content: Buffer): void {
  const draft = `${file}.${newId()}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

function wavNamesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wav'))
    .map((name) => name.slice(0, -'.wav'.length));
}
