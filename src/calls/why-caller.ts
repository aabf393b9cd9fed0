import type { AppliedRule, EventOf } from '../events.ts';
import type { CallNames } from './csv.ts';
import type { Reason } from './why.ts';

type Sentence = Pick<Reason, 'zh' | 'en'>;
type CallerEvent = EventOf<'call.known' | 'call.rules-applied' | 'call.last-agent'>;

const factWords: Record<AppliedRule['fact'], Sentence> = {
  enterprise: { zh: '企业绿色通道', en: 'enterprise green channel' },
  elder: { zh: '长者', en: 'elder' },
  'do-not-disturb': { zh: '勿主动联系', en: 'not to be called' },
  nuisance: { zh: '骚扰来电', en: 'nuisance caller' },
  language: { zh: '语种', en: 'language' },
  repeat: { zh: '诉求未办结再次来电', en: 'calls again about an open matter' },
};

const languageWords: Record<string, Sentence> = {
  zh: { zh: '普通话', en: 'Mandarin' },
  yue: { zh: '粤语', en: 'Cantonese' },
  en: { zh: '英语', en: 'English' },
};

const notRung: Record<EventOf<'call.last-agent'>['outcome'], Sentence> = {
  free: { zh: '空闲，优先分配', en: 'was free and came first' },
  'not-free': { zh: '不空闲，按队列分配', en: 'was not free' },
  'not-signed-in': { zh: '未签入，按队列分配', en: 'was not signed in' },
  'not-in-queue': { zh: '不在该队列，按队列分配', en: 'does not serve this queue' },
};

/** What was known of the caller and what the published rules made of it. */
export function callerSentence(event: CallerEvent, names: CallNames): Sentence {
  switch (event.kind) {
    case 'call.known':
      return knownSentence(event);
    case 'call.rules-applied':
      return rulesSentence(event, names);
    case 'call.last-agent': {
      const agent = names.agent(event.agentId);
      const { zh, en } = notRung[event.outcome];
      return { zh: `上次接听的${agent}${zh}`, en: `${agent}, who answered last time, ${en}` };
    }
    default:
      return event satisfies never;
  }
}

function knownSentence({ attributes, language }: EventOf<'call.known'>): Sentence {
  const facts = attributes.map((attribute) => factWords[attribute]);
  const spoken = languageWords[language ?? ''];
  const zh = [...facts.map((fact) => fact.zh), ...(spoken ? [spoken.zh] : [])];
  const en = [...facts.map((fact) => fact.en), ...(spoken ? [spoken.en] : [])];
  return {
    zh: `已登记来电人：${zh.length > 0 ? zh.join('、') : '无属性'}`,
    en: `a registered caller: ${en.length > 0 ? en.join(', ') : 'no attributes'}`,
  };
}

function rulesSentence(event: EventOf<'call.rules-applied'>, names: CallNames): Sentence {
  const zh = event.rules.map(({ fact, steps }) => `${factWords[fact].zh} +${String(steps)} 级`);
  const en = event.rules.map(({ fact, steps }) => `${factWords[fact].en} +${String(steps)}`);
  const queue = names.queue(event.queueId);
  return {
    zh: `按规则：${zh.join('，')}${event.moved ? `，改入“${queue}”` : ''}`,
    en: `by rule: ${en.join(', ')}${event.moved ? `; led to ${queue}` : ''}`,
  };
}
