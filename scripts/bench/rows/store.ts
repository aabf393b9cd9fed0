import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { projectCalls } from '../../../src/calls/projection.ts';
import type { NewEvent } from '../../../src/events.ts';
import { projectSeatStates } from '../../../src/seats/repo.ts';
import { openStore } from '../../../src/store/db.ts';
import { createEventLog } from '../../../src/store/event-log.ts';
import { callLife } from '../call-life.ts';
import { figuresOf, mean, ratioOf } from '../figures.ts';
import type { Row } from '../row.ts';

const BLOCK_CALLS = 20;

export const store: Row = {
  name: 'store',
  title:
    'durable commits of the event log; control: better-sqlite3 alone, as many commits and rows',
  async run({ tiny }) {
    const folder = mkdtempSync(join(tmpdir(), 'yihao-bench-store-'));
    const ours = openOurs(join(folder, 'ours.sqlite'));
    const control = openControl(join(folder, 'control.sqlite'));
    const oursMs: number[] = [];
    const controlMs: number[] = [];
    try {
      const calls = tiny ? 2 * BLOCK_CALLS : 2_000;
      // In turns, so that a busy moment of the machine meets both.
      for (let from = 0; from < calls; from += BLOCK_CALLS) {
        const commits = Array.from({ length: BLOCK_CALLS }, (_, at) =>
          callLife(from + at, 1_735_700_000_000 + (from + at) * 1_000),
        ).flat();
        const rowsOf = commits.map((events) => {
          const before = ours.rows();
          oursMs.push(timed(() => ours.append(events)));
          return ours.rows() - before;
        });
        for (const [at, events] of commits.entries()) {
          const bodies = bodiesFor(events, rowsOf[at] ?? 0);
          controlMs.push(timed(() => control.commit(bodies)));
        }
      }
    } finally {
      ours.close();
      control.close();
      rmSync(folder, { recursive: true });
    }
    const us = figuresOf(oursMs);
    const them = figuresOf(controlMs);
    const share = mean(controlMs) / mean(oursMs);
    const p99 = us.p99 ?? Number.POSITIVE_INFINITY;
    return {
      samples: oursMs.length,
      ours: us,
      control: them,
      ratio: { p50: ratioOf(us.p50, them.p50), p99: ratioOf(us.p99, them.p99) },
      goal: 'commits per second ≥ 0.6 × the control; ms the event loop is blocked by a commit: p99 ≤ 2',
      met: tiny ? null : share >= 0.6 && p99 <= 2,
      notes: [
        `${rate(oursMs)} commits/s against ${rate(controlMs)}: ${share.toFixed(2)} ×. Both with WAL and synchronous=FULL on the same disk, in turns of ${BLOCK_CALLS} calls, 8 commits per call.`,
        'Ours: numbered events as JSON with three indexes, append-only triggers, and the calls, recordings and seat states folded from them. The control writes as many rows of ready-made text into one table without indexes.',
        'A commit runs on the event loop: its time is the time the loop is blocked.',
      ],
    };
  },
};

function openOurs(file: string) {
  const db = openStore(file);
  const changes = db.sql.prepare<[], number>('SELECT total_changes()').pluck();
  const log = createEventLog(db, [projectCalls(db), projectSeatStates(db)], console);
  return {
    append: (events: readonly NewEvent[]) => void log.append(events),
    rows: () => changes.get() ?? 0,
    close: () => db.close(),
  };
}

function openControl(file: string) {
  const sql = new Database(file);
  sql.pragma('journal_mode = WAL');
  sql.pragma('synchronous = FULL');
  sql.exec('CREATE TABLE control (id INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const insert = sql.prepare<[string]>('INSERT INTO control (body) VALUES (?)');
  const commit = sql.transaction((bodies: readonly string[]) => {
    for (const body of bodies) insert.run(body);
  });
  return {
    commit: (bodies: readonly string[]) => commit.immediate(bodies),
    close: () => void sql.close(),
  };
}

/** As many texts as ours changed rows, of the same size as the events. */
function bodiesFor(events: readonly NewEvent[], rows: number): string[] {
  const texts = events.map((event) => JSON.stringify(event));
  return Array.from({ length: rows }, (_, at) => texts[at % texts.length] ?? '');
}

function timed(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

function rate(times: readonly number[]): string {
  return (1_000 / mean(times)).toFixed(0);
}
