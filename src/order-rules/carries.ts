import type { MoveName } from './moves.ts';
import type { NoteName } from './notes.ts';
import type { MoveData } from './order.ts';

type Field = keyof MoveData;

const dispatching: readonly Field[] = ['why', 'ground', 'unit', 'coUnitIds'];

/** What each move may carry beside a reason; whatever else is sent with it is left out of the record. */
const carries: Partial<Record<MoveName | NoteName, readonly Field[]>> = {
  open: ['request', 'callId'],
  answer: ['citesItem', 'publicReply', 'callId'],
  submit: ['complete', 'pack', 'callId', 'masterId'],
  refuse: ['ground'],
  merge: ['masterId'],
  'dispatch-by-rule': [...dispatching, 'confidence'],
  dispatch: dispatching,
  'hand-outside': ['ground'],
  'outside-result': ['proof', 'publicReply'],
  sign: ['owner'],
  'deem-accepted': ['owner'],
  'ask-return': ['ground', 'suggestedUnitId', 'proof'],
  'approve-return': dispatching,
  'call-dispute': ['owner', 'ground'],
  rule: dispatching,
  assign: ['owner', 'coUnitIds', 'handlingUnitId'],
  extend: ['workdays', 'proof'],
  hang: ['plan', 'proof', 'until'],
  instruct: ['taskId', 'until'],
  feedback: ['taskId', 'proof'],
  settle: ['taskId', 'settled'],
  'on-site': ['site'],
  agenda: ['meeting'],
  'meeting-moved': ['meeting', 'until'],
  'meeting-cancelled': ['meeting'],
  decision: ['meeting', 'taskId', 'until', 'coUnitIds', 'due'],
  'look-again': ['until', 'plan'],
  reply: ['publicReply', 'proof', 'solved'],
  'accept-reply': ['publicReply'],
  close: ['satisfied', 'notReached', 'callId', 'rating', 'solved', 'relay'],
  withdraw: ['callId'],
  'ask-rework': ['satisfied', 'callId', 'rating', 'solved', 'relay'],
  redispatch: dispatching,
  'close-as-final': ['proof', 'ground', 'rating', 'solved'],
  archive: ['proof'],
  reopen: ['ground', 'callId'],
  supervise: ['level'],
  unseal: ['sealed'],
  contact: ['relay', 'proof'],
  relay: ['relay'],
  'visit-call': ['relay'],
  urge: ['callId'],
  rate: ['rating', 'solved', 'callId'],
  'co-reply': ['proof', 'publicReply'],
  revise: ['request'],
  'visit-try': ['tried', 'until', 'relay'],
  'merged-visit': ['satisfied', 'notReached', 'callId', 'rating', 'solved', 'relay'],
  attach: ['proof'],
  supplement: ['callId'],
};

/** The part of what was sent that belongs to the move. */
export function carriedBy(move: MoveName | NoteName, data: MoveData): MoveData {
  const kept = new Set<string>(['why', ...(carries[move] ?? [])]);
  return Object.fromEntries(Object.entries(data).filter(([field]) => kept.has(field)));
}
