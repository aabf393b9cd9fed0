import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import { get } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { ordersText } from './orders-text.ts';

interface Viewer {
  at: number;
  person: string;
  unit: string | null;
  ip: string;
  act: string;
  why: string;
}

/** Who saw this order, in one click. */
export function Viewers({ orderId }: { orderId: string }) {
  const t = useWords(ordersText);
  const [open, setOpen] = useState(false);
  const list = useQuery({
    queryKey: ['order-viewers', orderId],
    enabled: open,
    queryFn: () =>
      get<{ rows: Viewer[] }>(`/orders/${encodeURIComponent(orderId)}/viewers`).then(
        ({ rows }) => rows,
      ),
  });
  return (
    <section className="card order-card">
      <h2>{t.viewers}</h2>
      {open ? (
        <ul className="order-viewers">
          {list.data?.map((view) => (
            <li key={`${view.at} ${view.person} ${view.act}`}>
              <span className="num soft">{moment(view.at, serverNow())}</span>
              <span>
                {view.person}
                {view.unit !== null && <span className="soft"> · {view.unit}</span>}
                {view.act === 'call' && <span className="soft"> · {t.call}</span>}
                {view.why !== '' && <span className="soft"> · {view.why}</span>}
              </span>
              <span className="num faint">{view.ip}</span>
            </li>
          ))}
        </ul>
      ) : (
        <>
          <p className="faint">{t.viewersHelp}</p>
          <Button size="small" onClick={() => setOpen(true)}>
            {t.viewers}
          </Button>
        </>
      )}
    </section>
  );
}
