// `npm test`: installs what the tests need, real Asterisk and Chromium included, and runs them all.
import { ensureDependencies } from './deps.mjs';
import { checkSteps, runSteps, runTests, summarise } from './run-steps.mjs';

ensureDependencies();
const prepared = runSteps([['set-up', 'tsx', 'scripts/start/prepare-tests.ts']]);
if (prepared.every(({ ok }) => ok)) {
  const checked = runSteps(checkSteps);
  const tested = ['unit', 'asterisk', 'browser', 'soak'].map(runTests);
  const broken = runSteps([['faults, the short run', 'tsx', 'scripts/faults/main.ts', '--short']]);
  summarise([...prepared, ...checked, ...tested, ...broken]);
} else {
  summarise(prepared);
}
