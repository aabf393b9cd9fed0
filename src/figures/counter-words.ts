import type { Counter } from '../counting/counters.ts';
import type { Definitions } from './schema.ts';

type Both = Definitions['metrics'][number]['name'];
type Words = readonly [name: Both, meaning: Both];

const both = (zh: string, en: string): Both => ({ zh, en });

/** What every counter is called and when it grows: `src/counting` in words. */
export const counterWords: Record<Counter, Words> = {
  offered: [
    both('呼入人工', 'offered'),
    both('进入人工队列的来电', 'calls that entered a queue for people'),
  ],
  answered: [
    both('人工接通', 'answered'),
    both('首次由话务员接听的来电，每通只计一次', 'calls answered by an agent, each once'),
  ],
  answered15: [
    both('15 秒内接通', 'answered within 15 s'),
    both('进入队列后 15.000 秒内（含）接通', 'answered within 15.000 s of entering, inclusive'),
  ],
  answered20: [
    both('20 秒内接通', 'answered within 20 s'),
    both('进入队列后 20.000 秒内（含）接通', 'answered within 20.000 s of entering, inclusive'),
  ],
  answeredInTime: [
    both('目标时限内接通', 'answered within target'),
    both('在队列当时设定的应答目标内接通', "answered within the queue's target of that time"),
  ],
  abandoned: [
    both('放弃', 'abandoned'),
    both('排队或振铃中、接通之前挂机', 'hung up while waiting or ringing, before any answer'),
  ],
  abandonedShort: [
    both('短时放弃', 'short abandons'),
    both('进入队列不足 5.000 秒即挂机', 'hung up less than 5.000 s after entering'),
  ],
  turnedAway: [
    both('排队后未受理', 'turned away after entering'),
    both('等候超时或队列关闭', 'waited too long, or the queue closed'),
  ],
  refused: [
    both('未能进入队列', 'refused at the door'),
    both('队列已满、关闭或无人，从未进入任何队列', 'full, closed or nobody there; never entered'),
  ],
  callBacks: [
    both('保位回拨', 'chose a call-back'),
    both(
      '排队中选择保留位置、挂机等候回拨，不算接通也不算放弃',
      'hung up while waiting to be called back in their place: neither answered nor abandoned',
    ),
  ],
  callBacksReached: [
    both('回拨接通', 'call-backs reached'),
    both('回拨中来电人接听并与话务员通话', 'called back, and talked with an agent'),
  ],
  callBacksFailed: [
    both('回拨未接通', 'call-backs not reached'),
    both('按规则拨满次数仍未接通', 'not reached in the last attempt the rules allow'),
  ],
  waitedMs: [
    both('接通前等候时长', 'waiting before the answer'),
    both('接通来电自进入队列起的等候之和', 'from entering the queue to the answer, summed'),
  ],
  conversationMs: [
    both('来电通话时长', 'conversation time of calls'),
    both('各段通话（含保持）之和', 'all conversations of the calls, hold included'),
  ],
  known: [
    both('号码已知的来电', 'offered with a known number'),
    both('呼入人工且未隐藏号码', 'offered calls whose number was not withheld'),
  ],
  repeats: [
    both('重复来电', 'repeat calls'),
    both('同一号码 24 小时内曾来电', 'the same number had called within 24 hours before'),
  ],
  ratingAsked: [
    both('邀请评价', 'asked to rate'),
    both('话务员挂机后请来电人评价', 'asked for a rating after the agent hung up'),
  ],
  rated: [
    both('给出评价', 'rated'),
    both('来电人按键评价，默认不算', 'a key was pressed; silence is no rating'),
  ],
  ratedWell: [
    both('满意评价', 'satisfied ratings'),
    both('基本满意及以上（3、4、5 分）', 'basically satisfied or better (3, 4, 5)'),
  ],
  ratingSum: [
    both('评价总分', 'sum of scores'),
    both('评分 1 至 5 之和', 'scores from 1 to 5, summed'),
  ],
  conversations: [
    both('通话段', 'conversations'),
    both(
      '话务员接听的每一段；转接后为新的一段',
      "each agent's part of a call; a transfer begins a new one",
    ),
  ],
  transfers: [both('转出', 'transfers'), both('话务员转出的通话', 'calls an agent sent on')],
  talkMs: [both('通话时长', 'talk time'), both('座席处于通话状态', 'seat in state talking')],
  holdMs: [both('保持时长', 'hold time'), both('座席处于保持状态', 'seat in state hold')],
  wrapUpMs: [both('整理时长', 'wrap-up time'), both('座席处于话后整理', 'seat in state wrap-up')],
  ringMs: [both('振铃时长', 'ringing time'), both('座席处于振铃状态', 'seat in state ringing')],
  readyMs: [
    both('就绪时长', 'ready time'),
    both('座席就绪，等待来电', 'seat ready, waiting for a call'),
  ],
  notReadyMs: [
    both('未就绪时长', 'not-ready time'),
    both('已签入但未就绪（小休、培训等）', 'signed in and not ready (rest, training …)'),
  ],
};
