import { type EndingSlug, endings } from '../../../../src/ending.ts';
import { callBackFailureWords, stageWords } from '../../text/call-words.ts';
import { common } from '../../text/common.ts';
import { shortClock, span } from '../../text/format.ts';
import type { Lang } from '../../text/words.ts';
import type { Mark } from '../../theme.ts';

/** What a step may name by id; the page knows the names. */
export interface StepNames {
  queue(id: string | null): string;
  entry(id: string | null): string;
  person(id: string | null): string;
  result(code: string | null): string;
  choice(path: string | null): string;
}

type Detail = Record<string, unknown>;
interface Said {
  zh: (d: Detail, n: StepNames) => string;
  en: (d: Detail, n: StepNames) => string;
  mark?: Mark;
}

const id = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const time = (value: unknown): string => (typeof value === 'number' ? span(value) : '–');
const seconds = (value: unknown): string =>
  typeof value === 'number' ? (value / 1000).toFixed(1) : '–';

const ringFailures: Record<string, { zh: string; en: string }> = {
  'no-answer': { zh: '未接听', en: 'no answer' },
  busy: { zh: '占线', en: 'busy' },
  refused: { zh: '拒接', en: 'refused' },
  unreachable: { zh: '话机失联', en: 'unreachable' },
  withdrawn: { zh: '来电人已离开', en: 'the caller had left' },
};
const overflows: Record<string, { zh: string; en: string }> = {
  'too-long': { zh: '等候过久', en: 'waited too long' },
  full: { zh: '队列已满', en: 'the queue is full' },
  closed: { zh: '非服务时间', en: 'outside opening hours' },
  nobody: { zh: '无人签入', en: 'nobody signed in' },
};
const sides: Record<string, { zh: string; en: string }> = {
  caller: { zh: '来电人', en: 'the caller' },
  agent: { zh: '话务员', en: 'the agent' },
  'seat-lost': { zh: '座席中断', en: 'a lost seat' },
  system: { zh: '系统', en: 'the system' },
  transfer: { zh: '转接', en: 'a transfer' },
};
const callBackCloses: Record<string, { zh: string; en: string }> = {
  'called-again': { zh: '来电人已再次来电，不必回拨', en: 'No call-back: the caller called again' },
  'taken-over': {
    zh: '来电人再次来电，接续所保留的位置，不必回拨',
    en: 'No call-back: the caller called again and went on in the place kept',
  },
  done: { zh: '标记回拨已完成', en: 'Call-back marked as done' },
  cancelled: { zh: '取消回拨', en: 'Call-back cancelled' },
};
const monitorModes: Record<string, { zh: string; en: string }> = {
  listen: { zh: '侦听', en: 'listens' },
  whisper: { zh: '耳语', en: 'whispers' },
  barge: { zh: '插入', en: 'barges in' },
};
const spoken: Record<string, { zh: string; en: string }> = {
  zh: { zh: '普通话', en: 'Mandarin' },
  yue: { zh: '粤语', en: 'Cantonese' },
  en: { zh: '英语', en: 'English' },
};

const lastAgents: Record<string, { zh: string; en: string }> = {
  free: { zh: '空闲，优先振铃', en: 'free, rung first' },
  'not-free': { zh: '不空闲', en: 'not free' },
  'not-signed-in': { zh: '未签入', en: 'not signed in' },
  'not-in-queue': { zh: '不在此队列', en: 'not in this queue' },
};

function attributesOf({ attributes }: Detail, lang: Lang): string {
  const words: Readonly<Record<string, string>> = common[lang].attribute;
  const names = Array.isArray(attributes) ? attributes.map((each) => words[each] ?? '') : [];
  return names.length > 0 ? names.join('、') : '–';
}

function stepsOf({ rules }: Detail): number {
  const list: { steps?: number }[] = Array.isArray(rules) ? rules : [];
  return list.reduce((sum, { steps = 0 }) => sum + steps, 0);
}

function againAt({ againAt: at }: Detail, lang: Lang): string {
  if (typeof at !== 'number') return lang === 'zh' ? '不再自动拨打' : 'it was the last';
  return lang === 'zh' ? `${shortClock(at)} 后再拨` : `again after ${shortClock(at)}`;
}

