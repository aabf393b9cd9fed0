import { REPEAT_WITHIN_MS, SATISFIED_FROM } from '../counting/calls.ts';
import { type Counter, counters, QUARTER_MS, type Sums } from '../counting/counters.ts';
import { COUNTING_RULES } from '../counting/fold.ts';
import { counterWords } from './counter-words.ts';
import { type Definitions, type Figure, type Metric, type MetricId, metricIds } from './schema.ts';

/** A sum of counters, some of them taken off. */
interface Sum {
  plus: readonly Counter[];
  minus?: readonly Counter[];
}

interface Definition {
  name: Metric['name'];
  n: Sum;
  d: Sum | null;
  unit: Metric['unit'];
  about: Metric['about'];
  source: string;
}

const of = (...plus: Counter[]): Sum => ({ plus });
const offeredButShort: Sum = { plus: ['offered'], minus: ['abandonedShort'] };
const handle = of('talkMs', 'holdMs', 'wrapUpMs');
const ready = of('talkMs', 'holdMs', 'wrapUpMs', 'ringMs', 'readyMs');
const signedIn = of('talkMs', 'holdMs', 'wrapUpMs', 'ringMs', 'readyMs', 'notReadyMs');

const standard = 'GB/T 33358';
const usual = '行业惯例 / customary in contact centres';
const own = '本系统规定 / rule of this system';
const share = (
  zh: string,
  en: string,
  n: Sum,
  d: Sum,
  about: Metric['about'],
  source: string,
): Definition => ({ name: { zh, en }, n, d, unit: 'share', about, source });
const time = (
  zh: string,
  en: string,
  n: Sum,
  d: Sum,
  about: Metric['about'] = 'conversations',
): Definition => ({ name: { zh, en }, n, d, unit: 'ms', about, source: usual });
const total = (
  zh: string,
  en: string,
  n: Sum,
  about: Metric['about'],
  source: string,
): Definition => ({ name: { zh, en }, n, d: null, unit: 'count', about, source });

/** Every metric there is. A figure that is not here does not exist. */
const definitions: Record<MetricId, Definition> = {
  offered: total('呼入人工', 'Offered', of('offered'), 'callers', standard),
  answered: total('人工接通', 'Answered', of('answered'), 'callers', standard),
  abandoned: total('放弃', 'Abandoned', of('abandoned'), 'callers', usual),
  'turned-away': total('未受理', 'Turned away', of('turnedAway', 'refused'), 'callers', own),
  'call-backs': total('保位回拨', 'Chose a call-back', of('callBacks'), 'callers', own),
  'call-back-rate': share(
    '回拨接通率',
    'Call-backs reached',
    of('callBacksReached'),
    of('callBacksReached', 'callBacksFailed'),
    'callers',
    own,
  ),
  'connect-rate': share(
    '接通率',
    'Connect rate',
    of('answered'),
    of('offered'),
    'callers',
    standard,
  ),
  'connect-rate-without-short': share(
    '接通率（剔除短时放弃）',
    'Connect rate without short abandons',
    of('answered'),
    offeredButShort,
    'callers',
    usual,
  ),
  'rate-15': share(
    '15 秒接通率',
    '15 s rate',
    of('answered15'),
    of('offered'),
    'callers',
    standard,
  ),
  'rate-15-without-short': share(
    '15 秒接通率（剔除短时放弃）',
    '15 s rate without short abandons',
    of('answered15'),
    offeredButShort,
    'callers',
    usual,
  ),
  'rate-20': share('20 秒接通率', '20 s rate', of('answered20'), of('offered'), 'callers', usual),
  'rate-20-without-short': share(
    '20 秒接通率（剔除短时放弃）',
    '20 s rate without short abandons',
    of('answered20'),
    offeredButShort,
    'callers',
    usual,
  ),
  'rate-target': share(
    '目标时限接通率',
    'Within target',
    of('answeredInTime'),
    of('offered'),
    'callers',
    own,
  ),
  'speed-of-answer': time(
    '平均应答速度',
    'Average speed of answer',
    of('waitedMs'),
    of('answered'),
    'callers',
  ),
  'abandon-rate': share('放弃率', 'Abandonment', of('abandoned'), of('offered'), 'callers', usual),
  'abandon-rate-without-short': share(
    '放弃率（剔除短时放弃）',
    'Abandonment without short abandons',
    { plus: ['abandoned'], minus: ['abandonedShort'] },
    offeredButShort,
    'callers',
    usual,
  ),
  'repeat-rate': share('重复来电率', 'Repeat callers', of('repeats'), of('known'), 'callers', own),
  conversations: total('通话段', 'Conversations', of('conversations'), 'conversations', own),
  'conversation-time': time(
    '每通来电通话时长',
    'Conversation per answered call',
    of('conversationMs'),
    of('answered'),
    'callers',
  ),
  'talk-time': time('平均通话', 'Talk time', of('talkMs'), of('conversations')),
  'hold-time': time('平均保持', 'Hold time', of('holdMs'), of('conversations')),
  'wrap-up-time': time('平均整理', 'Wrap-up time', of('wrapUpMs'), of('conversations')),
  'handle-time': time('平均处理时长', 'Handle time', handle, of('conversations')),
  'transfer-rate': share(
    '转接率',
    'Transfers',
    of('transfers'),
    of('conversations'),
    'conversations',
    usual,
  ),
  'satisfaction-rate': share(
    '满意率',
    'Satisfaction',
    of('ratedWell'),
    of('rated'),
    'conversations',
    own,
  ),
  'rating-average': {
    name: { zh: '平均评分', en: 'Average score' },
    n: of('ratingSum'),
    d: of('rated'),
    unit: 'score',
    about: 'conversations',
    source: own,
  },
  'rating-participation': share(
    '参评率',
    'Rating participation',
    of('rated'),
    of('ratingAsked'),
    'conversations',
    own,
  ),
  occupancy: share('占用率', 'Occupancy', handle, signedIn, 'seats', usual),
  utilisation: share('利用率', 'Utilisation', ready, signedIn, 'seats', own),
};

