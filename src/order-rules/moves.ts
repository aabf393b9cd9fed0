import { type Actor, isOpen, type OrderState } from './words.ts';

/** A move of the state machine, as a municipal officer reads it. */
export interface Move {
  /** Its number in the published table, 1 to 28. */
  readonly no: number;
  readonly zh: string;
  readonly en: string;
  /** From where; `open` is every state in which somebody still has to act, `none` is before the order. */
  readonly from: readonly OrderState[] | 'none' | 'open' | 'any';
  /** Where to; `same` lies over the state and leaves it alone. */
  readonly to: OrderState | 'same';
  /** Who may make it, or ask for it when somebody has to agree. */
  readonly by: readonly Actor[];
  /** Who has to agree, one step after the other; each step another person than the one who asked. */
  readonly agreedBy: readonly (readonly Actor[])[];
}

const freely: readonly (readonly Actor[])[] = [];

/** Every way an order can go. No order changes its state by any other. */
export const moves = {
  open: m(1, '登记', 'open', 'none', 'draft', ['agent', 'citizen', 'connector']),
  answer: m(2, '直接答复', 'answer on the spot', ['draft'], 'answered', ['agent']),
  submit: m(3, '提交', 'submit', ['draft'], 'accepted', ['agent', 'citizen', 'connector']),
  refuse: m(
    4,
    '不予受理',
    'refuse',
    ['draft', 'accepted'],
    'rejected',
    ['agent'],
    [['shift-leader', 'reviewer']],
  ),
  merge: m(5, '并单', 'merge', ['accepted', 'dispatched', 'handling'], 'merged', ['dispatcher']),
  'dispatch-by-rule': m(6, '自动派单', 'dispatch by rule', ['accepted'], 'dispatched', ['system']),
  review: m(7, '转审核', 'send to review', ['accepted'], 'review', [
    'dispatcher',
    'reviewer',
    'system',
  ]),
  dispatch: m(7, '审核派单', 'dispatch after review', ['review'], 'dispatched', [
    'dispatcher',
    'reviewer',
  ]),
  'hand-outside': m(8, '转外部', 'hand outside', ['accepted', 'handling'], 'external', [
    'agent',
    'dispatcher',
    'connector',
  ]),
  'outside-result': m(8, '外部办结', 'result from outside', ['external'], 'visit', [
    'connector',
    'dispatcher',
  ]),
  'outside-refused': m(8, '外部退回', 'refused outside', ['external'], 'accepted', [
    'connector',
    'dispatcher',
  ]),
  sign: m(9, '签收', 'sign for', ['dispatched'], 'handling', ['unit-operator']),
  'deem-accepted': m(10, '视同签收', 'deemed accepted', ['dispatched'], 'handling', ['system']),
  'ask-return': m(
    11,
    '申请退单',
    'ask to return',
    ['dispatched', 'handling'],
    'return-requested',
    ['unit-operator'],
    [['unit-leader']],
  ),
  'approve-return': m(12, '同意退单', 'approve return', ['return-requested'], 'dispatched', [
    'dispatcher',
  ]),
  'refuse-return': m(13, '驳回退单', 'refuse return', ['return-requested'], 'handling', [
    'dispatcher',
  ]),
  'call-dispute': m(14, '提起争议', 'call a dispute', ['return-requested', 'accepted'], 'dispute', [
    'dispatcher',
    'system',
  ]),
  rule: m(15, '指定承办', 'rule', ['dispute'], 'dispatched', ['supervision']),
  assign: m(16, '转办加派', 'assign within', ['handling'], 'same', [
    'unit-operator',
    'unit-leader',
  ]),
  extend: m(
    17,
    '延期',
    'extend',
    ['handling'],
    'same',
    ['unit-operator'],
    [['unit-leader'], ['reviewer']],
  ),
  hang: m(
    18,
    '挂账',
    'make long-term',
    ['handling'],
    'long-term',
    ['unit-leader'],
    [['supervision']],
  ),
  'take-up': m(18, '恢复办理', 'take up again', ['long-term'], 'handling', [
    'unit-leader',
    'supervision',
    'system',
  ]),
  reply: m(19, '提交答复', 'submit reply', ['handling'], 'unit-approval', ['unit-operator']),
  'approve-reply': m(19, '审签答复', 'approve reply', ['unit-approval'], 'reply-check', [
    'unit-leader',
  ]),
  'unit-sends-back': m(20, '单位退回', 'unit sends back', ['unit-approval'], 'handling', [
    'unit-leader',
  ]),
  'check-sends-back': m(20, '审核退回', 'check sends back', ['reply-check'], 'handling', [
    'reviewer',
  ]),
  'accept-reply': m(21, '审核通过', 'accept reply', ['reply-check'], 'visit', [
    'reviewer',
    'system',
  ]),
  close: m(22, '回访办结', 'close after visit', ['visit'], 'closed', ['visitor', 'system']),
  withdraw: m(22, '撤回', 'withdraw', 'open', 'closed', ['agent']),
  'ask-rework': m(
    23,
    '申请重办',
    'ask for rework',
    ['visit'],
    'rework',
    ['visitor'],
    [['reviewer']],
  ),
  redispatch: m(23, '重办派单', 'dispatch again', ['rework'], 'dispatched', [
    'reviewer',
    'dispatcher',
    'system',
  ]),
  'close-as-final': m(24, '终结办结', 'close as final', ['visit'], 'closed', ['supervision']),
  archive: m(
    25,
    '归档',
    'archive',
    ['closed', 'answered', 'rejected', 'merged', 'external'],
    'archived',
    ['system'],
  ),
  reopen: m(
    26,
    '重新受理',
    'reopen',
    ['closed', 'archived', 'answered', 'rejected'],
    'accepted',
    ['agent'],
    [['shift-leader']],
  ),
  urge: m(27, '催办', 'urge', 'open', 'same', ['citizen', 'agent']),
  supervise: m(27, '督办', 'supervise', 'open', 'same', ['supervision', 'system']),
  instruct: m(27, '批示', 'instruct', 'open', 'same', ['city-leader', 'supervision']),
  unseal: m(
    28,
    '变更保密',
    'change confidentiality',
    'any',
    'same',
    ['data-protection'],
    [['data-protection']],
  ),
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof moves;
export const moveNames = Object.keys(moves) as MoveName[];

/** May the move start in this state? */
export function startsIn(name: MoveName, state: OrderState | null): boolean {
  const { from }: Move = moves[name];
  if (from === 'none' || state === null) return from === 'none' && state === null;
  if (from === 'any') return true;
  if (from === 'open') return isOpen(state);
  return from.includes(state);
}

/** May somebody in this part make the move, or ask for it? */
export function mayAsk(name: MoveName, actor: Actor): boolean {
  const { by }: Move = moves[name];
  return by.includes(actor);
}

function m<const To extends OrderState | 'same'>(
  no: number,
  zh: string,
  en: string,
  from: Move['from'],
  to: To,
  by: readonly Actor[],
  agreedBy = freely,
) {
  return { no, zh, en, from, to, by, agreedBy };
}
