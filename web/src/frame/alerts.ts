import type { ConsoleSocket } from '../net/socket.ts';
import { toast } from '../parts/toasts.tsx';
import { useLanguage } from '../text/language.ts';
import { alertWords, type Way, wayTo } from './alert-words.ts';
import { stripText } from './strip-text.ts';

/** Alerts come as a quiet note with one way on. */
export function attachAlerts(socket: ConsoleSocket, open: (way: Way) => void): void {
  socket.on('alert', (alert) => {
    // There the alert is on the page already, or nobody is meant to touch anything.
    if (location.pathname === '/queues' || location.pathname === '/wall') return;
    const { lang } = useLanguage.getState();
    const way = wayTo(alert);
    toast(alertWords(alert, lang), {
      id: alert.id,
      tone: 'alert',
      ...(way !== null && { action: { label: stripText[lang].look, run: () => open(way) } }),
    });
  });
}
