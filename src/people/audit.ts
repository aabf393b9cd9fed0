import { and, desc, eq, gte, lt, lte, type SQL } from 'drizzle-orm';
import type { Auditor } from '../access.ts';
import type { Clock } from '../kit/clock.ts';
import type { Store } from '../store/db.ts';
import { type ChainCheck, HashChain } from '../store/hash-chain.ts';
import { audit } from '../store/tables/people.ts';
import type { AuditFilter, AuditPage } from './schema.ts';

interface Row {
  at: number;
  personId: string | null;
  personName: string;
  ip: string;
  action: string;
  subject: string;
  /** JSON as it stands in the column. */
  detail: string;
}

const columns = ['at', 'personId', 'personName', 'ip', 'action', 'subject', 'detail'] as const;

/** What people did, chained: each row's hash covers the row before, so no row changes unnoticed. */
export interface Audit {
  append: Auditor;
  list(filter: AuditFilter): AuditPage;
  /** Walks the whole chain and names the first row that is wrong or missing. */
  verify(): ChainCheck;
}

export function createAudit(store: Store, clock: Clock): Audit {
  const chain = new HashChain<Row>(store, 'audit', columns);
  return {
    append(entry) {
      store.transaction(() =>
        chain.append({
          at: clock.now(),
          personId: entry.person?.id ?? null,
          personName: entry.person?.name ?? '',
          ip: entry.ip,
          action: entry.action,
          subject: entry.subject,
          detail: JSON.stringify(entry.detail ?? {}),
        }),
      );
    },
    list: (filter) => listAudit(store, filter),
    verify: () => chain.verify(),
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
