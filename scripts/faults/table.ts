import type { Fault, FaultResult } from '../../test/faults/fault.ts';

/** One fault and what came of it. */
export interface Outcome {
  fault: Pick<Fault, 'id' | 'what' | 'injected'>;
  result: FaultResult | null;
  passed: boolean;
}

const begin = '<!-- faults -->';
const end = '<!-- end of faults -->';
const head = [
  '| | fault | injected how | calls | lost | doubled | back after | measured |',
  '|---|---|---|---|---|---|---|---|',
];

/** A fault's line in the table. */
export function rowOf({ fault, result, passed }: Outcome): string {
  const { id, what, injected } = fault;
  const cells = result
    ? [result.before, result.lost, result.doubled, secondsOf(result.recoveryMs)]
    : ['–', '–', '–', '–'];
  const note = `${passed ? '' : '**failed** '}${result?.note ?? ''}`.trim();
  return `| ${[id, what, injected, ...cells, note].join(' | ')} |`;
}

/**
 * The page with these faults' lines in place of their last ones; lines of other faults stay.
 * @throws when the page has no place for the table
 */
export function updatePage(page: string, outcomes: readonly Outcome[], measured: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to === -1) throw new Error('the page has no place for the table');
  const rows = new Map<string, string>();
  for (const [row, id] of page.slice(from, to).matchAll(/^\| (F\d+) .*$/gm)) {
    rows.set(id ?? '', row);
  }
  for (const outcome of outcomes) {
    const seen = outcome.fault;
    rows.set(seen.id, rowOf(outcome).replace(/ \|$/, ` (${measured}) |`));
  }
  const number = (id: string) => Number(id.slice(1));
  const sorted = [...rows].sort(([a], [b]) => number(a) - number(b)).map(([, row]) => row);
  return page.slice(0, from) + [begin, ...head, ...sorted].join('\n') + `\n${page.slice(to)}`;
}

function secondsOf(ms: number | null): string {
  return ms === null ? '–' : `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 0)} s`;
}
