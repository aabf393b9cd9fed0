import { type CallerAttribute, callerAttributes } from '../../config/hotline-callers.ts';
import { readCsv } from '../kit/csv.ts';
import { AppError, type FieldProblem } from '../kit/errors.ts';
import { plainNumber } from '../kit/phone-number.ts';
import { type NewCaller, newCallerSchema } from './schema.ts';

/** More lines than these are several files. */
const LINES_MAX = 50_000;
/** So many problems are enough to see what is wrong with a file. */
const PROBLEMS_SHOWN = 50;

type Column = keyof NewCaller;
const titles: Record<string, Column> = {
  号码: 'number',
  姓名或单位: 'name',
  属性: 'attributes',
  语种: 'language',
  备注: 'note',
  number: 'number',
  name: 'name',
  attributes: 'attributes',
  language: 'language',
  note: 'note',
};

const attributeNames: Record<string, CallerAttribute> = {
  企业绿色通道: 'enterprise',
  企业: 'enterprise',
  长者: 'elder',
  老人: 'elder',
  勿主动联系: 'do-not-disturb',
  骚扰: 'nuisance',
  ...Object.fromEntries(callerAttributes.map((attribute) => [attribute, attribute])),
};

const languageNames: Record<string, NewCaller['language']> = {
  '': null,
  普通话: 'zh',
  粤语: 'yue',
  英语: 'en',
  zh: 'zh',
  yue: 'yue',
  en: 'en',
};

/**
 * Reads a list of callers: UTF-8, or GB 18030 as spreadsheets in China write it. The first line names
 * the columns, in Chinese or English; only the number is needed; several attributes stand in one cell
 * with `;` or `、` between them.
 * @throws AppError `invalid-input` naming the lines that are wrong: then nothing may be imported
 */
export function readCallers(file: Buffer): NewCaller[] {
  const [head, ...lines] = readCsv(decoded(file));
  const columns = head?.cells.map((title) => titles[title.toLowerCase()]) ?? [];
  if (!columns.includes('number') || lines.length > LINES_MAX) {
    const message = columns.includes('number')
      ? `at most ${String(LINES_MAX)} lines`
      : 'the first line must name the columns: number (号码) …';
    throw new AppError('invalid-input', {}, [{ pointer: '/line/1', message }]);
  }
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  const callers = lines.flatMap(({ line, cells }) => {
    const say = (message: string) => problems.push({ pointer: `/line/${String(line)}`, message });
    const caller = callerOf(columns, cells, say);
    if (caller === null) return [];
    if (seen.has(caller.number)) say('the number stands twice');
    seen.add(caller.number);
    return [caller];
  });
  if (problems.length > 0) {
    throw new AppError('invalid-input', {}, problems.slice(0, PROBLEMS_SHOWN));
  }
  return callers;
}

function callerOf(
  columns: readonly (Column | undefined)[],
  cells: readonly string[],
  say: (message: string) => void,
): NewCaller | null {
  const cell = (column: Column) => cells[columns.indexOf(column)] ?? '';
  const words = cell('attributes').split(/[;；、|]/);
  const named = words.map((word) => word.trim()).filter((word) => word !== '');
  const unknown = named.filter((word) => attributeNames[word] === undefined);
  const language = languageNames[cell('language')];
  const number = plainNumber(cell('number'));
  if (unknown.length > 0) say(`no attribute "${unknown.join('", "')}"`);
  if (language === undefined) say(`no language "${cell('language')}"`);
  if (number === '') say('not a phone number');
  const checked = newCallerSchema.safeParse({
    number,
    name: cell('name'),
    attributes: [...new Set(named.flatMap((word) => attributeNames[word] ?? []))],
    language: language ?? null,
    note: cell('note'),
  });
  if (checked.success) return checked.data;
  for (const { path, message } of checked.error.issues) say(`${path.join('.')}: ${message}`);
  return null;
}

function decoded(file: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return new TextDecoder('gb18030').decode(file);
  }
}
