/** Who has to act next while an order is in a state; `nobody` means that it is no longer open. */
export type Holder = 'hotline' | 'unit' | 'outside' | 'nobody';

interface StateWords {
  readonly zh: string;
  readonly en: string;
  readonly holder: Holder;
}

/** The eighteen states of a work order (工单). */
export const orderStates = {
  draft: { zh: '草稿', en: 'draft', holder: 'hotline' },
  answered: { zh: '已直答', en: 'answered on the spot', holder: 'nobody' },
  accepted: { zh: '待派单', en: 'to be dispatched', holder: 'hotline' },
  review: { zh: '待审核', en: 'in review', holder: 'hotline' },
  dispatched: { zh: '待签收', en: 'to be signed for', holder: 'unit' },
  handling: { zh: '办理中', en: 'being handled', holder: 'unit' },
  'return-requested': { zh: '退单待审', en: 'return requested', holder: 'hotline' },
  dispute: { zh: '争议协调', en: 'in dispute', holder: 'hotline' },
  'unit-approval': { zh: '单位审签', en: 'with the unit’s leader', holder: 'unit' },
  'reply-check': { zh: '办结待审', en: 'reply to be checked', holder: 'hotline' },
  visit: { zh: '待回访', en: 'to be visited', holder: 'hotline' },
  rework: { zh: '重办', en: 'to be done again', holder: 'hotline' },
  closed: { zh: '办结', en: 'closed', holder: 'nobody' },
  archived: { zh: '归档', en: 'archived', holder: 'nobody' },
  'long-term': { zh: '挂账', en: 'long-term', holder: 'unit' },
  merged: { zh: '并单', en: 'merged', holder: 'nobody' },
  rejected: { zh: '不予受理', en: 'not accepted', holder: 'nobody' },
  external: { zh: '转外部', en: 'handed outside', holder: 'outside' },
} as const satisfies Record<string, StateWords>;

export type OrderState = keyof typeof orderStates;
export const orderStateNames = Object.keys(orderStates) as OrderState[];

/** An order somebody still has to do something about. */
export function isOpen(state: OrderState): boolean {
  return orderStates[state].holder !== 'nobody';
}

/** Where an order stands, for the citizen: what goes on between hotline and units is one phase. */
export const publicPhases = {
  accepted: '待派单',
  dispatched: '待签收',
  handling: '办理中',
  replied: '待回访',
  closed: '办结',
  'long-term': '挂账',
  merged: '并单',
  rejected: '不予受理',
  external: '转外部',
} as const;
export type PublicPhase = keyof typeof publicPhases;

const phases: Record<OrderState, PublicPhase> = {
  draft: 'accepted',
  answered: 'closed',
  accepted: 'accepted',
  review: 'accepted',
  dispatched: 'dispatched',
  handling: 'handling',
  'return-requested': 'handling',
  dispute: 'handling',
  'unit-approval': 'handling',
  'reply-check': 'handling',
  visit: 'replied',
  rework: 'handling',
  closed: 'closed',
  archived: 'closed',
  'long-term': 'long-term',
  merged: 'merged',
  rejected: 'rejected',
  external: 'external',
};

export function phaseOf(state: OrderState): PublicPhase {
  return phases[state];
}

/** In what part somebody acts on an order. A person may have several; each act names one. */
export const actors = {
  agent: { zh: '话务员', en: 'agent' },
  'shift-leader': { zh: '值班长', en: 'shift leader' },
  dispatcher: { zh: '派单员', en: 'dispatcher' },
  reviewer: { zh: '审核员', en: 'reviewer' },
  'unit-operator': { zh: '承办经办人', en: 'unit operator' },
  'unit-leader': { zh: '单位负责人', en: 'unit leader' },
  visitor: { zh: '回访员', en: 'return-visit staff' },
  supervision: { zh: '督办员', en: 'supervision' },
  'city-leader': { zh: '市领导', en: 'city leader' },
  'data-protection': { zh: '数据保护管理员', en: 'data-protection administrator' },
  citizen: { zh: '诉求人', en: 'citizen' },
  connector: { zh: '对接平台', en: 'linked platform' },
  system: { zh: '系统', en: 'system' },
} as const;

export type Actor = keyof typeof actors;
export const actorNames = Object.keys(actors) as Actor[];

/** What a request is (诉求类型). */
export const requestTypes = {
  consult: { zh: '咨询', en: 'question' },
  help: { zh: '求助', en: 'help' },
  complaint: { zh: '投诉', en: 'complaint' },
  report: { zh: '举报', en: 'report' },
  suggestion: { zh: '建议', en: 'suggestion' },
  praise: { zh: '表扬', en: 'praise' },
} as const;

export type RequestType = keyof typeof requestTypes;

/** How urgent it is (紧急程度): 平, 紧急, 特急. */
export const urgencies = ['normal', 'urgent', 'emergency'] as const;
export type Urgency = (typeof urgencies)[number];

/** What kind of party asks; enterprises have shorter limits in some cities. */
export const partyTypes = ['person', 'enterprise', 'other'] as const;
export type PartyType = (typeof partyTypes)[number];
