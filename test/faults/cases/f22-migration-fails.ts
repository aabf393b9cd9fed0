import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../src/kit/root.ts';
import { openStore } from '../../../src/store/db.ts';
import { until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

const STEP = '--> statement-breakpoint\n';
const later = `CREATE TABLE later (id text);${STEP}ALTER TABLE seats ADD floor text;`;

/** An upgrade under calls goes wrong, and one that went well is taken back. */
export const f22: Fault = {
  id: 'F22',
  what: 'an upgrade fails midway, another is taken back',
  injected:
    'the next version breaks in its second migration step; then the former runs on its tables',
  inShortRun: true,
  run: (run) => inHall({ seats: 2 }, (hall) => upgraded(hall, run)),
};

async function upgraded(hall: Hall, { say }: FaultRun) {
  const { house } = hall;
  await hall.crowd(1);
  await until(() => hall.countAt('conversation') === 1, 'one talks');
  const file = join(house.dataDir, 'yihao.sqlite');

  await hall.killServer();
  const why = refusalOf(file, `${later}${STEP}INSERT INTO nowhere VALUES (1);`);
  say(`the next version does not start: ${why}`);
  if (!/nothing was changed/.test(why)) throw new Error(why);
  const failedMs = await hall.startAndAdopt();
  await hall.crowd(1);
  await until(() => hall.countAt('conversation') === 2, 'the former serves on');

  await hall.killServer();
  withNext(later, (migrations) => openStore(file, migrations).close());
  const backMs = await hall.startAndAdopt();
  const losses = new Losses(say);
  losses.add('conversations', 2 - hall.countAt('conversation'));
  losses.add('hung up on', hall.hungUpOn());
  for (const caller of hall.callers) caller.hangUp();
  await until(() => hall.falseSeats().length === 0, 'seats are ready again');
  await hall.crowd(1);
  await until(() => hall.countAt('conversation') === 1, 'and it writes in the new tables');
  await hall.empty();
  losses.add('records', hall.callers.length - house.book.count().all);
  withNext(later, (migrations) => openStore(file, migrations).close());
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs: Math.max(failedMs, backMs),
    note: 'the database was as before, the former version took its calls over; so it did on newer tables',
  };
}

/** What the next version says that cannot start. */
function refusalOf(file: string, sql: string): string {
  try {
    withNext(sql, (migrations) => openStore(file, migrations).close());
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('the next version started');
}

/** The migrations of the next version: ours, and one more. */
function withNext(sql: string, use: (migrations: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'yihao-next-'));
  try {
    cpSync(join(projectRoot, 'migrations'), folder, { recursive: true });
    const file = join(folder, 'meta/_journal.json');
    const journal = JSON.parse(readFileSync(file, 'utf8'));
    const when = Math.max(...journal.entries.map((entry: { when: number }) => entry.when)) + 1_000;
    const idx = journal.entries.length;
    journal.entries.push({ idx, version: '6', when, tag: '9999_next', breakpoints: true });
    writeFileSync(file, JSON.stringify(journal));
    writeFileSync(join(folder, '9999_next.sql'), sql);
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
