import Button from 'antd/es/button';
import { post } from '../net/api.ts';
import { deskDo, useDesk } from '../net/desk-store.ts';
import { useTry } from '../parts/said.tsx';
import { useWords } from '../text/language.ts';
import { atHandText } from './at-hand-text.ts';

/** Calls the caller of a call back; the number stays hidden. */
export function DialBack({ callId }: { callId: string }) {
  return <DialButton dial={() => deskDo('dial', { callId })} />;
}

/** Calls the citizen of an order, by the number the order has; it stays hidden. */
export function DialOrder({ orderId }: { orderId: string }) {
  return <DialButton dial={() => post(`/orders/${encodeURIComponent(orderId)}/dial`)} />;
}

/** There for an agent between two calls. */
function DialButton({ dial }: { dial: () => Promise<unknown> }) {
  const t = useWords(atHandText);
  const attempt = useTry();
  const state = useDesk((s) => (s.held ? s.desk?.state : undefined));
  if (state !== 'ready' && state !== 'not-ready') return null;
  return (
    <Button title={t.callBackHelp} onClick={() => attempt(dial)}>
      {t.callBack}
    </Button>
  );
}
