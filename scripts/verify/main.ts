import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadServerConfig } from '../../config/load.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { EventChain } from '../../src/orders/event-chain.ts';
import { createAudit } from '../../src/people/audit.ts';
import { openStore } from '../../src/store/db.ts';
import { checkFiles } from './files.ts';

const usage = `npm run verify [-- --database FILE] [--files]
  walks the hash chains of the audit and of the work orders and names the first row that was changed
  or is missing; with --files also hashes every recording and every file of an order, which takes
  its time; ends with 1 if something is not as it was`;

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    files: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const file = values.database ?? join(loadServerConfig(process.env).dataDir, 'yihao.sqlite');
if (!existsSync(file)) {
  console.error(`${file}: no such database\n${usage}`);
  process.exit(2);
}
const store = openStore(file);
const chains = {
  audit: createAudit(store, systemClock).verify(),
  'work orders': new EventChain(store).verify(),
};
for (const [name, check] of Object.entries(chains)) {
  if (!check.ok) process.exitCode = 1;
  console.log(
    check.ok ? `✓ ${name}: ${check.rows} rows` : `✗ ${name}: row ${check.seq} is ${check.why}`,
  );
}
if (values.files) {
  const { count, wrong } = await checkFiles(store.sql, dirname(file));
  if (wrong.length > 0) process.exitCode = 1;
  for (const line of wrong) console.log(`✗ files: ${line}`);
  console.log(`${wrong.length === 0 ? '✓' : '✗'} files: ${count - wrong.length} of ${count}`);
}
store.close();
