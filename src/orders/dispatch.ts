import type { Store } from '../store/db.ts';

/** What the rules say about an order, and why. */
export interface Proposal {
  readonly leadUnitId: string;
  readonly coUnitIds: readonly string[];
  /** 0 to 1: 1 for a rule on this very matter and area. */
  readonly confidence: number;
  /** The rule's own words: `M704 × 440105`. */
  readonly rule: string;
}

/** A row of the dispatch catalogue. */
export interface DispatchRule {
  readonly matter: string;
  /** Code of the area the rule is for; `''` is the whole city. */
  readonly area: string;
  readonly leadUnitId: string;
  readonly coUnitIds: readonly string[];
}

/** A rule's own words for the whole city. */
const everywhere = '全市';

/** What a rule's own words say, as an order's event keeps them; null for anything else. */
export function ruleIn(words: string): Pick<DispatchRule, 'matter' | 'area'> | null {
  const [matter = '', area = '', ...rest] = words.split(' × ');
  if (!/^\S+$/.test(matter) || rest.length > 0) return null;
  if (area === everywhere) return { matter, area: '' };
  return /^\d{2,12}$/.test(area) ? { matter, area } : null;
}

/** How sure a rule for a wider area is, against one for the very area: the catalogue's grain is coarser. */
const WIDER_AREA = 0.95;

/** The dispatch catalogue: matter × area gives the unit in charge. */
export class DispatchRules {
  readonly #store: Store;
  readonly #find;
  #version: number;

  constructor(store: Store) {
    this.#store = store;
    this.#find = store.sql.prepare<
      [number, string, string],
      { leadUnitId: string; coUnitIds: string }
    >(
      'SELECT leadUnitId, coUnitIds FROM dispatch_rules WHERE version = ? AND matter = ? AND area = ?',
    );
    this.#version = this.#newest();
  }

  #newest(): number {
    const newest = 'SELECT max(version) FROM dispatch_rules';
    return Number(this.#store.sql.prepare(newest).pluck().get() ?? 0);
  }

  /** Another process may have put a catalogue in force. */
  reread(): void {
    this.#version = this.#newest();
  }

  get version(): number {
    return this.#version;
  }

  /** How many rules are in force. */
  get size(): number {
    const count = 'SELECT count(*) FROM dispatch_rules WHERE version = ?';
    return Number(this.#store.sql.prepare(count).pluck().get(this.#version));
  }

  /**
   * The rule for a matter in an area, from the area itself up to the whole city. Area codes nest by
   * their first 2, 4, 6, 9 and 12 digits (GB/T 2260 and its continuation). Null when no rule fits.
   */
  propose(matter: string, area: string): Proposal | null {
    for (const code of areasAround(area)) {
      const row = this.#find.get(this.#version, matter, code);
      if (!row) continue;
      return {
        leadUnitId: row.leadUnitId,
        coUnitIds: JSON.parse(row.coUnitIds) as string[],
        confidence: code === area ? 1 : WIDER_AREA,
        rule: `${matter} × ${code === '' ? everywhere : code}`,
      };
    }
    return null;
  }

  /** The rules in force for an area and whatever lies within it: how many, and the first of them. */
  inArea(code: string, limit: number): { count: number; first: Omit<DispatchRule, 'coUnitIds'>[] } {
    const { sql } = this.#store;
    // Codes nest, and ':' is what follows the digits.
    const from = 'FROM dispatch_rules WHERE version = ? AND area >= ? AND area < ?';
    const within = [this.#version, code, `${code}:`] as const;
    const count = Number(
      sql
        .prepare(`SELECT count(*) ${from}`)
        .pluck()
        .get(...within),
    );
    const first = sql
      .prepare<[number, string, string, number], Omit<DispatchRule, 'coUnitIds'>>(
        `SELECT matter, area, leadUnitId ${from} ORDER BY area, matter LIMIT ?`,
      )
      .all(...within, limit);
    return { count, first };
  }

  /** Puts a whole new catalogue in force, all or nothing. Earlier versions stay for the record. */
  replace(rules: Iterable<DispatchRule>): number {
    const version = this.#version + 1;
    const { sql } = this.#store;
    const insert = sql.prepare(
      'INSERT INTO dispatch_rules (version, matter, area, leadUnitId, coUnitIds) VALUES (?, ?, ?, ?, ?)',
    );
    this.#store.transaction(() => {
      for (const { matter, area, leadUnitId, coUnitIds } of rules) {
        insert.run(version, matter, area, leadUnitId, JSON.stringify(coUnitIds));
      }
    });
    this.#version = version;
    return version;
  }
}

/** An area and what it lies in, the smallest first, the whole city last. */
function areasAround(area: string): string[] {
  const shorter = [12, 9, 6, 4, 2]
    .filter((length) => length < area.length)
    .map((length) => area.slice(0, length));
  return [...(area === '' ? [] : [area]), ...shorter, ''];
}
