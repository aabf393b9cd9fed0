import type { Hotline } from '../../../../config/hotline.ts';

/** The parts of the document that are lists, and how a member is told apart. */
const lists = {
  queues: 'id',
  entries: 'id',
  menus: 'id',
  hours: 'id',
  notReadyReasons: 'code',
  resultCodes: 'code',
  emergencyProfiles: 'id',
  emergency: 'code',
  tags: 'code',
  selfServices: 'id',
} as const;
type ListPart = keyof typeof lists;
/** Everything else is one whole; a part that is missing here could not be saved. */
const wholes: readonly Exclude<Part, ListPart>[] = [
  'name',
  'rating',
  'wrapUp',
  'recordingKeepDays',
  'holidays',
  'callers',
  'rest',
  'help',
  'monitoring',
  'seatGraceMs',
  'shortAbandonMs',
];
export type Part = keyof Hotline;

/** One thing that differs between two versions. */
export interface Change {
  part: Part;
  /** Member of a list; null for a whole. */
  id: string | null;
  kind: 'added' | 'changed' | 'removed';
}

type Member = { id: string } | { code: string };
const keyOf = (member: Member): string => ('id' in member ? member.id : member.code);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const byKey = (members: readonly Member[]) => new Map(members.map((each) => [keyOf(each), each]));
const listParts = Object.keys(lists) as ListPart[];

/** What became different from `before` to `after`, in the order of the document. */
export function changesBetween(before: Hotline, after: Hotline): Change[] {
  const changes: Change[] = [];
  for (const part of listParts) {
    const old = byKey(before[part]);
    for (const member of after[part]) {
      const id = keyOf(member);
      if (!old.has(id)) changes.push({ part, id, kind: 'added' });
      else if (!same(old.get(id), member)) changes.push({ part, id, kind: 'changed' });
      old.delete(id);
    }
    for (const id of old.keys()) changes.push({ part, id, kind: 'removed' });
  }
  for (const part of wholes) {
    if (!same(before[part], after[part])) changes.push({ part, id: null, kind: 'changed' });
  }
  return changes;
}

/**
 * My changes on top of what somebody else saved meanwhile. Where both changed the same thing
 * differently mine stays, and it is named in `conflicts` so that a person decides.
 */
export function rebase(
  base: Hotline,
  mine: Hotline,
  theirs: Hotline,
): { doc: Hotline; conflicts: Change[] } {
  const doc = structuredClone(theirs);
  const conflicts: Change[] = [];
  const theirChanges = changesBetween(base, theirs);
  for (const change of changesBetween(base, mine)) {
    const both = theirChanges.some((each) => each.part === change.part && each.id === change.id);
    if (both && !same(memberOf(mine, change), memberOf(theirs, change))) conflicts.push(change);
    put(doc, change, mine);
  }
  return { doc, conflicts };
}

function isList(part: Part): part is ListPart {
  return part in lists;
}

function memberOf(doc: Hotline, { part, id }: Change): unknown {
  if (!isList(part)) return doc[part];
  const members: readonly Member[] = doc[part];
  return members.find((member) => keyOf(member) === id);
}

function put(doc: Hotline, change: Change, from: Hotline): void {
  const { part, id } = change;
  if (!isList(part)) {
    Object.assign(doc, { [part]: from[part] });
    return;
  }
  const members: Member[] = doc[part];
  const at = members.findIndex((member) => keyOf(member) === id);
  const mine = (from[part] as readonly Member[]).find((member) => keyOf(member) === id);
  if (mine === undefined) {
    if (at >= 0) members.splice(at, 1);
  } else if (at >= 0) members[at] = mine;
  else members.push(mine);
}
