import { type EndingSlug, endings } from '../../../src/ending.ts';
import type { Mark } from '../theme.ts';
import type { Lang } from './words.ts';

/** How a call ended, in words. */
export function endingWords(ending: EndingSlug | null, lang: Lang): string {
  return ending === null ? '' : endings[ending][lang];
}

/** The mark beside an ending: served, lost, sent away, broken. */
export function endingMark(ending: EndingSlug | null): Mark {
  if (ending === null) return 'talking';
  const kind = endings[ending].class;
  if (kind === 'answered' || kind === 'self-served') return 'ready';
  if (kind === 'abandoned') return 'ringing';
  if (kind === 'call-back') return 'wrap-up';
  return kind === 'turned-away' || kind === 'not-reached' ? 'not-ready' : 'alert';
}

const stages: Record<string, { zh: string; en: string }> = {
  greeting: { zh: '问候语', en: 'Greeting' },
  bulletin: { zh: '突发公告', en: 'Bulletin' },
  menu: { zh: '菜单', en: 'Menu' },
  progress: { zh: '进度查询', en: 'Asking for progress' },
  'progress-told': { zh: '告知进度', en: 'Told the progress' },
  waiting: { zh: '排队', en: 'Waiting' },
  ringing: { zh: '振铃', en: 'Ringing' },
  conversation: { zh: '通话中', en: 'Talking' },
  rating: { zh: '评价', en: 'Rating' },
  message: { zh: '告知无法受理', en: 'Told why nobody answers' },
  dialling: { zh: '外呼中', en: 'Calling out' },
  'relay-calling': { zh: '中转：呼叫经办人', en: 'Relay: calling the officer' },
  'relay-dialling': { zh: '中转：呼叫来电人', en: 'Relay: calling the citizen' },
  'relay-talk': { zh: '中转通话中', en: 'Relayed talk' },
  'call-back': { zh: '登记回拨', en: 'Asking for a call-back' },
  virtual: { zh: '等待回拨', en: 'To be called back' },
  ended: { zh: '已结束', en: 'Ended' },
};

/** Where a live call stands, in words. */
export function stageWords(stage: string | null, lang: Lang): string {
  return stages[stage ?? '']?.[lang] ?? stage ?? '';
}

const callBackFailures: Record<string, { zh: string; en: string }> = {
  'no-answer': { zh: '无人接听', en: 'no answer' },
  busy: { zh: '占线', en: 'busy' },
  refused: { zh: '拒接', en: 'refused' },
  unreachable: { zh: '号码无法接通', en: 'unreachable' },
  'not-dialled': { zh: '未能拨出', en: 'could not be dialled' },
};

/** Why a caller who was to be called back was not reached, in words. */
export function callBackFailureWords(why: string | null, lang: Lang): string {
  return callBackFailures[why ?? '']?.[lang] ?? why ?? '';
}
