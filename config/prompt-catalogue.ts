import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from './error.ts';

const spoken = z.string().min(1).max(600);

const catalogueShape = z.strictObject({
  /** `number-0` to this one are made besides the prompts below. */
  numbersUpTo: z.int().min(0).max(999),
  prompts: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
    z.strictObject({ zh: spoken, yue: spoken, en: spoken }),
  ),
});

/** What one prompt says in each language. */
export type PromptTexts = z.infer<typeof catalogueShape>['prompts'][string];

/** Every prompt by id, in the order of the file, the numbers last. */
export type PromptCatalogue = ReadonlyMap<string, PromptTexts>;

/**
 * Reads a prompt list (`prompts.yaml`) and adds the numbers.
 * @throws ConfigError naming the file and the first thing wrong with it.
 */
export function loadPromptCatalogue(file: string): PromptCatalogue {
  const checked = catalogueShape.safeParse(readYaml(file));
  if (!checked.success) {
    const issue = checked.error.issues[0];
    const where = issue ? `${issue.path.join('.')}: ${issue.message}` : 'unreadable';
    throw new ConfigError(file, `提示音清单有误，${where}`, `the prompt list is wrong, ${where}`);
  }
  const catalogue = new Map(Object.entries(checked.data.prompts));
  for (let n = 0; n <= checked.data.numbersUpTo; n++) {
    const hanzi = hanziNumber(n);
    catalogue.set(`number-${n}`, { zh: hanzi, yue: hanzi, en: String(n) });
  }
  return catalogue;
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(file, `无法读取：${why}`, `cannot be read: ${why}`);
  }
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** A count from 0 to 999 as it is said before a measure word: 2 is 两, 12 is 十二. */
function hanziNumber(n: number): string {
  if (n === 2) return '两';
  if (n < 10) return digits[n] ?? '';
  if (n < 100) {
    const tens = Math.floor(n / 10);
    return `${tens === 1 ? '' : digits[tens]}十${n % 10 === 0 ? '' : digits[n % 10]}`;
  }
  const rest = n % 100;
  const hundreds = `${digits[Math.floor(n / 100)]}百`;
  if (rest === 0) return hundreds;
  if (rest < 10) return `${hundreds}零${digits[rest]}`;
  return `${hundreds}${rest < 20 ? '一' : ''}${hanziNumber(rest)}`;
}
