/** Excel takes a file for UTF-8 only when it begins with this. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Beginnings that a spreadsheet would run as a formula, full-width forms and leading blanks
 * included (OWASP CSV injection), and digits with a leading zero, which it would drop.
 */
const needsQuote = /^[\s\u3000]*[=+\-@＝＋－＠]|^[\t\r\n]|^0\d/;

export type Cell = string | number | null;

/** One line of a CSV file (RFC 4180). */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A cell that no spreadsheet runs: texts that look like a formula get an apostrophe in front. */
export function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = needsQuote.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The lines of a CSV file (RFC 4180), each as its cells without blanks around them; empty lines are
 * left out. The apostrophe a spreadsheet takes for "this is text" goes.
 */
export function readCsv(file: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let line = 1;
  let startedAt = 1;
  // A cell, quoted or bare, and what ends it; `g` with `y` walks the file once.
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/gy;
  const text = file.startsWith(BYTE_ORDER_MARK) ? file.slice(1) : file;
  for (const [whole, quoted, bare = '', end = ''] of text.matchAll(cell)) {
    const value = (quoted?.replaceAll('""', '"') ?? bare).trim();
    cells.push(value.startsWith("'") ? value.slice(1) : value);
    line += whole.split(/\r\n|\n|\r/).length - 1;
    if (end === ',') continue;
    if (cells.some((each) => each !== '')) rows.push({ line: startedAt, cells });
    cells = [];
    startedAt = line;
    if (end === '') break;
  }
  return rows;
}
