import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Problem } from '../start/problem.ts';

/** What the server wrote down about a call, as `npm run call` reports it. */
export interface CallRecord {
  id: string;
  stage: string | null;
  entry: string;
  language: string;
  queue: string | null;
  seat: string | null;
  /** The agent's login. */
  agent: string | null;
  connectedAt: number | null;
  endedAt: number | null;
  waitedMs: number | null;
  ringMs: number | null;
  talkMs: number | null;
  rating: number | null;
  ending: string | null;
}

const callSql = `
  select c.id, c.stage, c.entryId as entry, c.language, c.queueId as queue, c.seatId as seat,
         p.login as agent, c.connectedAt, c.endedAt, c.waitedMs, c.ringMs, c.talkMs, c.rating, c.ending
    from calls c left join people p on p.id = c.agentId
   where c.caller = ? and c.arrivedAt >= ?
   order by c.arrivedAt desc limit 1`;

const recordingSql = `
  select file from recordings
   where callId = ? and state in ('ready', 'repaired') order by startedAt limit 1`;

const pendingSql = `select count(*) from recordings where callId = ? and state = 'running'`;

/** Reads the server's database beside the server, without ever writing to it. */
export class CallRecords {
  readonly #db: Database.Database;

  constructor(dataDir: string) {
    const file = join(dataDir, 'yihao.sqlite');
    if (!existsSync(file)) {
      throw new Problem(
        `找不到数据库 ${file}。请先运行 npm start，或检查 YIHAO_DATA_DIR。`,
        `There is no database ${file}. Run npm start first, or check YIHAO_DATA_DIR.`,
      );
    }
    this.#db = new Database(file, { readonly: true, timeout: 5_000 });
  }

  /** The newest call of this caller since a moment (milliseconds since the epoch). */
  find(caller: string, since: number): CallRecord | undefined {
    return this.#db.prepare<[string, number], CallRecord>(callSql).get(caller, since);
  }

  /** The call's first recording that is ready, as a path below the recordings folder. */
  recordingOf(callId: string): string | null {
    const row = this.#db.prepare<[string], { file: string | null }>(recordingSql).get(callId);
    return row?.file ?? null;
  }

  hasUnfinishedRecording(callId: string): boolean {
    return Number(this.#db.prepare(pendingSql).pluck().get(callId)) > 0;
  }

  close(): void {
    this.#db.close();
  }
}
