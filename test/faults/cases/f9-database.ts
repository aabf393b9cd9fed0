import { join } from 'node:path';
import Database from 'better-sqlite3';
import { pause, until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import type { Hall } from '../hall.ts';
import { inHall } from '../in-hall.ts';

/** Another program locks the database. Its log deleted, its file damaged: `test/store/store.test.ts`. */
export const f9: Fault = {
  id: 'F9',
  what: 'the database is locked',
  injected: 'BEGIN IMMEDIATE in another program for 10 s, under calls',
  inShortRun: false,
  run: (run) => inHall({ seats: 6 }, (hall) => broken(hall, run)),
};

async function broken(hall: Hall, { say }: FaultRun) {
  const file = join(hall.house.dataDir, 'yihao.sqlite');
  const losses = new Losses(say);
  await hall.crowd(1);
  await until(() => hall.countAt('conversation') === 1, 'one talks');

  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  const during = await hall.crowd(3);
  await pause(10_000);
  losses.add('not answered while locked', during.filter(({ status }) => status !== 200).length);
  const begun = performance.now();
  other.exec('ROLLBACK');
  other.close();
  await until(() => hall.countAt('conversation') === 4, 'all are in the books');
  const recoveryMs = performance.now() - begun;
  say(`locked for 10 s: 3 calls were answered, written ${Math.round(recoveryMs)} ms after it`);

  losses.add('hung up on', hall.hungUpOn());
  await hall.empty();
  losses.add('unrecorded', hall.house.book.eventsOfKind('recording.failed').length);
  losses.add('records', hall.callers.length - hall.house.book.count().all);

  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs,
    note: 'callers were answered and recorded all the while; written when it was free',
  };
}
