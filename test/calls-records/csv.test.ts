import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../src/kit/csv.ts';

/** What a spreadsheet program makes of one CSV cell. */
function read(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

const runsAsFormula = /^[\s\u3000]*[=+\-@＝＋－＠]/;

describe('a cell of the export', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("http://evil.example","x")',
    '+8613812345678',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '　=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
  ])('never runs: %j', (text) => {
    const shown = read(csvCell(text));
    expect(shown).toBe(`'${text}`);
    expect(runsAsFormula.test(shown)).toBe(false);
  });

  it('keeps leading zeros and plus signs of numbers, and plain texts as they are', () => {
    expect(csvCell('02087654321')).toBe("'02087654321");
    expect(csvCell('12345')).toBe('12345');
    expect(csvCell('138****5678')).toBe('138****5678');
    expect(csvCell('消费维权')).toBe('消费维权');
    expect(csvCell(-5)).toBe('-5');
    expect(csvCell(null)).toBe('');
  });

  it('holds any text in one cell of one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = csvCell(text);
        const quoted = cell.startsWith('"');
        expect([text, `'${text}`]).toContain(read(cell));
        if (!quoted) expect(cell).not.toMatch(/[,"\r\n]/);
        expect(runsAsFormula.test(read(cell))).toBe(false);
      }),
    );
  });
});
