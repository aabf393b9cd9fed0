import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../src/kit/root.ts';
import { ConfigError } from './error.ts';

/** Occasions on which whoever asked gets a text; one that has no text here is passed over. */
export const textNames = {
  received: '受理短信',
  'query-code': '查询码短信',
  refused: '不予受理短信',
  outside: '转办短信',
  extended: '延期短信',
  'long-term': '挂账短信',
  'withdrawal-refused': '不予撤回短信',
  replied: '答复短信',
  closed: '办结短信',
} as const;
export type TextKind = keyof typeof textNames;
const textKinds = Object.keys(textNames) as TextKind[];

/** What may stand in braces; a text tells nothing of the matter itself, whoever reads the phone. */
const placeholders = new Set(['number', 'code', 'due']);

const text = z
  .string()
  .min(1)
  .max(300)
  .refine(
    (words) => [...words.matchAll(/\{(\w+)\}/g)].every(([, name]) => placeholders.has(name ?? '')),
    'only {number}, {code} and {due} are filled in',
  );

const shape = z.strictObject({
  /** Before every text, as carriers ask for: 【示例市12345】. */
  signature: z.string().min(1).max(20),
  texts: z.partialRecord(z.enum(textKinds), text),
});
export type MessageTexts = z.infer<typeof shape>;

/** The texts of the example city. @throws ConfigError naming what is wrong with the file. */
export function loadMessageTexts(): MessageTexts {
  const file = join(projectRoot, 'config/messages.example.yaml');
  const checked = shape.safeParse(parse(readFileSync(file, 'utf8')));
  if (checked.success) return checked.data;
  const where = checked.error.issues[0]?.path.join('.') ?? '';
  throw new ConfigError(file, `${where} 有误`, `${where} is wrong`);
}
