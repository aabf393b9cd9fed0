import { type RateId, rateIds } from './schema.ts';

/** A column of `order_facts` that says when something of an order counts. */
export type Basis =
  | 'takenAt'
  | 'dispatchedAt'
  | 'signDueAt'
  | 'replyDueAt'
  | 'visitDueAt'
  | 'closedAt';

/** Which unit answers for a figure: the first that had the order, or the last. */
type UnitOf = 'firstUnitId' | 'leadUnitId';

export interface Words {
  zh: string;
  en: string;
}

/** A rate as a question to `order_facts`, in SQL: `f` is the order's facts, `o` its row, `@now` the moment. */
export interface RateDefinition {
  name: Words;
  basis: Basis;
  /** Without it the last. */
  unit?: UnitOf;
  /** The numerator counts against the unit: the smaller the better. */
  isAgainst?: true;
  /** Which orders count; and which of those are the good ones, or the ones that are counted against. */
  denominator: { sql: string; words: Words };
  numerator: { sql: string; words: Words };
  source: Words;
}

const both = (zh: string, en: string): Words => ({ zh, en });
const of = (sql: string, zh: string, en: string) => ({ sql, words: both(zh, en) });

/** Somebody who asks for the same again within so many days has not been served the first time. */
export const REPEAT_DAYS = 15;
const REPEAT_MS = REPEAT_DAYS * 86_400_000;

const published = both('多地公布口径，计算式为本系统规定', 'named in public rules; our formula');
const own = both('本系统规定', 'rule of this system');

const same = (when: string) => `EXISTS (SELECT 1 FROM orders other
  WHERE other.callerNumber = o.callerNumber AND ${when} AND other.matter = o.matter
    AND other.id <> o.id AND other.number IS NOT NULL)`;
const again = same(
  `other.createdAt > o.createdAt AND other.createdAt <= o.createdAt + ${REPEAT_MS}`,
);
const before = same(
  `other.createdAt < o.createdAt AND other.createdAt >= o.createdAt - ${REPEAT_MS}`,
);
const signedInTime = 'f.signedAt <= f.signDueAt';
const contactedInTime = 'f.contactedAt <= f.contactDueAt';
const repliedInTime = 'f.repliedAt <= f.replyDueAt';
const replyDue = '(f.repliedAt IS NOT NULL OR f.replyDueAt <= @now)';
const dispatched = of('f.dispatchedAt IS NOT NULL', '已派单', 'dispatched');
const closed = of('f.closedAt IS NOT NULL', '已办结', 'closed');
const taken = of(
  'f.takenAt IS NOT NULL AND f.refusedAt IS NULL',
  '受理的有效诉求',
  'valid requests accepted',
);
const validVisit = of(
  'f.visitedAt IS NOT NULL AND f.reached = 1',
  '有效回访（联系上并得到答复）',
  'valid visits: reached, with an answer',
);

