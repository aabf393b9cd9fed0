import Button from 'antd/es/button';
import { deskDo, useDesk } from '../net/desk-store.ts';
import { useTry } from '../parts/said.tsx';
import { useWords } from '../text/language.ts';
import { atHandText } from './at-hand-text.ts';

/** Calls the caller of a call back; the number stays hidden. There for an agent between two calls. */
export function DialBack({ callId }: { callId: string }) {
  const t = useWords(atHandText);
  const attempt = useTry();
  const state = useDesk((s) => (s.held ? s.desk?.state : undefined));
  if (state !== 'ready' && state !== 'not-ready') return null;
  return (
    <Button title={t.callBackHelp} onClick={() => attempt(() => deskDo('dial', { callId }))}>
      {t.callBack}
    </Button>
  );
}
