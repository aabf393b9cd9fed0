import { setImmediate } from 'node:timers/promises';
import { readCsv } from '../kit/csv.ts';
import { AppError, type FieldProblem } from '../kit/errors.ts';
import type { DispatchRule, DispatchRules } from './dispatch.ts';
import type { Units } from './units.ts';

/** Rows checked between two looks at the calls that go on meanwhile. */
const STEP = 2_000;
const MAX_PROBLEMS = 500;
const header = ['matter', 'area', 'lead', 'co'];

/** How an import went. */
export interface Imported {
  readonly version: number;
  readonly rows: number;
}

/**
 * Reads a dispatch catalogue: CSV with the columns `matter,area,lead,co`, units by id, co-units
 * separated by `;`, an empty area for the whole city. Every bad row is reported by its line; with one
 * of them nothing is taken.
 *
 * @throws AppError `invalid-input` with a problem per bad row
 */
export async function importCatalogue(
  file: string,
  rules: DispatchRules,
  units: Units,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Imported> {
  const [first, ...lines] = readCsv(file);
  if (first?.cells.join(',') !== header.join(',')) {
    throw new AppError('invalid-input', {}, [
      { pointer: '/1', message: `expected ${header.join(',')}` },
    ]);
  }
  const problems: FieldProblem[] = [];
  const seen = new Map<string, number>();
  const read: DispatchRule[] = [];
  for (const [index, { line, cells }] of lines.entries()) {
    const rule = ruleIn(cells);
    const message = wrongWith(rule, cells, units) ?? twice(seen, rule, line);
    if (message === null) read.push(rule);
    else if (problems.length < MAX_PROBLEMS) problems.push({ pointer: `/${line}`, message });
    if (index % STEP === STEP - 1) {
      onProgress(index + 1, lines.length);
      await setImmediate();
    }
  }
  if (problems.length > 0) throw new AppError('invalid-input', {}, problems);
  if (read.length === 0)
    throw new AppError('invalid-input', {}, [{ pointer: '/2', message: 'no rules' }]);
  const version = rules.replace(read);
  onProgress(lines.length, lines.length);
  return { version, rows: read.length };
}

function ruleIn([matter = '', area = '', lead = '', co = '']: readonly string[]): DispatchRule {
  const coUnitIds = co.split(';').map((id) => id.trim());
  return {
    matter: matter.trim(),
    area: area.trim(),
    leadUnitId: lead.trim(),
    coUnitIds: coUnitIds.filter((id) => id !== ''),
  };
}

function wrongWith(rule: DispatchRule, cells: readonly string[], units: Units): string | null {
  const { matter, area, leadUnitId, coUnitIds } = rule;
  if (cells.length !== header.length) return `${cells.length} columns instead of ${header.length}`;
  if (matter === '') return 'no matter';
  if (!/^\d{0,12}$/.test(area)) return `area ${area} is no code`;
  const unknown = [leadUnitId, ...coUnitIds].find((id) => !units.find(id)?.enabled);
  if (unknown !== undefined) return `no unit ${unknown}`;
  return coUnitIds.includes(leadUnitId) ? 'the lead unit is its own co-unit' : null;
}

function twice(
  seen: Map<string, number>,
  { matter, area }: DispatchRule,
  line: number,
): string | null {
  const key = `${matter} × ${area}`;
  const before = seen.get(key);
  if (before !== undefined) return `${key} is on line ${before} already`;
  seen.set(key, line);
  return null;
}
