import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../src/kit/root.ts';
import { circumstances, updatePage } from './page.ts';
import { report, toJson } from './report.ts';
import { rows } from './rows.ts';

const usage = `npm run bench -- NAME… [--json] [--tiny] [--calls FILE.tsv]
  NAME: all, ${rows.map((row) => row.name).join(', ')}
  --json   one JSON object per row and line, nothing else
  --tiny   a run of a second or so, to see that a row works
  --page   also puts the figures into docs/PERFORMANCE.md
  --calls  a call trace for the trace row (format: docs/PERFORMANCE.md)`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    tiny: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    calls: { type: 'string' },
  },
});
const wanted = rows.filter(({ name }) => positionals.includes(name) || positionals.includes('all'));
const unknown = positionals.filter((name) => name !== 'all' && !rows.some((r) => r.name === name));
if (wanted.length === 0 || unknown.length > 0) {
  console.error(unknown.length > 0 ? `unknown: ${unknown.join(', ')}\n${usage}` : usage);
  process.exit(2);
}

for (const row of wanted) {
  const result = await row.run({
    tiny: values.tiny,
    callsFile: values.calls ?? null,
    progress: (words) => console.error(`${row.name}: ${words}`),
  });
  if (result.met === false) process.exitCode = 1;
  const json = toJson(row, result);
  console.log(values.json ? JSON.stringify(json) : report(row, result));
  if (!values.page) continue;
  const page = join(projectRoot, 'docs', 'PERFORMANCE.md');
  writeFileSync(page, updatePage(readFileSync(page, 'utf8'), json, circumstances()));
}
