import { join } from 'node:path';
import Database from 'better-sqlite3';
import { until } from './until.ts';

/** A call as the server wrote it down. */
export interface BookedCall {
  id: string;
  entryId: string;
  direction: string;
  caller: string;
  language: string;
  choice: string | null;
  queueId: string | null;
  seatId: string | null;
  agentId: string | null;
  arrivedAt: number;
  connectedAt: number | null;
  endedAt: number | null;
  talkMs: number | null;
  heldMs: number;
  endedBy: string | null;
  ratingAskedAt: number | null;
  rating: number | null;
  note: string;
  resultCode: string | null;
  ending: string | null;
  stage: string | null;
  /** The earlier call whose caller is called back. */
  callBackOf: string | null;
  /** The work order an officer called about. */
  orderId: string | null;
}

export interface BookedRecording {
  id: string;
  callId: string;
  seatId: string;
  state: string;
  file: string | null;
  sha256: string | null;
  durationMs: number | null;
  failure: string | null;
}

/** One event of a call, with what it carries. */
export type BookedEvent = { kind: string; at: number } & Record<string, unknown>;

/** Reads the server's database beside the server. Callers are told apart by their number. */
export class CallBook {
  readonly #db: Database.Database;

  constructor(dataDir: string) {
    this.#db = new Database(join(dataDir, 'yihao.sqlite'), { readonly: true, timeout: 5_000 });
  }

  /** All calls of one number, oldest first. */
  callsOf(caller: string): BookedCall[] {
    return this.#db
      .prepare<[string], BookedCall>('select * from calls where caller = ? order by arrivedAt, id')
      .all(caller);
  }

  /** The one call of a number. @throws Error when there is none or more than one. */
  callOf(caller: string): BookedCall {
    const [call, ...others] = this.callsOf(caller);
    if (!call || others.length > 0) throw new Error(`${others.length + (call ? 1 : 0)} records`);
    return call;
  }

  /** The newest call in which a number is called back. */
  backTo(caller: string): BookedCall | undefined {
    return this.callsOf(caller).findLast(({ callBackOf }) => callBackOf !== null);
  }

  /** The call of an id, for those whose number is no caller's. */
  callById(id: string): BookedCall | undefined {
    return this.#db.prepare<[string], BookedCall>('select * from calls where id = ?').get(id);
  }

  /** Calls that have ended, and all of them. */
  count(): { ended: number; all: number } {
    const sql = 'select count(endedAt) as ended, count(*) as "all" from calls';
    return this.#db.prepare<[], { ended: number; all: number }>(sql).get() ?? { ended: 0, all: 0 };
  }

  /** Calls that stand at a stage now. */
  countAt(stage: string): number {
    const sql = 'select count(*) from calls where endedAt is null and stage = ?';
    return Number(this.#db.prepare<[string]>(sql).pluck().get(stage) ?? 0);
  }

  eventsOf(callId: string): BookedEvent[] {
    return this.#db
      .prepare<[string], { body: string }>('select body from events where callId = ? order by seq')
      .all(callId)
      .map(({ body }) => JSON.parse(body) as BookedEvent);
  }

  /** All events of one kind, or of several, in order. */
  eventsOfKind(...kinds: string[]): BookedEvent[] {
    const wanted = kinds.map(() => '?').join(',');
    return this.#db
      .prepare<string[], { body: string }>(
        `select body from events where kind in (${wanted}) order by seq`,
      )
      .all(...kinds)
      .map(({ body }) => JSON.parse(body) as BookedEvent);
  }

  recordingsOf(callId: string): BookedRecording[] {
    return this.#db
      .prepare<[string], BookedRecording>(
        'select * from recordings where callId = ? order by startedAt',
      )
      .all(callId);
  }

  /** Recordings that are not finished. */
  runningRecordings(): number {
    const sql = "select count(*) from recordings where state = 'running'";
    return Number(this.#db.prepare(sql).pluck().get() ?? 0);
  }

  seatState(seatId: string): { state: string; reason: string | null } | undefined {
    return this.#db
      .prepare<[string], { state: string; reason: string | null }>(
        'select state, reason from seat_states where seatId = ?',
      )
      .get(seatId);
  }

  /** Waits until the number's call stands at a stage; one that lasts, or the look may come too late. */
  async reaches(caller: string, stage: string, withinMs?: number): Promise<BookedCall> {
    const isThere = () => this.callsOf(caller).at(-1)?.stage === stage;
    await until(isThere, `${caller} at ${stage}`, withinMs);
    return this.callOf(caller);
  }

  /** Waits until the number's call is closed and its recordings are done. */
  async closes(caller: string): Promise<BookedCall> {
    await until(() => {
      const call = this.callsOf(caller).at(-1);
      if (!call || call.endedAt === null) return false;
      return this.recordingsOf(call.id).every(({ state }) => state !== 'running');
    }, `${caller} closed`);
    return this.callOf(caller);
  }

  async seatBecomes(seatId: string, state: string): Promise<void> {
    await until(() => this.seatState(seatId)?.state === state, `seat ${seatId} ${state}`);
  }

  close(): void {
    this.#db.close();
  }
}
