import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadServerConfig } from '../../config/load.ts';
import { loadPromptCatalogue } from '../../config/prompt-catalogue.ts';
import { aptNeeds, ensurePackages } from '../start/apt.ts';
import { report } from '../start/problem.ts';
import { buildPrompts } from './build.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const log = (line: string) => console.log(line);

/** `npm run prompts`: speaks every prompt anew, also those a recording had replaced. */
try {
  await ensurePackages([aptNeeds.espeak], log);
  const { dataDir } = loadServerConfig();
  const catalogue = loadPromptCatalogue(join(projectFolder, 'config/hotline.example/prompts.yaml'));
  const { made } = await buildPrompts(catalogue, join(dataDir, 'prompts'), true, log);
  console.log(`提示音已全部重新合成 / prompts made: ${made}`);
} catch (error) {
  report(error);
}
