import { type Rate, type RateDefinitions, type RateId, rateIds } from './schema.ts';

/** A column of `order_facts` that says when something of an order counts. */
type Basis = 'takenAt' | 'dispatchedAt' | 'signDueAt' | 'replyDueAt' | 'visitDueAt' | 'closedAt';

/** Which unit answers for a figure: the first that had the order, or the last. */
type UnitOf = 'firstUnitId' | 'leadUnitId';

interface Words {
  zh: string;
  en: string;
}

/** A rate as a question to `order_facts`, in SQL: `f` is the order's facts, `o` its row, `@now` the moment. */
export interface RateDefinition {
  name: Words;
  basis: Basis;
  unit: UnitOf;
  /** Which orders count; and which of those are the good ones, or the ones that are counted against. */
  denominator: { sql: string; words: Words };
  numerator: { sql: string; words: Words };
  source: Words;
}

const DAY_MS = 86_400_000;
/** Somebody who asks for the same again within so many days has not been served the first time. */
const REPEAT_DAYS = 15;
const REPEAT_MS = REPEAT_DAYS * DAY_MS;

const published: Words = {
  zh: '多地公布口径，计算式为本系统规定',
  en: 'named in public rules; the formula is this system’s',
};
const own: Words = { zh: '本系统规定', en: 'rule of this system' };

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
const dispatched = { sql: 'f.dispatchedAt IS NOT NULL', words: { zh: '已派单', en: 'dispatched' } };
const taken: RateDefinition['denominator'] = {
  sql: 'f.takenAt IS NOT NULL AND f.refusedAt IS NULL',
  words: { zh: '受理的有效诉求', en: 'valid requests accepted' },
};
const validVisit = {
  sql: 'f.visitedAt IS NOT NULL AND f.reached = 1',
  words: { zh: '有效回访（联系上并得到答复）', en: 'valid visits: reached, with an answer' },
};

