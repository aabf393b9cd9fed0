import { z } from 'zod';
import { type RequestType, requestTypes, urgencies } from './words.ts';

const typeNames = Object.keys(requestTypes) as [RequestType, ...RequestType[]];
const words = (length: number) => z.string().trim().min(1).max(length);
const matterCode = z.string().regex(/^[A-Za-z0-9.-]{1,32}$/);

/** One thing a template asks the agent to find out. */
const element = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/),
  label: words(32),
  required: z.boolean().default(false),
  /** Where given, one of them is chosen instead of typing. */
  options: z.array(words(32)).max(40).optional(),
});

/** A request point (诉求点) of a matter: what people ask for in it, and what has to be known then. */
const point = z.strictObject({
  code: z.string().regex(/^[A-Za-z0-9.-]{1,40}$/),
  name: words(64),
  elements: z.array(element).max(20).default([]),
});

/** A matter (事项) people call about. */
const matter = z.strictObject({
  code: matterCode,
  name: words(64),
  /** 大类, for finding it and for figures. */
  group: words(32),
  type: z.enum(typeNames),
  urgency: z.enum(urgencies).default('normal'),
  /** Identity is kept from units whatever the caller says. */
  sealed: z.boolean().default(false),
  enabled: z.boolean().default(true),
  points: z.array(point).max(60).default([]),
});

/** A place of the tree city → district → street → community; codes nest (GB/T 2260). */
const area = z.strictObject({
  code: z.string().regex(/^\d{2,12}$/),
  name: words(64),
  /** A retired one is not offered any more and still names what happened there. */
  enabled: z.boolean().default(true),
});

/**
 * What a city may be asked for, and where: one document, changed as a whole and kept in versions.
 * Orders remember the version they were taken down with.
 */
export const catalogue = z
  .strictObject({ matters: z.array(matter).max(10_000), areas: z.array(area).max(20_000) })
  .superRefine(({ matters, areas }, context) => {
    const lists = [
      ['matters', matters],
      ['areas', areas],
    ] as const;
    for (const [name, list] of lists) twice(list, [name], context);
    for (const [index, { points }] of matters.entries()) {
      twice(points, ['matters', index, 'points'], context);
      for (const [at, { elements }] of points.entries()) {
        const keyed = elements.map(({ key }) => ({ code: key }));
        twice(keyed, ['matters', index, 'points', at, 'elements'], context);
      }
    }
  });
export type Catalogue = z.infer<typeof catalogue>;
export type Matter = Catalogue['matters'][number];
export type RequestPoint = Matter['points'][number];

/** The template of a request point; null where there is none. */
export function pointOf(
  { matters }: Catalogue,
  matterCode: string,
  pointCode: string | null,
): RequestPoint | null {
  const found = matters.find(({ code }) => code === matterCode);
  return found?.points.find(({ code }) => code === pointCode) ?? null;
}

/** Required elements without an answer, by their labels; a matter with templates needs one chosen. */
export function missingIn(
  city: Catalogue,
  matterCode: string,
  pointCode: string | null,
  answers: Readonly<Record<string, string>>,
): string[] {
  const found = city.matters.find(({ code }) => code === matterCode);
  if (!found || found.points.length === 0) return [];
  const template = pointOf(city, matterCode, pointCode);
  if (!template) return ['诉求点'];
  return template.elements
    .filter(({ key, required }) => required && !answers[key]?.trim())
    .map(({ label }) => label);
}

function twice(
  list: readonly { readonly code: string }[],
  path: (string | number)[],
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>();
  for (const [index, { code }] of list.entries()) {
    if (seen.has(code)) {
      context.addIssue({
        code: 'custom',
        path: [...path, index],
        message: `${code} is there twice`,
      });
    }
    seen.add(code);
  }
}
