import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OrderView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { useWords } from '../../text/language.ts';
import { replyText } from './reply-text.ts';

type Findings = NonNullable<OrderView['reply']>['findings'];

const PAUSE_MS = 500;

/** What may be wrong with a reply, said while it is being written. */
export function ReplyCheck({ orderId, reply }: { orderId: string; reply: string }) {
  const [settled, setSettled] = useState(reply);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(reply), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [reply]);
  const path = `/orders/${encodeURIComponent(orderId)}/reply-checks`;
  const { data } = useQuery({
    queryKey: ['reply-check', orderId, settled],
    enabled: settled.trim() !== '',
    queryFn: () => post<{ findings: Findings }>(path, { publicReply: settled }),
  });
  return data ? <ReplyFindings findings={data.findings} /> : null;
}

/** The findings as marks; none is good news and says so. */
export function ReplyFindings({ findings }: { findings: Findings }) {
  const t = useWords(replyText);
  if (findings.length === 0) return <p className="order-sound">✓ {t.replySound}</p>;
  return (
    <ul className="order-faults" aria-label={t.replyFaults} aria-live="polite">
      {findings.map(({ fault, words }) => (
        <li key={fault}>
          <b>▲ {t.fault[fault] ?? fault}</b> {words !== '' && <q>{words}</q>}
        </li>
      ))}
    </ul>
  );
}
