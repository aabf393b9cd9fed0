import { PRIORITY_CREDIT_MS } from '../acd/types.ts';
import { endings } from '../ending.ts';
import type { DomainEvent, EventOf, OverflowReason, RingFailure } from '../events.ts';
import type { CallNames } from './csv.ts';
import { callBackSentence } from './why-call-back.ts';
import { callerSentence } from './why-caller.ts';

/** One sentence of the explanation why a call went where it went. */
export interface Reason {
  at: number;
  zh: string;
  en: string;
}

type Sentence = Pick<Reason, 'zh' | 'en'>;

const overflowWords: Record<OverflowReason, Sentence> = {
  'too-long': { zh: '等候超时', en: 'the wait was too long' },
  full: { zh: '队列已满', en: 'the queue was full' },
  closed: { zh: '非服务时间', en: 'the queue was closed' },
  nobody: { zh: '无人签入', en: 'nobody was signed in' },
};

const failureWords: Record<RingFailure, Sentence> = {
  'no-answer': { zh: '未按时接听', en: 'did not answer in time' },
  busy: { zh: '话机忙', en: 'was busy' },
  refused: { zh: '拒接', en: 'refused' },
  unreachable: { zh: '话机不可达', en: 'could not be reached' },
  withdrawn: { zh: '振铃被撤回', en: 'was no longer rung' },
};

const choiceWords: Record<EventOf<'call.ringing'>['chosenBy'], Sentence> = {
  'longest-idle': { zh: '空闲时间最长', en: 'it had been idle longest' },
  'fewest-calls': { zh: '接听量最少', en: 'it had answered fewest calls' },
  'best-level': { zh: '技能等级最高', en: 'it had the best level' },
  'round-robin': { zh: '轮到该座席', en: 'it was its turn' },
  'last-agent': { zh: '上次接听的话务员空闲', en: 'the agent of the last call was free' },
  'wanted-seat': { zh: '转接指定该座席', en: 'the caller was transferred to it' },
};

/**
 * Explains a call from its events, in the words of the published rule of order. The same facts give
 * the same explanation for ever.
 */
export function explain(events: readonly DomainEvent[], names: CallNames): Reason[] {
  return events.flatMap((event) => {
    const sentence = sentenceOf(event, names);
    return sentence ? [{ at: event.at, ...sentence }] : [];
  });
}

function sentenceOf(event: DomainEvent, names: CallNames): Sentence | null {
  switch (event.kind) {
    case 'call.arrived': {
      const entry = names.entry(event.entryId);
      return {
        zh: `拨打 ${event.dialled}，按“${entry}”接入`,
        en: `dialled ${event.dialled}: ${entry}`,
      };
    }
    case 'call.placed': {
      const by = names.agent(event.agentId);
      const of = event.ofCallId === null ? ['', ''] : ['，回拨此前的来电人', ': an earlier caller'];
      return { zh: `${by}外呼${of[0]}`, en: `${by} placed a call${of[1]}` };
    }
    case 'call.choice':
      return {
        zh: `按键 ${event.key}（${event.choice}）`,
        en: `pressed ${event.key} (${event.choice})`,
      };
    case 'call.known':
    case 'call.rules-applied':
    case 'call.last-agent':
      return callerSentence(event, names);
    case 'call.bulletin':
      return event.skipped
        ? { zh: '播放突发公告，来电人按键跳过', en: 'told of an incident; skipped by a key' }
        : { zh: '播放突发公告', en: 'told of an incident' };
    case 'call.queued':
      return queuedSentence(event, names);
    case 'call.priority':
      return {
        zh: `${names.agent(event.personId)}将优先级调整为 ${event.priority}`,
        en: `${names.agent(event.personId)} set the priority to ${event.priority}`,
      };
    case 'call.overflowed': {
      const why = overflowWords[event.why];
      const to = names.queue(event.queueId);
      return { zh: `${why.zh}，溢出到“${to}”`, en: `${why.en}: overflowed to ${to}` };
    }
    case 'call.turned-away': {
      const why = overflowWords[event.why];
      return { zh: `${why.zh}，未能接入`, en: `${why.en}: turned away` };
    }
    case 'call.transferred': {
      if (event.number !== undefined) {
        const by = names.agent(event.agentId);
        return { zh: `${by}转接到外线`, en: `${by} transferred the caller to an outside number` };
      }
      const to = event.seatId === null ? names.queue(event.queueId) : names.seat(event.seatId);
      const by = names.agent(event.agentId);
      return { zh: `${by}转接到“${to}”`, en: `${by} transferred the caller to ${to}` };
    }
    case 'call.ended': {
      const { zh, en } = endings[event.ending];
      return { zh: `结束：${zh}`, en: `ended: ${en}` };
    }
    default:
      return seatSentence(event, names) ?? callBackSentence(event, names);
  }
}

function queuedSentence(event: EventOf<'call.queued'>, names: CallNames): Sentence {
  const queue = names.queue(event.queueId);
  const creditS = (event.priority * PRIORITY_CREDIT_MS) / 1_000;
  if (event.insteadOf !== undefined) {
    const keptS = Math.round((event.creditMs ?? 0) / 1_000);
    return {
      zh: `进入“${queue}”，接续此前登记回拨所保留的位置，提前 ${keptS} 秒`,
      en: `queued for ${queue} in the place kept for a call-back: ${keptS} s earlier`,
    };
  }
  if (creditS === 0) {
    return { zh: `进入“${queue}”，按到达先后排队`, en: `queued for ${queue}, by time of arrival` };
  }
  return {
    zh: `进入“${queue}”，优先级 ${event.priority}，折算提前 ${creditS} 秒`,
    en: `queued for ${queue}, priority ${event.priority}: as if ${creditS} s earlier`,
  };
}

function seatSentence(event: DomainEvent, names: CallNames): Sentence | null {
  if (event.kind === 'call.ringing') {
    const seat = names.seat(event.seatId);
    const why = choiceWords[event.chosenBy];
    return {
      zh: `分配给座席“${seat}”：${why.zh}（等级 ${event.level}）`,
      en: `rang at seat ${seat}: ${why.en} (level ${event.level})`,
    };
  }
  if (event.kind === 'call.ring-failed') {
    const seat = names.seat(event.seatId);
    const why = failureWords[event.why];
    return {
      zh: `座席“${seat}”${why.zh}，保留原位重新分配`,
      en: `seat ${seat} ${why.en}; the place was kept`,
    };
  }
  if (event.kind === 'call.connected') {
    const waited = (event.waitedMs / 1_000).toFixed(1);
    const agent = names.agent(event.agentId);
    return { zh: `${agent}接听，共等候 ${waited} 秒`, en: `${agent} answered after ${waited} s` };
  }
  if (event.kind === 'call.talk-ended' && event.by === 'seat-lost') {
    return {
      zh: '座席中断，来电人回到队首',
      en: 'the seat was lost; the caller went back to the head',
    };
  }
  if (event.kind === 'call.relay-placed') {
    const by = names.agent(event.agentId);
    return { zh: `${by}经热线呼叫来电人`, en: `${by} called the citizen through the hotline` };
  }
  return event.kind === 'call.relay-joined' ? { zh: '双方接通', en: 'the two were joined' } : null;
}
