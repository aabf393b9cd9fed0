import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadPromptCatalogue } from '../../config/prompt-catalogue.ts';
import { projectRoot } from '../../src/kit/root.ts';
import { buildPrompts } from './build.ts';

/**
 * The example city's prompts for tests, spoken once per machine: it takes a minute. `npm test` does it
 * before test files run side by side.
 * @returns the folder they are in
 */
export async function speakTestPrompts(): Promise<string> {
  const folder = join(projectRoot, '.cache/test-prompts');
  const catalogue = loadPromptCatalogue(join(projectRoot, 'config/hotline.example/prompts.yaml'));
  mkdirSync(folder, { recursive: true });
  await buildPrompts(catalogue, folder, false, () => {});
  return folder;
}
