import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../src/kit/root.ts';
import { failed, runApart } from './apart.ts';
import { circumstances, updatePage } from './page.ts';
import { report, toJson } from './report.ts';
import type { Row, RowResult } from './row.ts';
import { rows } from './rows.ts';

const usage = `npm run bench -- NAME… [--json] [--tiny | --full] [--page] [--calls FILE.tsv]
  NAME: all, ${rows.map((row) => row.name).join(', ')}
  --json   one JSON object per row and line, nothing else
  --tiny   a run of a second or so, to see that a row works
  --full   as long as the goals say: ten minutes of throughput instead of two
  --page   also puts the figures into docs/PERFORMANCE.md
  --calls  a call trace for the trace row (format: docs/PERFORMANCE.md)`;

/** All rows together; each has at most what is left of it. */
const ALL_MS = 30 * 60_000;
/** One row: the longest takes five minutes on two quiet cores. */
const ROW_MS = 8 * 60_000;
/** With `--full` nobody waits for the end. */
const FULL_MS = 60 * 60_000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    tiny: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
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

const began = performance.now();
for (const [at, row] of wanted.entries()) {
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  if (wanted.length > 1) {
    console.error(`[${at + 1}/${wanted.length}] ${row.name}, after ${minutes} min`);
  }
  const result = wanted.length > 1 ? await apart(row) : await here(row);
  process.send?.(result);
  const json = toJson(row, result);
  if (json.met === false) process.exitCode = 1;
  console.log(values.json ? JSON.stringify(json) : report(row, result));
  if (!values.page) continue;
  const page = join(projectRoot, 'docs', 'PERFORMANCE.md');
  writeFileSync(page, updatePage(readFileSync(page, 'utf8'), json, circumstances()));
}

async function here(row: Row): Promise<RowResult> {
  const progress = (words: string) => console.error(`${row.name}: ${words}`);
  const { tiny, full, calls: callsFile = null } = values;
  const options = { tiny, full, callsFile, progress };
  try {
    return await row.run(options);
  } catch (error) {
    console.error(error);
    return failed(error instanceof Error ? error.message : String(error));
  }
}

function apart(row: Row): Promise<RowResult> {
  const left = began + (values.full ? FULL_MS : ALL_MS) - performance.now();
  const options = [
    ...(values.tiny ? ['--tiny'] : []),
    ...(values.full ? ['--full'] : []),
    ...(values.calls === undefined ? [] : ['--calls', values.calls]),
  ];
  return runApart(row, options, Math.max(1, Math.min(values.full ? FULL_MS : ROW_MS, left)));
}
