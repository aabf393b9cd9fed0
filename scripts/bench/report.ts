import type { Figures } from './figures.ts';
import type { Row, RowResult } from './row.ts';

/** A row as the machine reads it. */
export function toJson({ name }: Row, result: RowResult) {
  const { samples, ours, control, ratio, goal, met, notes } = result;
  const pair = { ours: withoutMin(ours), control: withoutMin(control) };
  return { name, samples, ...pair, ratio, goal, met, notes };
}

/** A row as people read it. */
export function report({ name, title }: Row, result: RowResult): string {
  const { ours, control, ratio } = result;
  const verdict = { true: 'reached', false: 'NOT REACHED', null: 'not judged' }[`${result.met}`];
  return [
    `${name}: ${title}`,
    line('', ['min', 'p50', 'p95', 'p99', 'max']),
    line('ours', [ours.min, ours.p50, ours.p95, ours.p99, ours.max]),
    line('control', [control.min, control.p50, control.p95, control.p99, control.max]),
    line('ratio', ['', ratio.p50, '', ratio.p99, '']),
    `  ${result.samples} samples. Goal: ${result.goal}: ${verdict}`,
    ...result.notes.map((note) => `  - ${note}`),
    '',
  ].join('\n');
}

function withoutMin({ p50, p95, p99, max }: Figures) {
  return { p50, p95, p99, max };
}

function line(head: string, cells: readonly (string | number | null)[]): string {
  return `  ${head.padEnd(8)}${cells.map((cell) => show(cell).padStart(12)).join('')}`;
}

function show(cell: string | number | null): string {
  if (cell === null) return '–';
  return typeof cell === 'string' ? cell : cell.toPrecision(4);
}
