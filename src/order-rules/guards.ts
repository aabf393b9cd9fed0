import { shanghaiDay } from '../kit/shanghai.ts';
import { running } from './clocks.ts';
import type { MoveName } from './moves.ts';
import type { NoteName } from './notes.ts';
import type { Hand, MoveData, Order } from './order.ts';
import { visitStanding } from './visit-tries.ts';

/** Why a move is refused, as one of a closed list; the words for people are in `refusals`. */
export type Refusal = keyof typeof refusals;

/** Every reason not to make a move, for the person who tried. */
export const refusals = {
  'not-from-here': { zh: '当前状态不允许此操作', en: 'not possible in this state' },
  'not-yours': { zh: '您的角色不允许此操作', en: 'not yours to do' },
  'not-your-unit': { zh: '该工单不在您单位', en: 'the order is not with your unit' },
  'same-person': { zh: '申请人不能自己审批', en: 'who asks may not agree' },
  'already-asked': { zh: '已有申请待审批', en: 'something is waiting for approval already' },
  'nothing-asked': { zh: '没有待审批的申请', en: 'nothing is waiting for approval' },
  'not-complete': { zh: '必填要素未填全', en: 'required elements are missing' },
  'not-a-question': { zh: '只有咨询类可以直接答复', en: 'only questions are answered on the spot' },
  'cites-nothing': { zh: '未引用知识条目', en: 'cites no knowledge item' },
  'no-reason': { zh: '未填写理由', en: 'no reason given' },
  'no-ground': { zh: '未填写依据', en: 'no legal ground given' },
  'no-unit': { zh: '未指定承办单位', en: 'no unit named' },
  'against-itself': { zh: '不得派给被投诉单位', en: 'never to the unit complained about' },
  'no-owner': { zh: '未指定经办人', en: 'no person named' },
  'not-sure-enough': { zh: '规则把握不足，需人工审核', en: 'the rule is not sure enough' },
  sealed: { zh: '保密工单须人工派单', en: 'sealed orders are dispatched by people' },
  'too-late': { zh: '已超过时限', en: 'past the time limit' },
  'not-yet': { zh: '未到时限', en: 'the time limit has not passed' },
  ruled: { zh: '指定承办的工单不得退回', en: 'ruled orders are not returned' },
  'third-hop': { zh: '第三次流转须进入争议协调', en: 'the third hop goes to dispute' },
  'same-unit': { zh: '不能派回原单位', en: 'not back to the same unit' },
  'cap-reached': { zh: '已达次数或天数上限', en: 'the cap is reached' },
  'no-date': { zh: '未填写今后的日期', en: 'no date in the future' },
  'no-task': { zh: '没有这项批示或决定', en: 'no such instruction' },
  'no-meeting': { zh: '须由联席会议登记', en: 'recorded with a joint meeting' },
  'no-place': { zh: '未填写时间、地点', en: 'no time and place' },
  'no-plan': { zh: '未填写挂账计划', en: 'no plan given' },
  'not-contacted': { zh: '未联系诉求人', en: 'the caller has not been contacted' },
  'no-reply': { zh: '未填写公开答复', en: 'no public reply' },
  'co-units-missing': { zh: '协办单位尚未反馈', en: 'a co-unit has not reported' },
  'needs-a-person': { zh: '须人工审核', en: 'a person has to check it' },
  'not-satisfied': { zh: '诉求人未表示满意', en: 'the caller is not satisfied' },
  'not-dissatisfied': { zh: '诉求人未表示不满意', en: 'the caller is not dissatisfied' },
  'no-tried': { zh: '未选择未接通的原因', en: 'not said why the visit was in vain' },
  'tries-missing': {
    zh: '未接通的次数或时段还不够，不能按未联系上办结',
    en: 'not tried often enough at different times of day',
  },
  'no-proof': { zh: '缺少证明材料', en: 'proof is missing' },
  'no-call': { zh: '撤回须有录音通话', en: 'withdrawal needs a recorded call' },
  'urged-today': { zh: '今天已经催办过', en: 'urged today already' },
  'rated-already': { zh: '已经评价过', en: 'rated already' },
  'withdrawal-asked': { zh: '已申请撤回，正在处理', en: 'asked to withdraw already' },
  'no-rating': { zh: '未选择评价', en: 'no rating given' },
  'not-higher': { zh: '督办级别须高于当前', en: 'not above the level there is' },
  'no-master': { zh: '要并入的工单已结束', en: 'the order to merge into is not open' },
  'no-relay': { zh: '须由系统拨号', en: 'placed by the system itself' },
  'party-sealed': {
    zh: '保密工单由热线代为联系诉求人',
    en: 'the hotline speaks to callers of sealed orders',
  },
  'called-too-often': {
    zh: '一小时内已呼叫 5 次，请稍后再试',
    en: 'called five times within the hour',
  },
  'merged-into-itself': { zh: '不能并入自身', en: 'not into itself' },
} as const;