/** Every rate of work orders there is. A figure that is not here does not exist. */
export const rateDefinitions: Record<Exclude<RateId, 'three-rate'>, RateDefinition> = {
  'direct-answer': {
    name: { zh: '直接答复率', en: 'Direct answers' },
    basis: 'takenAt',
    unit: 'leadUnitId',
    denominator: taken,
    numerator: {
      sql: 'f.answeredAt IS NOT NULL',
      words: { zh: '热线直接答复，未派单', en: 'answered by the hotline without dispatch' },
    },
    source: { zh: '多地月报（在线办结率）', en: 'monthly reports of several cities' },
  },
  'first-resolution': {
    name: { zh: '一次解决率', en: 'Resolved the first time' },
    basis: 'takenAt',
    unit: 'leadUnitId',
    denominator: {
      sql: `${taken.sql} AND o.callerNumber <> ''`,
      words: { zh: '受理且留有电话的诉求', en: 'requests accepted, caller known' },
    },
    numerator: {
      sql: `NOT ${again}`,
      words: {
        zh: `同一人 ${REPEAT_DAYS} 天内未就同一事项再次来电`,
        en: `the same person did not ask for the same within ${REPEAT_DAYS} days`,
      },
    },
    source: own,
  },
  repeat: {
    name: { zh: '重复诉求率', en: 'Repeats' },
    basis: 'takenAt',
    unit: 'leadUnitId',
    denominator: taken,
    numerator: {
      sql: `(f.mergedInto IS NOT NULL OR (o.callerNumber <> '' AND ${before}))`,
      words: {
        zh: `已并单，或同一人 ${REPEAT_DAYS} 天内就同一事项来过`,
        en: `merged, or the same person asked for the same in the ${REPEAT_DAYS} days before`,
      },
    },
    source: own,
  },
  'dispatch-accuracy': {
    name: { zh: '派单准确率', en: 'Dispatch accuracy' },
    basis: 'dispatchedAt',
    unit: 'firstUnitId',
    denominator: dispatched,
    numerator: {
      sql: 'f.returnsApproved = 0 AND f.ruled = 0',
      words: { zh: '未因职责不符改派', en: 'first unit never changed for wrong duty' },
    },
    source: published,
  },
  'on-time-sign': {
    name: { zh: '按时签收率', en: 'Signed in time' },
    basis: 'signDueAt',
    unit: 'leadUnitId',
    denominator: {
      sql: '(f.signedAt IS NOT NULL OR f.signDueAt <= @now)',
      words: { zh: '已签收或签收期限已到', en: 'signed, or sign-due by now' },
    },
    numerator: {
      sql: signedInTime,
      words: {
        zh: '期限内由承办单位签收（视同签收不计）',
        en: 'signed by the unit within the limit; deemed acceptance does not count',
      },
    },
    source: published,
  },
  'first-contact': {
    name: { zh: '先行联系率', en: 'First contact' },
    basis: 'dispatchedAt',
    unit: 'leadUnitId',
    denominator: dispatched,
    numerator: {
      sql: contactedInTime,
      words: {
        zh: '期限内联系诉求人（1515 为 1 个工作日）',
        en: 'caller contacted within the limit: one working day under 1515',
      },
    },
    source: { zh: '上海“1515”', en: 'Shanghai’s 1515' },
  },
  'on-time-close': {
    name: { zh: '按时办结率', en: 'Replied in time' },
    basis: 'replyDueAt',
    unit: 'leadUnitId',
    denominator: {
      sql: replyDue,
      words: { zh: '已答复或办理期限已到', en: 'replied, or reply-due by now' },
    },
    numerator: {
      sql: repliedInTime,
      words: {
        zh: '在（经批准延期后的）期限内答复',
        en: 'replied within the limit, as validly extended',
      },
    },
    source: { zh: '多地月报', en: 'monthly reports of several cities' },
  },
  'on-time-close-unextended': {
    name: { zh: '按时办结率（不计延期）', en: 'Replied in the first limit' },
    basis: 'replyDueAt',
    unit: 'leadUnitId',
    denominator: {
      sql: replyDue,
      words: { zh: '已答复或办理期限已到', en: 'replied, or reply-due by now' },
    },
    numerator: {
      sql: 'f.repliedAt <= f.firstReplyDueAt',
      words: { zh: '在最初期限内答复', en: 'replied within the limit before any extension' },
    },
    source: own,
  },
  close: {
    name: { zh: '办结率', en: 'Closed' },
    basis: 'replyDueAt',
    unit: 'leadUnitId',
    denominator: {
      sql: '(f.closedAt IS NOT NULL OR f.replyDueAt <= @now)',
      words: { zh: '已办结或办理期限已到', en: 'closed, or close-due by now' },
    },
    numerator: { sql: 'f.closedAt IS NOT NULL', words: { zh: '已办结', en: 'closed' } },
    source: published,
  },
  return: {
    name: { zh: '退单率', en: 'Returns' },
    basis: 'dispatchedAt',
    unit: 'firstUnitId',
    denominator: dispatched,
    numerator: {
      sql: 'f.returnsApproved > 0',
      words: { zh: '退单获同意', en: 'a return was approved' },
    },
    source: published,
  },
  'improper-return': {
    name: { zh: '不当退单率', en: 'Improper returns' },
    basis: 'dispatchedAt',
    unit: 'firstUnitId',
    denominator: {
      sql: 'f.returnsAsked > 0',
      words: { zh: '申请过退单', en: 'a return was asked for' },
    },
    numerator: {
      sql: 'f.returnsRefused > 0',
      words: { zh: '退单被驳回', en: 'a return was refused' },
    },
    source: {
      zh: '粤办函〔2021〕216号：不当退单应追责',
      en: 'Guangdong 2021/216: improper returns are sanctionable',
    },
  },
  visit: {
    name: { zh: '回访率', en: 'Visits' },
    basis: 'visitDueAt',
    unit: 'leadUnitId',
    denominator: {
      sql: '(f.visitedAt IS NOT NULL OR f.visitDueAt <= @now)',
      words: { zh: '已回访或回访期限已到', en: 'visited, or visit-due by now' },
    },
    numerator: {
      sql: 'f.visitedAt IS NOT NULL',
      words: { zh: '已由人回访', en: 'visited by a person' },
    },
    source: published,
  },
  'valid-visit': {
    name: { zh: '有效回访率', en: 'Valid visits' },
    basis: 'visitDueAt',
    unit: 'leadUnitId',
    denominator: { sql: 'f.visitedAt IS NOT NULL', words: { zh: '已回访', en: 'visited' } },
    numerator: {
      sql: 'f.reached = 1',
      words: { zh: '联系上并得到答复', en: 'reached, with an answer' },
    },
    source: own,
  },
  response: {
    name: { zh: '响应率', en: 'Response' },
    basis: 'replyDueAt',
    unit: 'leadUnitId',
    denominator: {
      sql: replyDue,
      words: { zh: '已答复或办理期限已到', en: 'replied, or reply-due by now' },
    },
    numerator: {
      sql: `${signedInTime} AND ${contactedInTime} AND ${repliedInTime}`,
      words: { zh: '签收、联系、答复均按时', en: 'signed, contacted and replied, each in time' },
    },
    source: own,
  },
  resolve: {
    name: { zh: '解决率', en: 'Resolved' },
    basis: 'visitDueAt',
    unit: 'leadUnitId',
    denominator: validVisit,
    numerator: {
      sql: "f.solvedByCaller = 'solved'",
      words: {
        zh: '诉求人确认已解决（单位自评不计）',
        en: 'the caller confirms it is solved; the unit’s claim does not count',
      },
    },
    source: published,
  },
  satisfaction: {
    name: { zh: '满意率', en: 'Satisfaction' },
    basis: 'visitDueAt',
    unit: 'leadUnitId',
    denominator: {
      sql: 'f.rating IS NOT NULL',
      words: {
        zh: '诉求人本人给出的评价（默认好评不计）',
        en: 'ratings the caller gave; none filled in by default',
      },
    },
    numerator: {
      sql: 'f.rating >= 3',
      words: {
        zh: '非常满意、满意、基本满意',
        en: 'very satisfied, satisfied, basically satisfied',
      },
    },
    source: { zh: '五级评价', en: 'five levels' },
  },
  dissatisfaction: {
    name: { zh: '不满意率（占办结）', en: 'Dissatisfied, of the closed' },
    basis: 'closedAt',
    unit: 'leadUnitId',
    denominator: { sql: 'f.closedAt IS NOT NULL', words: { zh: '已办结', en: 'closed' } },
    numerator: {
      sql: 'f.rating <= 2',
      words: { zh: '不满意、非常不满意', en: 'dissatisfied, very dissatisfied' },
    },
    source: { zh: '多地月报', en: 'monthly reports of several cities' },
  },
  rework: {
    name: { zh: '重办率', en: 'Done again' },
    basis: 'closedAt',
    unit: 'leadUnitId',
    denominator: { sql: 'f.closedAt IS NOT NULL', words: { zh: '已办结', en: 'closed' } },
    numerator: {
      sql: 'f.reworks > 0',
      words: { zh: '办结前退回重办过', en: 'sent back to be done again before' },
    },
    source: published,
  },
  'feed-quality': {
    name: { zh: '对接数据完整率', en: 'Completeness of linked platforms' },
    basis: 'takenAt',
    unit: 'leadUnitId',
    denominator: {
      sql: "f.takenAt IS NOT NULL AND f.openedBy = 'connector'",
      words: { zh: '对接平台送来的诉求', en: 'requests from linked platforms' },
    },
    numerator: {
      sql: "o.callerNumber <> '' AND o.place <> '' AND o.area <> ''",
      words: { zh: '电话、地点、区划齐全', en: 'number, place and area are all there' },
    },
    source: published,
  },
};

