// `npm test`: installs what the tests need, real Asterisk and Chromium included, and runs them all.
import { ensureDependencies } from './deps.mjs';
import { checkSteps, runSteps, runTests, summarise } from './run-steps.mjs';

ensureDependencies();
const prepared = await runSteps([['set-up', 'tsx scripts/start/prepare-tests.ts']]);
if (prepared.every(({ ok }) => ok)) {
  const results = [...prepared, ...(await runSteps(checkSteps))];
  for (const project of ['unit', 'asterisk', 'browser', 'soak']) {
    results.push(await runTests(project));
  }
  const faults = ['faults, the short run', 'tsx scripts/faults/main.ts --short'];
  summarise([...results, ...(await runSteps([faults]))]);
} else {
  summarise(prepared);
}