/** What the surroundings know when a move is judged. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Is a unit the other one, or below it in the tree of units? */
  isWithin(unitId: string, ancestorId: string): boolean;
  /** Until when the unit that has the order may ask to return it; null without such a limit. */
  readonly returnUntil: number | null;
  readonly extensions: {
    readonly times: number;
    readonly workdays: number;
    /** Working days in all up to which the first who agrees agrees alone. */
    readonly aloneUpTo: number;
  };
  /** The hour of the day after which extensions are not asked for any more, 0 to 24. */
  readonly extensionCutOff: { readonly passed: boolean };
  /** How sure a rule must be to dispatch without a person, 0 to 1. */
  readonly confidence: number;
  /** How long an ended order may be appealed against before it is archived, milliseconds. */
  readonly appealMs: number;
  /** How often a visit is tried, at different times of day, before it may be given up. */
  readonly visitTries: number;
}

/** Calls to the caller of an order within an hour, at most: nobody is to be rung all day. */
export const RELAYS_PER_HOUR = 5;
const HOUR_MS = 3_600_000;

type Guard = (order: Order, data: MoveData, around: Surroundings, by: Hand) => Refusal | null;

/** What each move or note needs; one that is not here needs nothing beside its state and its hand. */
export const guards: Partial<Record<MoveName | NoteName, readonly Guard[]>> = {
  answer: [
    ({ type }) => (type === 'consult' ? null : 'not-a-question'),
    (_, { citesItem }) => (citesItem ? null : 'cites-nothing'),
  ],
  submit: [(_, { complete }) => (complete ? null : 'not-complete')],
  refuse: [needsGround],
  merge: [({ id }, { masterId }) => (masterId && masterId !== id ? null : 'merged-into-itself')],
  'dispatch-by-rule': [
    needsUnit,
    ({ sealed }) => (sealed ? 'sealed' : null),
    (_, { confidence = 0 }, around) => (confidence >= around.confidence ? null : 'not-sure-enough'),
  ],
  dispatch: [needsUnit],
  'hand-outside': [needsGround],
  'outside-result': [needsProof],
  'outside-refused': [needsWhy],
  sign: [needsOwner],
  'deem-accepted': [
    needsOwner,
    (_, __, { now, returnUntil }) => (returnUntil !== null && now > returnUntil ? null : 'not-yet'),
  ],
  'ask-return': [
    needsGround,
    (_, { suggestedUnitId }) => (suggestedUnitId ? null : 'no-unit'),
    ({ ruled }) => (ruled ? 'ruled' : null),
    (_, __, { now, returnUntil }) =>
      returnUntil === null || now <= returnUntil ? null : 'too-late',
  ],
  'approve-return': [
    needsUnit,
    ({ leadUnitId }, { unit }) => (unit?.id === leadUnitId ? 'same-unit' : null),
    ({ hops }) => (hops >= 3 ? 'third-hop' : null),
  ],
  'refuse-return': [needsWhy],
  'call-dispute': [
    needsOwner,
    ({ state, hops }) => (state === 'return-requested' && hops < 3 ? 'not-yet' : null),
  ],
  rule: [needsUnit, needsGround],
  assign: [
    (_, { owner, coUnitIds }) => (owner || coUnitIds ? null : 'no-owner'),
    ({ leadUnitId }, { handlingUnitId }, { isWithin }) =>
      handlingUnitId === undefined || isWithin(handlingUnitId, leadUnitId ?? '')
        ? null
        : 'not-your-unit',
  ],
  relay: [needsCall, notTooOften, ({ sealed }) => (sealed ? 'party-sealed' : null)],
  'visit-call': [needsCall, notTooOften],
  extend: [
    needsWhy,
    (order, { workdays = 0 }, { extensions }) =>
      workdays > 0 &&
      order.extendedTimes < extensions.times &&
      order.extendedWorkdays + workdays <= extensions.workdays
        ? null
        : 'cap-reached',
    (order, _, { now, extensionCutOff }) =>
      extensionCutOff.passed || now >= (running(order, 'reply')?.dueAt ?? 0) ? 'too-late' : null,
  ],
  hang: [(_, { plan }) => (plan ? null : 'no-plan'), needsDate],
  'take-up': [needsWhy],
  reply: [
    ({ contacted }) => (contacted ? null : 'not-contacted'),
    (_, { publicReply }) => (publicReply ? null : 'no-reply'),
    ({ coUnitIds, coUnitsIn }) =>
      coUnitIds.every((id) => coUnitsIn.includes(id)) ? null : 'co-units-missing',
  ],
  'unit-sends-back': [needsWhy],
  'check-sends-back': [needsWhy],
  'accept-reply': [
    (order, _, __, by) => (by.actor === 'system' && !isLowRisk(order) ? 'needs-a-person' : null),
  ],
  close: [
    needsTries,
    (order, { satisfied, notReached, rating = 5 }, __, by) =>
      (isHeard(order, by) && satisfied && rating >= 3) || notReached ? null : 'not-satisfied',
  ],
  'visit-try': [
    (_, { tried }) => (tried ? null : 'no-tried'),
    (order, data, around) => (data.tried === 'call-later' ? needsDate(order, data, around) : null),
  ],
  'merged-visit': [needsTries],
  withdraw: [(_, { callId }) => (callId ? null : 'no-call')],
  'ask-rework': [needsWhy, (_, { satisfied }) => (satisfied === false ? null : 'not-dissatisfied')],
  redispatch: [needsUnit],
  'close-as-final': [needsProof],
  archive: [
    (order, { proof }, { now, appealMs }) => {
      if (order.state === 'external') return proof ? null : 'no-proof';
      return now >= (order.endedAt ?? now) + appealMs ? null : 'not-yet';
    },
  ],
  reopen: [needsGround],
  supervise: [
    needsWhy,
    (order, { level = 0 }) => (level > order.supervision ? null : 'not-higher'),
  ],
  instruct: [needsWhy, needsDate],
  feedback: [needsWhy, needsTask],
  settle: [needsTask, (_, { settled, why }) => (settled || why ? null : 'no-reason')],
  'on-site': [needsWhy, (_, { site }) => (site?.place ? null : 'no-place')],
  agenda: [needsMeeting],
  'meeting-moved': [needsWhy, needsMeeting, needsDate],
  'meeting-cancelled': [needsWhy, needsMeeting],
  decision: [
    needsWhy,
    needsMeeting,
    (order, data, around) => (data.until === undefined ? null : needsDate(order, data, around)),
  ],
  'look-again': [needsWhy, needsDate],
  urge: [
    ({ urgedAt }, _, { now }, by) =>
      by.actor === 'citizen' && urgedAt !== null && shanghaiDay(urgedAt) === shanghaiDay(now)
        ? 'urged-today'
        : null,
  ],
  supplement: [needsWhy],
  'ask-withdrawal': [
    needsWhy,
    ({ withdrawal }) => (withdrawal === null ? null : 'withdrawal-asked'),
  ],
  'refuse-withdrawal': [needsWhy],
  rate: [
    (_, { rating }) => (rating === undefined ? 'no-rating' : null),
    ({ rated }) => (rated ? 'rated-already' : null),
  ],
  unseal: [needsWhy],
};

