import type { OrderView } from '../../../../src/orders/schema.ts';

/** What the form of a move asks for; the server decides what it needs. */
export type Field =
  | 'why'
  | 'ground'
  | 'unitId'
  | 'suggestedUnitId'
  | 'owner'
  | 'masterId'
  | 'workdays'
  | 'plan'
  | 'publicReply'
  | 'proof'
  | 'callId'
  | 'citesItem'
  | 'level'
  | 'until'
  | 'place'
  | 'position'
  | 'parties'
  | 'rating'
  | 'solved';

export const moveFields: Partial<Record<string, readonly Field[]>> = {
  answer: ['citesItem', 'publicReply'],
  refuse: ['ground'],
  merge: ['masterId'],
  'merged-visit': ['rating', 'solved', 'why'],
  review: ['why'],
  dispatch: ['unitId', 'why'],
  'hand-outside': ['ground'],
  'outside-result': ['proof'],
  'outside-refused': ['why'],
  'ask-return': ['ground', 'suggestedUnitId'],
  'approve-return': ['unitId', 'why'],
  'refuse-return': ['why'],
  'call-dispute': ['owner', 'ground'],
  rule: ['unitId', 'ground'],
  assign: ['owner', 'why'],
  extend: ['workdays', 'why'],
  hang: ['plan', 'until'],
  'look-again': ['why', 'until'],
  'on-site': ['place', 'position', 'parties', 'why'],
  'take-up': ['why'],
  reply: ['publicReply', 'proof', 'solved'],
  'unit-sends-back': ['why'],
  'check-sends-back': ['why'],
  withdraw: ['callId'],
  'refuse-withdrawal': ['why'],
  close: ['rating', 'solved'],
  'ask-rework': ['rating', 'why'],
  redispatch: ['unitId', 'why'],
  'close-as-final': ['proof'],
  reopen: ['ground'],
  supervise: ['level', 'why'],
  instruct: ['why', 'until'],
  unseal: ['why'],
  decline: ['why'],
  contact: ['proof'],
  'co-reply': ['proof'],
  urge: ['why'],
  supplement: ['why'],
};

type Values = Partial<Record<Field, string | number>>;

/** What a move carries, made from its form; an on-site record takes the photographs just put to the order. */
export function bodyOf(
  move: string,
  values: Values,
  { files }: Pick<OrderView, 'files'>,
  now: number,
): object {
  if (move !== 'on-site') return values;
  const { place, parties = '', position, ...rest } = values;
  const [lat, lng] = String(position ?? '')
    .split(',')
    .map(Number);
  const photos = files.filter(
    ({ kind, at }) => /jpe?g|png|webp|image/i.test(kind) && now - at < PHOTOS_WITHIN_MS,
  );
  const site = {
    at: Math.round(now),
    place,
    parties,
    position:
      position !== undefined && lat !== undefined && lng !== undefined ? { lat, lng } : null,
    fileIds: photos.map(({ id }) => id).slice(-20),
  };
  return { ...rest, site };
}

/** Photographs that were put to the order so shortly before belong to the on-site record. */
const PHOTOS_WITHIN_MS = 7_200_000;

/** Things a move says by itself: a visitor who closes has heard that the caller is satisfied. */
export const moveSays: Partial<Record<string, object>> = {
  close: { satisfied: true },
  'ask-rework': { satisfied: false },
  unseal: { sealed: false },
};

export const longFields: ReadonlySet<Field> = new Set([
  'publicReply',
  'plan',
  'proof',
  'ground',
  'why',
]);

/** Fields that are counts. */
export const numbers: ReadonlySet<Field> = new Set(['workdays', 'level', 'rating', 'until']);
