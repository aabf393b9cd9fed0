import { createHash } from 'node:crypto';
import { and, desc, eq, gte, lt, lte, type SQL } from 'drizzle-orm';
import type { Auditor } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import type { Store } from '../store/db.ts';
import { audit } from '../store/tables.ts';
import type { AuditFilter, AuditPage } from './schema.ts';

interface Row {
  seq: number;
  at: number;
  personId: string | null;
  personName: string;
  ip: string;
  action: string;
  subject: string;
  /** JSON as it stands in the column. */
  detail: string;
  hash: string;
}

export type AuditCheck = { ok: true; rows: number } | { ok: false; seq: number; why: string };

/** What people did, chained: each row's hash covers the row before, so no row changes unnoticed. */
export interface Audit {
  append: Auditor;
  list(filter: AuditFilter): AuditPage;
  /** Walks the whole chain and names the first row that is wrong or missing. */
  verify(): AuditCheck;
}

export function createAudit(store: Store, clock: Clock): Audit {
  const last = store.sql.prepare<[], Pick<Row, 'seq' | 'hash'>>(
    'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1',
  );
  const insert = store.sql.prepare<Row>(
    `INSERT INTO audit (seq, at, personId, personName, ip, action, subject, detail, hash)
     VALUES (@seq, @at, @personId, @personName, @ip, @action, @subject, @detail, @hash)`,
  );
  return {
    append(entry) {
      store.transaction(() => {
        const before = last.get() ?? { seq: 0, hash: '' };
        const row = {
          seq: before.seq + 1,
          at: clock.now(),
          personId: entry.person?.id ?? null,
          personName: entry.person?.name ?? '',
          ip: entry.ip,
          action: entry.action,
          subject: entry.subject,
          detail: JSON.stringify(entry.detail ?? {}),
        };
        insert.run({ ...row, hash: hashOf(row, before.hash) });
      });
    },
    list: (filter) => listAudit(store, filter),
    verify: () => verifyChain(store),
  };
}

function listAudit({ db }: Store, filter: AuditFilter): AuditPage {
  const conditions: SQL[] = [];
  if (filter.person !== undefined) conditions.push(eq(audit.personId, filter.person));
  if (filter.action !== undefined) conditions.push(eq(audit.action, filter.action));
  if (filter.subject !== undefined) conditions.push(eq(audit.subject, filter.subject));
  if (filter.from !== undefined) conditions.push(gte(audit.at, filter.from));
  if (filter.to !== undefined) conditions.push(lte(audit.at, filter.to));
  if (filter.before !== undefined) conditions.push(lt(audit.seq, filter.before));
  const rows = db
    .select()
    .from(audit)
    .where(and(...conditions))
    .orderBy(desc(audit.seq))
    .limit(filter.limit + 1)
    .all();
  const page = rows.slice(0, filter.limit);
  return {
    rows: page.map(({ personId: _id, hash: _hash, ...row }) => row),
    next: rows.length > page.length ? (page.at(-1)?.seq ?? null) : null,
  };
}

function verifyChain({ sql }: Store): AuditCheck {
  let seq = 0;
  let hash = '';
  for (const row of sql.prepare<[], Row>('SELECT * FROM audit ORDER BY seq').iterate()) {
    seq += 1;
    if (row.seq !== seq) return { ok: false, seq, why: 'missing' };
    if (row.hash !== hashOf(row, hash)) return { ok: false, seq, why: 'changed' };
    hash = row.hash;
  }
  // The database remembers the highest number it ever gave, so a cut-off end shows as well.
  const given = sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").pluck().get();
  return Number(given ?? 0) > seq
    ? { ok: false, seq: seq + 1, why: 'missing' }
    : { ok: true, rows: seq };
}

function hashOf(row: Omit<Row, 'hash'>, previousHash: string): string {
  const { seq, at, personId, personName, ip, action, subject, detail } = row;
  const canonical = JSON.stringify([seq, at, personId, personName, ip, action, subject, detail]);
  return createHash('sha256').update(`${previousHash}\n${canonical}`).digest('hex');
}