/** Was the caller rung as often within the hour as anybody is to be? */
export function isCalledTooOften(relays: Order['relays'], now: number): boolean {
  return relays.filter(({ at }) => at > now - HOUR_MS).length >= RELAYS_PER_HOUR;
}

/** The caller's own word: heard by a visitor, or given by the caller without being asked. */
function isHeard({ rated }: Order, { actor }: Hand): boolean {
  return actor === 'visitor' || (actor === 'system' && rated !== null);
}

/** Small matters a machine may let pass to the visit; everything else a person reads. */
function isLowRisk({ sealed, type, urgency }: Order): boolean {
  return !sealed && urgency === 'normal' && (type === 'consult' || type === 'praise');
}

function needsWhy(_: Order, { why }: MoveData): Refusal | null {
  return why ? null : 'no-reason';
}

/** Nobody is given up who was not tried often enough; not reached is not satisfied. */
function needsTries(
  order: Order,
  { notReached }: MoveData,
  { now, visitTries }: Surroundings,
): Refusal | null {
  return !notReached || visitStanding(order, visitTries, now).mayClose ? null : 'tries-missing';
}

/** Written by the house, which places the call. */
function needsCall(_: Order, { relay }: MoveData): Refusal | null {
  return relay ? null : 'no-relay';
}

function notTooOften({ relays }: Order, _: MoveData, { now }: Surroundings): Refusal | null {
  return isCalledTooOften(relays, now) ? 'called-too-often' : null;
}

/** A day that still lies ahead. */
function needsDate(_: Order, { until = 0 }: MoveData, { now }: Surroundings): Refusal | null {
  return until > now ? null : 'no-date';
}

/** An instruction of this very order that is not settled yet. */
function needsTask({ tasks }: Order, { taskId }: MoveData): Refusal | null {
  return tasks.some(({ id, closedAt }) => id === taskId && closedAt === null) ? null : 'no-task';
}

function needsMeeting(_: Order, { meeting }: MoveData): Refusal | null {
  return meeting ? null : 'no-meeting';
}

function needsGround(_: Order, { ground }: MoveData): Refusal | null {
  return ground ? null : 'no-ground';
}

function needsProof(_: Order, { proof }: MoveData): Refusal | null {
  return proof ? null : 'no-proof';
}

function needsOwner(_: Order, { owner }: MoveData): Refusal | null {
  return owner ? null : 'no-owner';
}

function needsUnit(order: Order, { unit }: MoveData): Refusal | null {
  if (!unit) return 'no-unit';
  return unit.id === order.againstUnitId ? 'against-itself' : null;
}
