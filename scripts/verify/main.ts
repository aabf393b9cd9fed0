import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadServerConfig } from '../../config/load.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { EventChain } from '../../src/orders/event-chain.ts';
import { createAudit } from '../../src/people/audit.ts';
import { openStore } from '../../src/store/db.ts';

const usage = `npm run verify [-- --database FILE]
  walks the hash chains of the audit and of the work orders and names the first row that was changed
  or is missing; ends with 1 if there is one`;

const { values } = parseArgs({
  options: { database: { type: 'string' }, help: { type: 'boolean' } },
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
store.close();
