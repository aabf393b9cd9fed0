// `npm run check`: everything that needs no telephone exchange and no browser, in under two minutes.
import { ensureDependencies } from './deps.mjs';
import { checkSteps, runSteps, runTests, summarise } from './run-steps.mjs';

ensureDependencies();
// Side by side: where tests wait, the others work.
const [steps, tests] = await Promise.all([runSteps(checkSteps, true), runTests('unit')]);
summarise([...steps, tests]);
