import type { Alert } from '../../../src/realtime/protocol.ts';
import type { ConsoleSocket } from '../net/socket.ts';
import { toast } from '../parts/toasts.tsx';
import { span } from '../text/format.ts';
import { useLanguage } from '../text/language.ts';
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
    case 'raised-hand':
      return t.handUp(alert.agentName ?? '', alert.seatId ?? '');
    case 'recording-failed':
      return t.recordingFailed;
    case 'exchange-lost':
      return t.exchangeLost;
  }
}

/** Alerts come as a quiet note with one way on. */
export function attachAlerts(socket: ConsoleSocket, open: (callId: string) => void): void {
  socket.on('alert', (alert) => {
    // There the alert is on the page already, or nobody is meant to touch anything.
    if (location.pathname === '/queues' || location.pathname === '/wall') return;
    const { lang } = useLanguage.getState();
    const { callId } = alert;
    toast(alertWords(alert, lang), {
      id: alert.id,
      tone: 'alert',
      ...(callId !== null && {
        action: {
          label: stripText[lang].look,
          run: () => open(callId),
        },
      }),
    });
  });
}