export type CountedRate = keyof typeof rateDefinitions;
export const countedRates = rateIds.filter((id): id is CountedRate => id !== 'three-rate');

/** The three-rate score (三率), as several cities weigh it. */
export const threeRate: readonly { rate: CountedRate; weight: number }[] = [
  { rate: 'response', weight: 30 },
  { rate: 'resolve', weight: 35 },
  { rate: 'satisfaction', weight: 35 },
];

const bases: Record<Basis, Words> = {
  takenAt: { zh: '计入受理或直接答复之时', en: 'counts when it was accepted or answered' },
  dispatchedAt: { zh: '计入首次派单之时', en: 'counts when it was first dispatched' },
  signDueAt: { zh: '计入签收期限', en: 'counts when it was to be signed for' },
  replyDueAt: {
    zh: '计入办理期限（含批准的延期）',
    en: 'counts when the reply was due, extensions included',
  },
  visitDueAt: { zh: '计入回访期限', en: 'counts when the visit was due' },
  closedAt: { zh: '计入办结之时', en: 'counts when it was closed' },
};

function publish(id: RateId): Rate {
  if (id === 'three-rate') return composed;
  const { name, numerator, denominator, basis, source } = rateDefinitions[id];
  const words = { numerator: numerator.words, denominator: denominator.words };
  return { id, name, ...words, basis: bases[basis], source, parts: null };
}

const composed: Rate = {
  id: 'three-rate',
  name: { zh: '三率得分', en: 'Three-rate score' },
  numerator: {
    zh: '响应率 × 30 + 解决率 × 35 + 满意率 × 35',
    en: 'response × 30 + resolved × 35 + satisfaction × 35',
  },
  denominator: { zh: '100', en: '100' },
  basis: { zh: '各率按各自口径', en: 'each part by its own' },
  source: { zh: '部分城市考核办法，权重各异', en: 'some cities’ rules; weights differ' },
  parts: [...threeRate],
};

/** Everything that is published of rates, those of calls by reference. */
export const rateCatalogue: RateDefinitions = {
  rates: rateIds.map(publish),
  calls: [
    call('接通率', 'Connect rate', 'connect-rate', 'connect-rate-without-short'),
    call('15 秒接通率', '15 s rate', 'rate-15', 'rate-15-without-short'),
    call('20 秒接通率', '20 s rate', 'rate-20', 'rate-20-without-short'),
    call(
      '平均等待、放弃率、占用率',
      'Wait, abandonment, occupancy',
      'speed-of-answer',
      'abandon-rate',
      'occupancy',
    ),
    call('未接来电回拨率', 'Missed callers called back', 'call-back-rate'),
    call('通话满意率', 'Satisfaction with the call', 'satisfaction-rate', 'rating-participation'),
  ],
  rules: {
    zone: 'Asia/Shanghai',
    repeatDays: REPEAT_DAYS,
    exclusions: {
      zh: '不予受理与撤回的诉求不计入受理；重办与重开只影响重办率，其余各率按首轮计算；默认评价从不计入',
      en: 'requests refused or withdrawn are not accepted ones; reworks and reopenings count in their own rate only, all others look at the first round; ratings by default never count',
    },
  },
};

function call(zh: string, en: string, ...metrics: string[]) {
  return { name: { zh, en }, metrics };
}
