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
  hang: ['plan'],
  'take-up': ['why'],
  reply: ['publicReply', 'proof', 'solved'],
  'unit-sends-back': ['why'],
  'check-sends-back': ['why'],
  withdraw: ['callId'],
  close: ['rating', 'solved'],
  'ask-rework': ['rating', 'why'],
  redispatch: ['unitId', 'why'],
  'close-as-final': ['proof'],
  reopen: ['ground'],
  supervise: ['level', 'why'],
  instruct: ['why'],
  unseal: ['why'],
  decline: ['why'],
  contact: ['proof'],
  'co-reply': ['proof'],
  urge: ['why'],
  supplement: ['why'],
};

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
export const numbers: ReadonlySet<Field> = new Set(['workdays', 'level', 'rating']);
