import type { Mark } from '../theme.ts';

/** What the agent wants of the person chosen. */
export type Intent = 'consult' | 'transfer' | 'conference';

export type TargetKind =
  | 'leader'
  | 'expert'
  | 'seat'
  | 'queue'
  | 'service'
  | 'emergency'
  | 'outside';

/** One row of the chooser. */
export interface Target {
  kind: TargetKind;
  /** Unique within its kind: seat number, queue, telephone number. */
  id: string;
  mark: Mark | null;
  /** What stands in front: a seat's number, a queue's code. */
  code: string;
  label: string;
  /** What they are doing. */
  detail: string;
  /** Can be had now. */
  isFree: boolean;
  /** Works with the caller's queue: comes first among equals. */
  isNear: boolean;
  /** Further words that find it, pinyin for instance. */
  find: string;
  /** What the server is asked: below `/api/desk`. */
  verb: string;
  body: object;
}

const order: readonly TargetKind[] = [
  'expert',
  'seat',
  'leader',
  'queue',
  'service',
  'emergency',
  'outside',
];
/** More nobody reads; typing finds the others. */
const longestList = 80;
const telephone = /^\+?[0-9]{3,20}$/;

/**
 * What to show for what was typed: who can be had, by kind, near ones first; then who cannot. A
 * number that could be dialled is the last of those that can be had.
 */
export function findTargets(
  targets: readonly Target[],
  typed: string,
  outside: (number: string) => Target,
): Target[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = targets.filter(({ code, label, find }) => {
    const said = `${code} ${label} ${find}`.toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
  const number = typed.replaceAll(/[\s-]/g, '');
  if (
    telephone.test(number) &&
    !found.some(({ kind, id }) => kind === 'emergency' && id === number)
  )
    found.push(outside(number));
  const rank = ({ kind, isFree, isNear }: Target) =>
    (isFree ? 0 : 100) + order.indexOf(kind) * 2 + (isNear ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b)).slice(0, longestList);
}

/** The next row that can be chosen, up or down; the same one at the ends. */
export function nextFree(rows: readonly Target[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < rows.length; at += step) {
    if (rows[at]?.isFree) return at;
  }
  return from;
}
