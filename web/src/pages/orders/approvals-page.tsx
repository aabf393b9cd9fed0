import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import { useState } from 'react';
import type { OrderView } from '../../../../src/orders/schema.ts';
import { get, post } from '../../net/api.ts';
import { queryClient, useMe } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { DueMark } from './due-mark.tsx';
import { ordersText } from './orders-text.ts';
import { ReplyFindings } from './reply-check.tsx';
import { replyText } from './reply-text.ts';
import { Watermark } from './watermark.tsx';
import './orders.css';

interface Done {
  rows: { id: string; number: string; refused: { zh: string; en: string } | null }[];
}

/** Replies that wait for a yes: the risk first, the sound ones chosen already, one tap for all of them. */
export function ApprovalsPage() {
  const t = useWords(replyText);
  const { back } = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  const me = useMe();
  const attempt = useTry();
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const list = useQuery({
    queryKey: ['order-approvals'],
    queryFn: () => get<{ rows: OrderView[] }>('/orders/approvals').then(({ rows }) => rows),
  });
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Waiting />;
  const isChosen = ({ id, reply }: OrderView) => changed.get(id) ?? reply?.findings.length === 0;
  const chosen = list.data.filter(isChosen);
  const approve = async () => {
    const { rows } = await post<Done>('/orders/approvals', { ids: chosen.map(({ id }) => id) });
    const refused = rows.flatMap(({ number, refused: why }) =>
      why === null ? [] : `${number} ${why[lang]}`,
    );
    toast(t.approved(rows.length - refused.length), { id: 'approved' });
    for (const why of refused) toast(why, { tone: 'alert' });
    await list.refetch();
    await queryClient.invalidateQueries({ queryKey: ['orders'] });
  };
  return (
    <div className="page order-page">
      {me && <Watermark text={`${me.name} ${me.staffNo} ${moment(serverNow(), 0)}`} />}
      <div className="page-head">
        <Link to="/orders">← {back}</Link>
        <h1>{t.approvals}</h1>
        <span className="page-count num">{list.data.length}</span>
      </div>
      {list.data.length === 0 ? (
        <Blank title={t.noApprovals} />
      ) : (
        <>
          <ul className="order-approvals">
            {[...list.data].sort(byRisk).map((order) => (
              <li key={order.id} className="card order-card">
                <ReplyFindings findings={order.reply?.findings ?? []} />
                <h2>
                  <Link to="/orders/$orderId" params={{ orderId: order.id }}>
                    {order.title}
                  </Link>
                </h2>
                <p className="soft">{order.content}</p>
                <blockquote>{order.reply?.text}</blockquote>
                <div className="order-approval-foot">
                  <Checkbox
                    checked={isChosen(order)}
                    onChange={(event) =>
                      setChanged((before) => new Map(before).set(order.id, event.target.checked))
                    }
                  >
                    {t.approveThis}
                  </Checkbox>
                  <DueMark {...order} />
                </div>
              </li>
            ))}
          </ul>
          <div className="order-approve-bar">
            <Button
              type="primary"
              size="large"
              disabled={chosen.length === 0}
              onClick={() => attempt(approve)}
            >
              {t.approve(chosen.length)}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function byRisk(a: OrderView, b: OrderView): number {
  return (b.reply?.findings.length ?? 0) - (a.reply?.findings.length ?? 0);
}