const timeBasis: Record<Metric['about'], Metric['timeBasis']> = {
  callers: {
    zh: '计入来电首次进入队列的那一刻钟，无论何时接通或结束',
    en: 'counts for the quarter of an hour in which the call first entered a queue, whenever it was answered or ended',
  },
  conversations: {
    zh: '通话段与转出计入开始的那一刻钟，时长计入其流逝的刻钟；评价计入来电进入队列的刻钟',
    en: 'conversations and transfers count when they begin, time in the quarters in which it passes, ratings with their call',
  },
  seats: {
    zh: '时长计入其流逝的刻钟，归于当时签入的话务员',
    en: 'time counts in the quarters in which it passes, for the agent signed in then',
  },
};

const wordsOf = ({ plus, minus = [] }: Sum, lang: 'zh' | 'en'): string => {
  const name = (counter: Counter) => counterWords[counter][0][lang];
  const more = plus.map(name).join(' + ');
  return minus.length === 0 ? more : `${more} − ${minus.map(name).join(' − ')}`;
};

const both = (text: (lang: 'zh' | 'en') => string) => ({ zh: text('zh'), en: text('en') });

/** The metric as it is published; its formula is made of what is computed, so it cannot differ. */
function publish(id: MetricId): Metric {
  const { name, n, d, unit, about, source } = definitions[id];
  const published = (sum: Sum) => ({
    plus: [...sum.plus],
    minus: [...(sum.minus ?? [])],
    words: both((lang) => wordsOf(sum, lang)),
  });
  const formula = (lang: 'zh' | 'en') => {
    const over =
      n.plus.length + (n.minus?.length ?? 0) > 1 ? `(${wordsOf(n, lang)})` : wordsOf(n, lang);
    if (d === null) return wordsOf(n, lang);
    const under =
      d.plus.length + (d.minus?.length ?? 0) > 1 ? `(${wordsOf(d, lang)})` : wordsOf(d, lang);
    return `${over} ÷ ${under}`;
  };
  return {
    id,
    name,
    formula: both(formula),
    numerator: published(n),
    denominator: d === null ? null : published(d),
    unit,
    about,
    timeBasis: timeBasis[about],
    source,
  };
}

/** Every metric in words, in the order of the catalogue. */
export const metrics = metricIds.map(publish);

/** The catalogue as `/api/metrics/definitions` gives it; `shortAbandonMs` is what is in force now. */
export function catalogueOf(shortAbandonMs: number): Definitions {
  const seconds = shortAbandonMs / 1_000;
  return {
    metrics,
    counters: counters.map((id) => {
      const [name, meaning] = counterWords[id];
      return { id, name, meaning };
    }),
    rules: {
      zone: 'Asia/Shanghai',
      intervalMs: QUARTER_MS,
      shortAbandonMs,
      shortAbandon: {
        zh: `进入队列不足 ${String(seconds)} 秒即挂机，多为误拨；各接通率同时公布剔除前后两个口径。按来电当时生效的配置计算，实时与历史口径一致`,
        en: `hung up less than ${String(seconds)} s after entering the queue, mostly misdialled; rates are published with and without. Counted by the configuration in force at that moment, live and in history alike`,
      },
      repeatWithinMs: REPEAT_WITHIN_MS,
      satisfiedFrom: SATISFIED_FROM,
      version: COUNTING_RULES,
    },
  };
}

/** Numerator and denominator of a metric. */
export function figureOf(id: MetricId, sums: Sums): Figure {
  const add = ({ plus, minus = [] }: Sum) =>
    plus.reduce((all, counter) => all + sums[counter], 0) -
    minus.reduce((all, counter) => all + sums[counter], 0);
  const { n, d } = definitions[id];
  return { n: add(n), d: d === null ? null : add(d) };
}

/** What a metric is about. */
export function aboutOf(id: MetricId): Metric['about'] {
  return definitions[id].about;
}
