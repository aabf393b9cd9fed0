import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useEffect, useState } from 'react';
import type { OrderRowView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import type { Draft } from './order-draft.ts';
import { useOrderRules } from './order-rules.ts';
import { ordersText } from './orders-text.ts';

type Similar = OrderRowView & { why: 'caller' | 'place'; place: string };

interface Props {
  draft: Draft;
  call: string | undefined;
  /** The order this one repeats, as the agent decided. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
  /** Adds the call to that order instead of writing a new one. */
  onAdd: (id: string) => void;
}

/** Open orders that may be about the same thing, found while the agent types. */
export function Repeats({ draft, call, chosen, onChoose, onAdd }: Props) {
  const t = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  const rules = useOrderRules();
  const { matter, area, place, callerNumber } = useSettled(draft);
  const query = {
    matter,
    area,
    place,
    ...(call !== undefined && { callId: call }),
    ...(callerNumber.length >= 7 && { callerNumber }),
  };
  const list = useQuery({
    queryKey: ['order-similar', query],
    queryFn: () => post<{ rows: Similar[] }>('/orders/similar', query).then(({ rows }) => rows),
  });
  if (!list.data || list.data.length === 0) return null;
  return (
    <section className="card order-card order-repeats" aria-label={t.repeats.title}>
      <h2>{t.repeats.title}</h2>
      <p className="faint">{t.repeats.help}</p>
      <ul>
        {list.data.map((row) => (
          <li key={row.id} data-chosen={row.id === chosen}>
            <span className="order-what">
              <b>{row.title}</b>
              <span className="soft">{row.place}</span>
              <span className="faint num">
                {row.number} · {rules.state(row.state, lang)} · {moment(row.createdAt, serverNow())}
              </span>
            </span>
            <em className="order-why">{t.repeats[row.why]}</em>
            <div>
              {call !== undefined && row.why === 'caller' && (
                <Button size="small" onClick={() => onAdd(row.id)}>
                  {t.repeats.add}
                </Button>
              )}
              <Button
                size="small"
                type={row.id === chosen ? 'primary' : 'default'}
                aria-pressed={row.id === chosen}
                onClick={() => onChoose(row.id === chosen ? null : row.id)}
              >
                {t.repeats.same}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const PAUSE_MS = 400;

/** What was typed, once the hand rests. */
function useSettled(draft: Draft): Draft {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return settled;
}
