import {
  type Basis,
  type CountedRate,
  REPEAT_DAYS,
  rateDefinitions,
  type Words,
} from './definitions.ts';
import { type Rate, type RateDefinitions, type RateId, rateIds } from './schema.ts';

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
  const { name, numerator, denominator, basis, source, isAgainst = false } = rateDefinitions[id];
  const words = { numerator: numerator.words, denominator: denominator.words };
  return { id, name, ...words, basis: bases[basis], source, isAgainst, parts: null };
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
  isAgainst: false,
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