const said: Record<string, Said> = {
  'call.arrived': {
    zh: (d, n) => `来电进线，拨打 ${word(d.dialled)}（${n.entry(id(d.entryId))}）`,
    en: (d, n) => `Arrived, dialled ${word(d.dialled)} (${n.entry(id(d.entryId))})`,
  },
  'call.known': {
    zh: (d) => `名册来电人：${attributesOf(d, 'zh')}`,
    en: (d) => `A registered caller: ${attributesOf(d, 'en')}`,
  },
  'call.rules-applied': {
    zh: (d, n) => `按规则进入「${n.queue(id(d.queueId))}」，加 ${stepsOf(d)} 级`,
    en: (d, n) => `By rule to ${n.queue(id(d.queueId))}, ${stepsOf(d)} steps`,
  },
  'call.last-agent': {
    zh: (d, n) => `上次接听：${n.person(id(d.agentId))}，${lastAgents[word(d.outcome)]?.zh ?? ''}`,
    en: (d, n) => `Last agent ${n.person(id(d.agentId))}: ${lastAgents[word(d.outcome)]?.en ?? ''}`,
  },
  'call.bulletin': {
    zh: (d) => (d.skipped === true ? '播放突发公告，按键跳过' : '播放突发公告'),
    en: (d) => (d.skipped === true ? 'Told of an incident, skipped by key' : 'Told of an incident'),
  },
  'call.stage': {
    zh: (d) => `进入：${stageWords(id(d.stage), 'zh')}`,
    en: (d) => `Stage: ${stageWords(id(d.stage), 'en')}`,
  },
  'call.language': {
    zh: (d) => `选择语言：${spoken[word(d.language)]?.zh ?? ''}`,
    en: (d) => `Chose ${spoken[word(d.language)]?.en ?? ''}`,
  },
  'call.choice': {
    zh: (d, n) => `按 ${word(d.key)}，选择「${n.choice(id(d.choice))}」`,
    en: (d, n) => `Pressed ${word(d.key)}: ${n.choice(id(d.choice))}`,
  },
  'call.queued': {
    zh: (d, n) =>
      `进入队列「${n.queue(id(d.queueId))}」${d.insteadOf ? '，接续登记回拨时保留的位置' : ''}`,
    en: (d, n) =>
      `Entered the queue ${n.queue(id(d.queueId))}${d.insteadOf ? ', in the place kept for a call-back' : ''}`,
    mark: 'ringing',
  },
  'call.overflowed': {
    zh: (d, n) => `${overflows[word(d.why)]?.zh ?? ''}，转到「${n.queue(id(d.queueId))}」`,
    en: (d, n) => `Moved to ${n.queue(id(d.queueId))}: ${overflows[word(d.why)]?.en ?? ''}`,
    mark: 'not-ready',
  },
  'call.ringing': {
    zh: (d, n) =>
      `座席 ${word(d.seatId)} ${n.person(id(d.agentId))} 振铃（第 ${word(d.attempt)} 次）`,
    en: (d, n) =>
      `Seat ${word(d.seatId)} ${n.person(id(d.agentId))} rings (try ${word(d.attempt)})`,
    mark: 'ringing',
  },
  'call.ring-failed': {
    zh: (d) => `座席 ${word(d.seatId)} ${ringFailures[word(d.why)]?.zh ?? ''}，来电人回到队首`,
    en: (d) => `Seat ${word(d.seatId)}: ${ringFailures[word(d.why)]?.en ?? ''}; back to the head`,
    mark: 'alert',
  },
  'call.connected': {
    zh: (d, n) =>
      `${n.person(id(d.agentId))} 接听，等候 ${seconds(d.waitedMs)} 秒，振铃 ${seconds(d.ringMs)} 秒`,
    en: (d, n) =>
      `${n.person(id(d.agentId))} answered after ${seconds(d.waitedMs)} s, rang ${seconds(d.ringMs)} s`,
    mark: 'talking',
  },
  'call.held': { zh: () => '话务员保持通话', en: () => 'Put on hold', mark: 'hold' },
  'call.resumed': {
    zh: (d) => (d.heldMs === undefined ? '恢复通话' : `恢复通话，保持了 ${time(d.heldMs)}`),
    en: (d) => (d.heldMs === undefined ? 'Resumed' : `Resumed after ${time(d.heldMs)}`),
    mark: 'talking',
  },
  'call.talk-ended': {
    zh: (d) => `${sides[word(d.by)]?.zh ?? ''}结束通话，共 ${time(d.talkMs)}`,
    en: (d) => `Ended by ${sides[word(d.by)]?.en ?? ''} after ${time(d.talkMs)}`,
    mark: 'wrap-up',
  },
  'call.abandoned': {
    zh: (d) => `来电人放弃，已等候 ${time(d.waitedMs)}`,
    en: (d) => `The caller left after ${time(d.waitedMs)}`,
    mark: 'alert',
  },
  'call.turned-away': {
    zh: (d) => `未受理：${overflows[word(d.why)]?.zh ?? ''}`,
    en: (d) => `Turned away: ${overflows[word(d.why)]?.en ?? ''}`,
    mark: 'not-ready',
  },
  'call.call-back-requested': {
    zh: (d) => (d.isMissed === true ? '未能接通，列入待回拨' : '登记回拨'),
    en: (d) => (d.isMissed === true ? 'Missed: to be called back' : 'Asked to be called back'),
  },
  'call.call-back-begun': {
    zh: (d, n) => `在队列「${n.queue(id(d.queueId))}」等待回拨`,
    en: (d, n) => `Waits in ${n.queue(id(d.queueId))} to be called back`,
    mark: 'ringing',
  },
  'call.call-back-dialled': {
    zh: (d, n) => `座席 ${word(d.seatId)} ${n.person(id(d.agentId))} 已应答，拨打来电人`,
    en: (d, n) =>
      `Seat ${word(d.seatId)} ${n.person(id(d.agentId))} is ready: the caller is dialled`,
    mark: 'ringing',
  },
  'call.call-back-failed': {
    zh: (d) =>
      `第 ${word(d.tries)} 次回拨未接通：${callBackFailureWords(id(d.why), 'zh')}，${againAt(d, 'zh')}`,
    en: (d) =>
      `Call-back ${word(d.tries)} failed: ${callBackFailureWords(id(d.why), 'en')}; ${againAt(d, 'en')}`,
    mark: 'alert',
  },
  'call.call-back-closed': {
    zh: (d, n) => `${n.person(id(d.personId))}${callBackCloses[word(d.how)]?.zh ?? ''}`,
    en: (d, n) =>
      [callBackCloses[word(d.how)]?.en ?? '', n.person(id(d.personId))].filter(Boolean).join(': '),
  },
  'call.rejoined': {
    zh: () => '话机中断后，话务员重新接入',
    en: () => 'The agent came back after losing the phone',
    mark: 'talking',
  },
  'call.priority': {
    zh: (d) => `班长将优先级调整为 ${word(d.priority)}`,
    en: (d) => `A shift leader set the priority to ${word(d.priority)}`,
  },
  'call.transferred': {
    zh: (d, n) => `转接到「${n.queue(id(d.queueId))}」${word(d.seatId)}`,
    en: (d, n) => `Transferred to ${n.queue(id(d.queueId))} ${word(d.seatId)}`,
    mark: 'not-ready',
  },
  'seat.state': {
    zh: (d) => `座席 ${word(d.seatId)}：${common.zh.state[word(d.state) as Mark] ?? ''}`,
    en: (d) => `Seat ${word(d.seatId)}: ${common.en.state[word(d.state) as Mark] ?? ''}`,
  },
  'call.guest-ringing': {
    zh: (d, n) => `请 ${n.person(id(d.agentId))} 协助，座席 ${word(d.seatId)} 振铃`,
    en: (d, n) => `Help asked: seat ${word(d.seatId)} rings for ${n.person(id(d.agentId))}`,
    mark: 'ringing',
  },
  'call.guest-joined': {
    zh: (d, n) => `${n.person(id(d.agentId))} 加入协助`,
    en: (d, n) => `${n.person(id(d.agentId))} helps`,
  },
  'call.guest-left': {
    zh: (d, n) => `${n.person(id(d.agentId))} 结束协助（${time(d.talkMs)}）`,
    en: (d, n) => `${n.person(id(d.agentId))} leaves after ${time(d.talkMs)}`,
  },
  'call.party-dialled': {
    zh: (d) => `拨打第三方 ${word(d.number)}`,
    en: (d) => `A third party is called: ${word(d.number)}`,
  },
  'call.party-joined': { zh: () => '第三方接听', en: () => 'The third party answered' },
  'call.party-failed': {
    zh: () => '第三方未接通',
    en: () => 'The third party was not reached',
    mark: 'alert',
  },
  'call.party-left': { zh: () => '第三方离开', en: () => 'The third party left' },
  'call.monitored': {
    zh: (d) => `值班长${monitorModes[word(d.mode)]?.zh ?? '结束监听'}`,
    en: (d) => `A shift leader ${monitorModes[word(d.mode)]?.en ?? 'no longer listens'}`,
  },
  'call.rating-asked': { zh: () => '请来电人评价', en: () => 'The caller is asked for a rating' },
  'call.rated': {
    zh: (d) => `评价 ${word(d.score)} 分`,
    en: (d) => `Rated ${word(d.score)}`,
    mark: 'ready',
  },
  'call.ended': {
    zh: (d) => `结束：${endings[word(d.ending) as EndingSlug]?.zh ?? ''}`,
    en: (d) => `Ended: ${endings[word(d.ending) as EndingSlug]?.en ?? ''}`,
    mark: 'offline',
  },
  'call.noted': {
    zh: (d, n) => `保存通话记录：${n.result(id(d.resultCode)) || '未选结果'}`,
    en: (d, n) => `Note saved: ${n.result(id(d.resultCode)) || 'no result'}`,
  },
  'recording.started': { zh: () => '开始录音', en: () => 'Recording started' },
  'recording.ready': {
    zh: (d) => (d.repaired === true ? '录音已修复并保存' : '录音已保存'),
    en: (d) => (d.repaired === true ? 'Recording repaired and kept' : 'Recording kept'),
  },
  'recording.failed': {
    zh: () => '录音未能保存',
    en: () => 'The recording could not be kept',
    mark: 'alert',
  },
};

/** One step of a call in plain words; a kind this console does not know yet shows its name. */
export function stepWords(
  kind: string,
  detail: Detail,
  names: StepNames,
  lang: Lang,
): { text: string; mark: Mark | undefined } {
  const found = said[kind];
  return found
    ? { text: found[lang](detail, names), mark: found.mark }
    : { text: kind, mark: undefined };
}
