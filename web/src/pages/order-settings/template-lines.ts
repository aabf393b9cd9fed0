import type { Matter, RequestPoint } from '../../../../src/orders/schema.ts';

type Element = RequestPoint['elements'][number];

/**
 * Templates as people write them: `# 诉求点` begins a request point, each line under it is an element,
 * `*` behind it makes it required, choices follow a colon: `井盖字样*：雨水/污水/电力`.
 */
export function pointsText(points: Matter['points']): string {
  return points
    .map(({ name, elements }) => [`# ${name}`, ...elements.map(lineOf)].join('\n'))
    .join('\n');
}

/** Reads such lines; lines before the first point belong to one with the matter's own name. */
export function pointsIn(text: string, code: string, name: string): Matter['points'] {
  const points: { name: string; elements: Element[] }[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    if (line.startsWith('#')) {
      points.push({ name: line.slice(1).trim() || name, elements: [] });
      continue;
    }
    if (points.length === 0) points.push({ name, elements: [] });
    const last = points.at(-1);
    last?.elements.push(elementIn(line, last.elements.length));
  }
  return points.map((point, at) => ({ ...point, code: `${code}-${at + 1}` }));
}

function lineOf({ label, required, options }: Element): string {
  return `${label}${required ? '*' : ''}${options ? `：${options.join('/')}` : ''}`;
}

function elementIn(line: string, at: number): Element {
  const [head = '', choices = ''] = line.split(/[:：]/, 2);
  const options = choices.split('/').flatMap((each) => each.trim() || []);
  const label = head.trim().replace(/\s*[*＊]$/, '');
  const required = /[*＊]\s*$/.test(head);
  return { key: `e${at + 1}`, label, required, ...(options.length > 0 && { options }) };
}
