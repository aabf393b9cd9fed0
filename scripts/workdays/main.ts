import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { officialNotice, WorkingDays } from '../../src/kit/working-days.ts';
import { answer } from './answer.ts';

const usage = `npm run -s workdays -- --calendar FILE… < requests.jsonl > dues.jsonl
  --calendar  official notices, one JSON per year: {"year":2026,"days":[{"date":"2026-02-14","isOffDay":false}]}
  a request   {"from":"2025-01-24T10:00:00+08:00","workdays":5}, or naturalDays, or hours
  an answer   {"due":"2025-02-08T00:00:00+08:00","lastDay":"2025-02-07"}; days end at 24:00 of the last`;

const { values, positionals } = parseArgs({
  options: { calendar: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});
const files = [...values.calendar, ...positionals];
if (files.length === 0) {
  console.error(usage);
  process.exit(2);
}

const calendar = new WorkingDays(files.map(noticeIn));
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  const said = answer(calendar, line);
  if ('error' in said) process.exitCode = 1;
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

function noticeIn(file: string) {
  try {
    return officialNotice.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  }
}
