import type { Alert } from '../../../src/realtime/protocol.ts';
import { span } from '../text/format.ts';
import { stripText } from './strip-text.ts';

/** What a shift leader should look at, in one sentence. */
export function alertWords(alert: Alert, lang: 'zh' | 'en'): string {
  const t = stripText[lang];
  switch (alert.kind) {
    case 'low-rating':
      return t.lowRating(alert.agentName ?? '', alert.score ?? 0);
    case 'seat-unreachable':
      return t.seatUnreachable(alert.seatId ?? '');
    case 'waiting':
      return t.waitsLong(span(alert.limitMs ?? 0));
    case 'long-talk':
      return t.talksLong(alert.agentName ?? '', span(alert.limitMs ?? 0));
    case 'long-wrap-up':
      return t.wrapsLong(alert.agentName ?? '', span(alert.limitMs ?? 0));
    case 'call-back-overdue':
      return t.callBackOverdue(span(alert.limitMs ?? 0));
    case 'raised-hand':
      return t.handUp(alert.agentName ?? '', alert.seatId ?? '');
    case 'recording-failed':
      return t.recordingFailed;
    case 'exchange-lost':
      return t.exchangeLost;
  }
}

/** The place where something can be done about it. */
export interface Way {
  to: 'queue' | 'seat' | 'call' | 'call-backs';
  id: string;
}

export function wayTo(alert: Pick<Alert, 'kind' | 'queueId' | 'seatId' | 'callId'>): Way | null {
  const { kind, queueId, seatId, callId } = alert;
  if (kind === 'call-back-overdue' && queueId !== null) return { to: 'call-backs', id: queueId };
  if (kind === 'waiting' && queueId !== null) return { to: 'queue', id: queueId };
  if (kind !== 'low-rating' && seatId !== null) return { to: 'seat', id: seatId };
  return callId === null ? null : { to: 'call', id: callId };
}
