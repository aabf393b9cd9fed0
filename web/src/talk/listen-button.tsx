import Button from 'antd/es/button';
import { useDesk } from '../net/desk-store.ts';
import { useMay } from '../net/queries.ts';
import { useWords } from '../text/language.ts';
import { talkText } from './talk-text.ts';
import { useMonitor } from './use-monitor.ts';

/** Listens to the talk at a seat; there for leaders who sit at a seat of their own. */
export function ListenButton({ seatId }: { seatId: string }) {
  const t = useWords(talkText);
  const mayLead = useMay('floor.lead');
  const own = useDesk((s) => s.desk?.seatId);
  const { begin } = useMonitor(seatId);
  if (!mayLead || own === undefined || own === seatId) return null;
  return (
    <Button title={t.modeHelp.listen} onClick={() => begin('listen')}>
      {t.mode.listen}
    </Button>
  );
}
