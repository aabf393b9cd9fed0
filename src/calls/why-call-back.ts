import type { DomainEvent, EventOf } from '../events.ts';
import type { CallBackFailure, CallBackOutcome } from '../events-call-back.ts';
import type { CallNames } from './csv.ts';
import type { Reason } from './why.ts';

type Sentence = Pick<Reason, 'zh' | 'en'>;

const failureWords: Record<CallBackFailure, Sentence> = {
  'no-answer': { zh: '无人接听', en: 'did not answer' },
  busy: { zh: '占线', en: 'was busy' },
  refused: { zh: '拒接或挂断', en: 'refused or hung up' },
  unreachable: { zh: '无法接通', en: 'could not be reached' },
  'not-dialled': { zh: '外呼受限，未拨出', en: 'was not dialled: no outside line was allowed' },
};

const closedWords: Record<CallBackOutcome, Sentence> = {
  'called-again': { zh: '同一号码再次来电，无需回拨', en: 'the same number called again' },
  'taken-over': {
    zh: '来电人再次来电，接续所保留的位置，无需回拨',
    en: 'the caller called again and went on in the place kept',
  },
  done: { zh: '标记为已处理，不再回拨', en: 'said to be done' },
  cancelled: { zh: '取消回拨', en: 'the call-back was cancelled' },
};

/** How a wish to be called back came about, and what became of it; null for other events. */
export function callBackSentence(event: DomainEvent, names: CallNames): Sentence | null {
  switch (event.kind) {
    case 'call.call-back-requested':
      return event.isMissed
        ? { zh: '未获服务，记入漏接回拨', en: 'was not served: noted as missed' }
        : { zh: '来电人要求回拨', en: 'asked to be called back' };
    case 'call.call-back-begun':
      return {
        zh: '回拨此前的来电人，与在线等候者同队排队，轮到时先接通座席再拨打来电人',
        en: 'calls an earlier caller back: stands in line with those who hold; the seat answers first',
      };
    case 'call.call-back-dialled': {
      const seat = names.seat(event.seatId);
      return {
        zh: `座席“${seat}”已应答，拨打来电人`,
        en: `seat ${seat} answered and the caller was dialled`,
      };
    }
    case 'call.call-back-failed':
      return failedSentence(event);
    case 'call.call-back-closed': {
      const { zh, en } = closedWords[event.how];
      if (event.personId === null) return { zh, en };
      const person = names.agent(event.personId);
      return { zh: `${person}${zh}`, en: `${en} (${person})` };
    }
    default:
      return null;
  }
}

function failedSentence({ why, tries, againAt }: EventOf<'call.call-back-failed'>): Sentence {
  const { zh, en } = failureWords[why];
  return againAt === null
    ? {
        zh: `第 ${tries} 次回拨：来电人${zh}，不再回拨`,
        en: `try ${tries}: the caller ${en}; the last`,
      }
    : {
        zh: `第 ${tries} 次回拨：来电人${zh}，保留原位稍后再拨`,
        en: `try ${tries}: the caller ${en}; the place was kept for a later try`,
      };
}