/** Every rate of work orders there is. A figure that is not here does not exist. */
export const rateDefinitions: Record<Exclude<RateId, 'three-rate'>, RateDefinition> = {
  'direct-answer': {
    name: both('直接答复率', 'Direct answers'),
    basis: 'takenAt',
    denominator: taken,
    numerator: of(
      'f.answeredAt IS NOT NULL',
      '热线直接答复，未派单',
      'answered by the hotline without dispatch',
    ),
    source: both('多地月报（在线办结率）', 'monthly reports of several cities'),
  },
  'first-resolution': {
    name: both('一次解决率', 'Resolved the first time'),
    basis: 'takenAt',
    denominator: of(
      `${taken.sql} AND o.callerNumber <> ''`,
      '受理且留有电话的诉求',
      'requests accepted, caller known',
    ),
    numerator: of(
      `NOT ${again}`,
      `同一人 ${REPEAT_DAYS} 天内未就同一事项再次来电`,
      `the same person did not ask for the same within ${REPEAT_DAYS} days`,
    ),
    source: own,
  },
  repeat: {
    name: both('重复诉求率', 'Repeats'),
    basis: 'takenAt',
    isAgainst: true,
    denominator: taken,
    numerator: of(
      `(f.mergedInto IS NOT NULL OR (o.callerNumber <> '' AND ${before}))`,
      `已并单，或同一人 ${REPEAT_DAYS} 天内就同一事项来过`,
      `merged, or the same person asked for the same in the ${REPEAT_DAYS} days before`,
    ),
    source: own,
  },
  'dispatch-accuracy': {
    name: both('派单准确率', 'Dispatch accuracy'),
    basis: 'dispatchedAt',
    unit: 'firstUnitId',
    denominator: dispatched,
    numerator: of(
      'f.returnsApproved = 0 AND f.ruled = 0',
      '未因职责不符改派',
      'first unit never changed for wrong duty',
    ),
    source: published,
  },
  'on-time-sign': {
    name: both('按时签收率', 'Signed in time'),
    basis: 'signDueAt',
    denominator: of(
      '(f.signedAt IS NOT NULL OR f.signDueAt <= @now)',
      '已签收或签收期限已到',
      'signed, or sign-due by now',
    ),
    numerator: of(
      signedInTime,
      '期限内由承办单位签收（视同签收不计）',
      'signed by the unit within the limit; deemed acceptance does not count',
    ),
    source: published,
  },
  'first-contact': {
    name: both('先行联系率', 'First contact'),
    basis: 'dispatchedAt',
    denominator: dispatched,
    numerator: of(
      contactedInTime,
      '期限内联系诉求人（1515 为 1 个工作日）',
      'caller contacted within the limit: one working day under 1515',
    ),
    source: both('上海“1515”', 'Shanghai’s 1515'),
  },
  'on-time-close': {
    name: both('按时办结率', 'Replied in time'),
    basis: 'replyDueAt',
    denominator: of(replyDue, '已答复或办理期限已到', 'replied, or reply-due by now'),
    numerator: of(
      repliedInTime,
      '在（经批准延期后的）期限内答复',
      'replied within the limit, as validly extended',
    ),
    source: both('多地月报', 'monthly reports of several cities'),
  },
  'on-time-close-unextended': {
    name: both('按时办结率（不计延期）', 'Replied in the first limit'),
    basis: 'replyDueAt',
    denominator: of(replyDue, '已答复或办理期限已到', 'replied, or reply-due by now'),
    numerator: of(
      'f.repliedAt <= f.firstReplyDueAt',
      '在最初期限内答复',
      'replied within the limit before any extension',
    ),
    source: own,
  },
  close: {
    name: both('办结率', 'Closed'),
    basis: 'replyDueAt',
    denominator: of(
      '(f.closedAt IS NOT NULL OR f.replyDueAt <= @now)',
      '已办结或办理期限已到',
      'closed, or close-due by now',
    ),
    numerator: closed,
    source: published,
  },
  return: {
    name: both('退单率', 'Returns'),
    basis: 'dispatchedAt',
    isAgainst: true,
    unit: 'firstUnitId',
    denominator: dispatched,
    numerator: of('f.returnsApproved > 0', '退单获同意', 'a return was approved'),
    source: published,
  },
  'improper-return': {
    name: both('不当退单率', 'Improper returns'),
    basis: 'dispatchedAt',
    isAgainst: true,
    unit: 'firstUnitId',
    denominator: of('f.returnsAsked > 0', '申请过退单', 'a return was asked for'),
    numerator: of('f.returnsRefused > 0', '退单被驳回', 'a return was refused'),
    source: both(
      '粤办函〔2021〕216号：不当退单应追责',
      'Guangdong 2021/216: improper returns are sanctionable',
    ),
  },
  visit: {
    name: both('回访率', 'Visits'),
    basis: 'visitDueAt',
    denominator: of(
      '(f.visitedAt IS NOT NULL OR f.visitDueAt <= @now)',
      '已回访或回访期限已到',
      'visited, or visit-due by now',
    ),
    numerator: of('f.visitedAt IS NOT NULL', '已由人回访', 'visited by a person'),
    source: published,
  },
  'valid-visit': {
    name: both('有效回访率', 'Valid visits'),
    basis: 'visitDueAt',
    denominator: of('f.visitedAt IS NOT NULL', '已回访', 'visited'),
    numerator: of('f.reached = 1', '联系上并得到答复', 'reached, with an answer'),
    source: own,
  },
  response: {
    name: both('响应率', 'Response'),
    basis: 'replyDueAt',
    denominator: of(replyDue, '已答复或办理期限已到', 'replied, or reply-due by now'),
    numerator: of(
      `${signedInTime} AND ${contactedInTime} AND ${repliedInTime}`,
      '签收、联系、答复均按时',
      'signed, contacted and replied, each in time',
    ),
    source: own,
  },
  resolve: {
    name: both('解决率', 'Resolved'),
    basis: 'visitDueAt',
    denominator: validVisit,
    numerator: of(
      "f.solvedByCaller = 'solved'",
      '诉求人确认已解决（单位自评不计）',
      'the caller confirms it is solved; the unit’s claim does not count',
    ),
    source: published,
  },
  satisfaction: {
    name: both('满意率', 'Satisfaction'),
    basis: 'visitDueAt',
    denominator: of(
      'f.rating IS NOT NULL',
      '诉求人本人给出的评价（默认好评不计）',
      'ratings the caller gave; none filled in by default',
    ),
    numerator: of(
      'f.rating >= 3',
      '非常满意、满意、基本满意',
      'very satisfied, satisfied, basically satisfied',
    ),
    source: both('五级评价', 'five levels'),
  },
  dissatisfaction: {
    name: both('不满意率（占办结）', 'Dissatisfied, of the closed'),
    basis: 'closedAt',
    isAgainst: true,
    denominator: closed,
    numerator: of('f.rating <= 2', '不满意、非常不满意', 'dissatisfied, very dissatisfied'),
    source: both('多地月报', 'monthly reports of several cities'),
  },
  rework: {
    name: both('重办率', 'Done again'),
    basis: 'closedAt',
    isAgainst: true,
    denominator: closed,
    numerator: of('f.reworks > 0', '办结前退回重办过', 'sent back to be done again before'),
    source: published,
  },
  supervised: {
    name: both('督办率', 'Supervised'),
    basis: 'closedAt',
    isAgainst: true,
    denominator: closed,
    numerator: of('o.supervision > 0', '办理中被督办过', 'came under supervision'),
    source: own,
  },
  'feed-quality': {
    name: both('对接数据完整率', 'Completeness of linked platforms'),
    basis: 'takenAt',
    denominator: of(
      "f.takenAt IS NOT NULL AND f.openedBy = 'connector'",
      '对接平台送来的诉求',
      'requests from linked platforms',
    ),
    numerator: of(
      "o.callerNumber <> '' AND o.place <> '' AND o.area <> ''",
      '电话、地点、区划齐全',
      'number, place and area are all there',
    ),
    source: published,
  },
};

export type CountedRate = keyof typeof rateDefinitions;
export const countedRates = rateIds.filter((id): id is CountedRate => id !== 'three-rate');
