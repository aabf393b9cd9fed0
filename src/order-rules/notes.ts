import type { Order } from './order.ts';
import { type Actor, isOpen, type OrderState } from './words.ts';

/** Something written into an order that leaves its state alone and is no move of the table. */
export interface Note {
  readonly zh: string;
  readonly en: string;
  readonly from: readonly OrderState[] | 'open' | 'any';
  readonly by: readonly Actor[];
  /** At a unit: who may write it there. */
  readonly at: 'lead-unit' | 'co-unit' | 'either-unit';
}

/** What people write into orders beside moving them. */
export const notes = {
  contact: note('联系诉求人', 'contact with the caller', ['handling'], ['unit-operator']),
  relay: note(
    '回拨来电人',
    'call to the caller',
    ['dispatched', 'handling', 'long-term'],
    ['unit-operator', 'unit-leader'],
    'either-unit',
  ),
  'co-reply': note('协办反馈', 'co-unit reports', ['handling'], ['unit-operator'], 'co-unit'),
  revise: note('修改草稿', 'draft revised', ['draft'], ['agent']),
  'visit-call': note('回访呼叫', 'visit call', ['visit', 'merged'], ['visitor']),
  'visit-try': note('回访未接通', 'visit in vain', ['visit', 'merged'], ['visitor']),
  'merged-visit': note('并单回访', 'visit of a merged order', ['merged'], ['visitor']),
  attach: note(
    '添加附件',
    'file added',
    'any',
    ['agent', 'dispatcher', 'reviewer', 'visitor', 'supervision', 'unit-operator', 'unit-leader'],
    'either-unit',
  ),
  feedback: note(
    '反馈',
    'answer to an instruction',
    'open',
    ['unit-operator', 'unit-leader', 'dispatcher', 'reviewer', 'supervision'],
    'either-unit',
  ),
  settle: note('销号', 'instruction settled', 'any', ['city-leader', 'supervision']),
  'on-site': note(
    '现场记录',
    'on-site record',
    'open',
    ['supervision', 'unit-operator', 'unit-leader'],
    'either-unit',
  ),
  agenda: note('列入联席会议', 'put before a meeting', 'open', ['supervision']),
  'meeting-moved': note('联席会议改期', 'meeting moved', 'any', ['supervision']),
  'meeting-cancelled': note('联席会议取消', 'meeting cancelled', 'any', ['supervision']),
  decision: note('联席会议决定', 'decision of a meeting', 'open', ['supervision']),
  'look-again': note(
    '挂账复核',
    'long-term order reviewed',
    ['long-term'],
    ['unit-leader', 'supervision'],
  ),
  supplement: note('补充情况', 'facts added', 'open', ['citizen', 'agent']),
  rate: note(
    '诉求人评价',
    'rated by the citizen',
    ['visit', 'closed', 'archived', 'merged'],
    ['citizen'],
  ),
  'text-sent': note('已发短信', 'text sent', 'any', ['system']),
  'text-failed': note('短信未送达', 'text not delivered', 'any', ['system']),
  'ask-withdrawal': note('申请撤回', 'wish to withdraw', 'open', ['citizen']),
  // Agreed to, it is the move `withdraw`, which takes a recorded call.
  'refuse-withdrawal': note('不予撤回', 'withdrawal refused', 'open', ['agent', 'shift-leader']),
} as const satisfies Record<string, Note>;

export type NoteName = keyof typeof notes;
export const noteNames = Object.keys(notes) as NoteName[];

export function isNote(name: string): name is NoteName {
  return Object.hasOwn(notes, name);
}

/** May the note be written while the order is in this state? A wish is refused only where there is one. */
export function noteFits(name: NoteName, order: Pick<Order, 'state' | 'withdrawal'>): boolean {
  const { from }: Note = notes[name];
  const { state, withdrawal } = order;
  if (name === 'refuse-withdrawal' && withdrawal === null) return false;
  if (from === 'open') return isOpen(state) && state !== 'draft';
  return from === 'any' || from.includes(state);
}

function note(
  zh: string,
  en: string,
  from: Note['from'],
  by: readonly Actor[],
  at: Note['at'] = 'lead-unit',
): Note {
  return { zh, en, from, by, at };
}
