import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PromptCatalogue } from '../../config/prompt-catalogue.ts';
import {
  type SpokenLanguage,
  speakText,
  spokenLanguages,
  voices,
} from '../../src/hotline/speak.ts';
import { resample, toSamples } from '../../src/kit/sound.ts';
import { wavOf } from '../../src/kit/wav.ts';
import type { Log } from '../start/apt.ts';

/** Raised when the way prompts are made changes, so that all are made anew. */
const recipeVersion = 1;

const parallel = 2;

/** What was made: the hash of the recipe and the hash of the file, by `zh/greeting-12345`. */
const manifestShape = z.record(
  z.string(),
  z.strictObject({ recipe: z.string(), file: z.string() }),
);
type Manifest = z.infer<typeof manifestShape>;

interface Prompt {
  name: string;
  language: SpokenLanguage;
  text: string;
  recipe: string;
}

export interface PromptBuild {
  /** Prompts spoken now. */
  made: number;
  /** Prompts that were there and current. */
  kept: number;
  /** Files somebody replaced by a recording; they stay as they are. */
  foreign: number;
}

/**
 * Speaks the prompts that are missing or whose text changed into `<folder>/<language>/<id>.wav`
 * (8 kHz) and `.wav16` (16 kHz, Asterisk's name for it).
 * @param all make them all anew, recordings that replaced them included.
 */
export async function buildPrompts(
  catalogue: PromptCatalogue,
  folder: string,
  all: boolean,
  log: Log,
): Promise<PromptBuild> {
  for (const language of spokenLanguages) mkdirSync(join(folder, language), { recursive: true });
  const manifestFile = join(folder, 'manifest.json');
  const manifest = readManifest(manifestFile);
  const result: PromptBuild = { made: 0, kept: 0, foreign: 0 };
  const due: Prompt[] = [];
  for (const prompt of promptsOf(catalogue)) {
    const state = all ? 'due' : stateOf(prompt, folder, manifest);
    if (state === 'due') due.push(prompt);
    else result[state]++;
  }
  if (due.length > 0) log(`合成提示音 / speaking ${due.length} prompts`);
  const work = due.values();
  const worker = async () => {
    for (const prompt of work) {
      manifest[prompt.name] = { recipe: prompt.recipe, file: await make(prompt, folder) };
      result.made++;
      if (result.made % 100 === 0) log(`  ${result.made} / ${due.length}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } finally {
    if (due.length > 0) writeWhole(manifestFile, Buffer.from(JSON.stringify(manifest, null, 1)));
  }
  return result;
}

function promptsOf(catalogue: PromptCatalogue): Prompt[] {
  return [...catalogue].flatMap(([id, texts]) =>
    spokenLanguages.map((language) => ({
      name: `${language}/${id}`,
      language,
      text: texts[language],
      recipe: hash(JSON.stringify([recipeVersion, voices, language, texts[language]])),
    })),
  );
}

function stateOf(prompt: Prompt, folder: string, manifest: Manifest): 'due' | 'kept' | 'foreign' {
  const file = join(folder, prompt.name);
  const known = manifest[prompt.name];
  if (!existsSync(`${file}.wav`)) return 'due';
  if (known && known.recipe === prompt.recipe && existsSync(`${file}.wav16`)) return 'kept';
  const isOurs = known !== undefined && known.file === hash(readFileSync(`${file}.wav`));
  return isOurs ? 'due' : 'foreign';
}

/** Makes both files of one prompt; returns the hash of the 8 kHz one. */
async function make(prompt: Prompt, folder: string): Promise<string> {
  const { sound, sampleRateHz: sourceHz } = await speakText(prompt.language, prompt.text);
  const wide = resample(sound, sourceHz, 16_000);
  const narrow = wavOf(toSamples(resample(sound, sourceHz, 8_000)), 8_000);
  writeWhole(join(folder, `${prompt.name}.wav16`), wavOf(toSamples(wide), 16_000));
  writeWhole(join(folder, `${prompt.name}.wav`), narrow);
  return hash(narrow);
}

function readManifest(file: string): Manifest {
  if (!existsSync(file)) return {};
  const checked = manifestShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return checked.success ? checked.data : {};
}

/** A file is either whole or absent: a call may ask for it at any moment. */
function writeWhole(file: string, content: Buffer): void {
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
