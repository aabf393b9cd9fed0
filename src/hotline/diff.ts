import type { Hotline } from '../../config/hotline.ts';
import { fieldWords, outcomeWords, partWords } from './diff-words.ts';
import type { Difference } from './schema.ts';

type Both = Difference['where'];

interface Place {
  pointer: string;
  where: Both[];
  /** Name of the field, which says what a number or an id means. */
  field: string;
}

interface Documents {
  before: Hotline;
  after: Hotline;
}

/** What differs from `before` to `after`, in the order of the document. */
export function differencesOf(before: Hotline, after: Hotline): Difference[] {
  return compare(before, after, { pointer: '', where: [], field: '' }, { before, after });
}

function compare(before: unknown, after: unknown, place: Place, docs: Documents): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old, now] = [keyed(before), keyed(after)];
  if (old === null || now === null) return [difference(before, after, place, docs)];
  const names = new Set([...now.keys(), ...old.keys()]);
  return [...names].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    return compare(was, is, below(place, name, is ?? was), docs);
  });
}

/** The parts of a value that are looked at one by one; null = it is looked at as a whole. */
function keyed(value: unknown): Map<string, unknown> | null {
  if (Array.isArray(value)) {
    const keys = value.map(keyOf);
    return keys.every((key) => key !== null) && new Set(keys).size === keys.length
      ? new Map(value.map((member, at) => [keys[at] ?? '', member]))
      : null;
  }
  // A name or an outcome is one thing to a reader.
  if (!isObject(value) || 'zh' in value || 'do' in value || 'fact' in value) return null;
  return new Map(Object.entries(value));
}

function keyOf(member: unknown): string | null {
  if (!isObject(member)) return null;
  const key = member['id'] ?? member['code'];
  return typeof key === 'string' ? key : null;
}

function below(place: Place, name: string, value: unknown): Place {
  const step = name.replaceAll('~', '~0').replaceAll('/', '~1');
  const pointer = `${place.pointer}/${step}`;
  return { pointer, where: [...place.where, nameOf(place, name, value)], field: name };
}

/** A field by its word; a member of a list by what it is called. */
function nameOf(parent: Place, name: string, value: unknown): Both {
  if (keyOf(value) !== null) {
    const called = isObject(value) && isBoth(value['name']) ? value['name'] : null;
    return { zh: `“${called?.zh ?? name}”`, en: `"${called?.en ?? name}"` };
  }
  if (parent.field === 'keys') return { zh: `${name} 键`, en: `key ${name}` };
  const words = parent.pointer === '' ? (partWords[name] ?? fieldWords[name]) : fieldWords[name];
  return words ?? { zh: name, en: name };
}

function difference(before: unknown, after: unknown, place: Place, docs: Documents): Difference {
  const { pointer, where, field } = place;
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return {
    kind,
    pointer,
    where: {
      zh: where.map(({ zh }) => zh).join(' · '),
      en: where.map(({ en }) => en).join(' · '),
    },
    before: before === undefined ? null : inWords(before, field, docs.before),
    after: after === undefined ? null : inWords(after, field, docs.after),
  };
}

function inWords(value: unknown, field: string, doc: Hotline): Both {
  if (value === null) return field.startsWith('max') ? unlimited : none;
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'number') return numberInWords(value, field);
  if (typeof value === 'string') return named(value, field, doc);
  if (Array.isArray(value)) {
    if (value.length === 0) return none;
    const members = value.map((member) => inWords(member, field, doc));
    return {
      zh: members.map(({ zh }) => zh).join('；'),
      en: members.map(({ en }) => en).join('; '),
    };
  }
  if (!isObject(value)) return { zh: '', en: '' };
  return objectInWords(value, doc);
}

const none: Both = { zh: '无', en: 'none' };
const unlimited: Both = { zh: '不限', en: 'no limit' };

function numberInWords(value: number, field: string): Both {
  if (!field.endsWith('Ms')) return { zh: String(value), en: String(value) };
  const seconds = String(value / 1_000);
  return { zh: `${seconds} 秒`, en: `${seconds} s` };
}

function named(value: string, field: string, doc: Hotline): Both {
  const lists: Record<string, readonly { id: string; name?: Both }[]> = {
    queue: doc.queues,
    hours: doc.hours,
  };
  const found = lists[field]?.find(({ id }) => id === value)?.name;
  return found ?? { zh: value, en: value };
}

function objectInWords(value: Record<string, unknown>, doc: Hotline): Both {
  if (isBoth(value)) return { zh: `${value.zh} / ${value.en}`, en: `${value.zh} / ${value.en}` };
  const done = outcomeWords[String(value['do'])];
  const parts = Object.entries(value)
    .filter(([name]) => name !== 'do' && !(keyOf(value) !== null && name === 'name'))
    .map(([name, part]) => {
      const words = fieldWords[name] ?? { zh: name, en: name };
      const said = inWords(part, name, doc);
      return { zh: `${words.zh} ${said.zh}`, en: `${words.en} ${said.en}` };
    });
  const whole = done ? [done, ...parts] : parts;
  return { zh: whole.map(({ zh }) => zh).join('，'), en: whole.map(({ en }) => en).join(', ') };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBoth(value: unknown): value is Both {
  return isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string';
}
