// `npm run check`: everything that needs no telephone exchange and no browser, in under two minutes.
import { ensureDependencies } from './deps.mjs';
import { checkSteps, runSteps, runTests, summarise } from './run-steps.mjs';

ensureDependencies();
summarise([...runSteps(checkSteps), runTests('unit')]);
