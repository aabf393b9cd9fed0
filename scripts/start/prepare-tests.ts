import { fileURLToPath } from 'node:url';
import { ensureAsterisk } from '../asterisk/install.ts';
import { speakTestPrompts } from '../prompts/test-prompts.ts';
import { aptNeeds, ensurePackages } from './apt.ts';
import { buildProducts } from './build.ts';
import { report } from './problem.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const log = (line: string) => console.log(line);

/** What `npm test` needs besides the npm packages. */
try {
  const { espeak, sipp, chromium, cjkFonts } = aptNeeds;
  await ensurePackages([espeak, sipp, chromium, cjkFonts], log);
  await ensureAsterisk(log);
  await buildProducts(projectFolder, log);
  log('speaking the prompts for the tests');
  await speakTestPrompts();
} catch (error) {
  report(error);
}
