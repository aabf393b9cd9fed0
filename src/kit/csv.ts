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
