import { cpus, loadavg } from 'node:os';
import type { toJson } from './report.ts';

type Json = ReturnType<typeof toJson>;

/** Where and when a figure was measured, in a few words. */
export function circumstances(now = new Date()): string {
  const [first] = cpus();
  const machine = `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}`;
  return `${now.toISOString().slice(0, 10)}, ${machine}, Node ${process.versions.node}, ${process.platform}, load average ${loadavg()[1]?.toFixed(0)} at the end`;
}

/**
 * The page with one row's figures put in the place of its last ones: between two comments that name
 * the row, or, for a new row, before the comment that ends the list.
 *
 * @throws when the page has no such comment
 */
export function updatePage(page: string, json: Json, measured: string): string {
  const begin = `<!-- row ${json.name} -->`;
  const end = `<!-- end ${json.name} -->`;
  const section = `${begin}\n${sectionOf(json, measured)}\n${end}`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from !== -1 && to !== -1) return page.slice(0, from) + section + page.slice(to + end.length);
  const last = page.indexOf('<!-- end of rows -->');
  if (last === -1) throw new Error('the page has no place for figures');
  return `${page.slice(0, last)}${section}\n\n${page.slice(last)}`;
}

function sectionOf(
  { name, ours, control, ratio, goal, met, samples, notes }: Json,
  measured: string,
) {
  const verdict = met === null ? 'not judged' : met ? 'reached' : '**not reached**';
  const line = (head: string, cells: readonly (number | null)[]) =>
    `| ${head} | ${cells.map((cell) => cell?.toPrecision(3) ?? '–').join(' | ')} |`;
  return [
    `### \`${name}\`: ${verdict}`,
    '',
    `Goal: ${goal}. Measured: ${measured}; ${samples} samples.`,
    '',
    '| | p50 | p95 | p99 | max |',
    '|---|---|---|---|---|',
    line('ours', [ours.p50, ours.p95, ours.p99, ours.max]),
    line('control', [control.p50, control.p95, control.p99, control.max]),
    line('ratio', [ratio.p50, null, ratio.p99, null]),
    '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
}
