import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { OrderRowView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { useMay, useMe } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { messagesText } from '../messages/messages-text.ts';
import { useCatalogue } from './catalogue.ts';
import { DueMark } from './due-mark.tsx';
import { useOrderRules } from './order-rules.ts';
import { ordersText } from './orders-text.ts';
import { replyText } from './reply-text.ts';
import { withdrawalText } from './withdrawal-text.ts';
import './orders.css';

/** Work orders: what the viewer has to act on, what burns first at the top. */
export function OrdersPage() {
  const t = useWords(ordersText);
  const w = useWords(withdrawalText);
  const navigate = useNavigate();
  const [view, setView] = useState<'mine' | 'all' | 'withdrawals'>('mine');
  const [number, setNumber] = useState('');
  const query =
    number.length >= 6 ? `view=all&number=${encodeURIComponent(number)}` : `view=${view}`;
  const list = useQuery({
    queryKey: ['orders', query],
    refetchInterval: 30_000,
    queryFn: () =>
      get<{ rows: OrderRowView[] }>(`/orders?${query}&limit=200`).then(({ rows }) => rows),
  });
  const me = useMe();
  // Units cannot mend it; the hotline's people can have it mended. Who can mend it is told on every page.
  const isOfUnit = me?.roles.every((role) => role.startsWith('unit-')) ?? true;
  const isTold = useMay('orders.change-rules');
  const years = useCatalogue().data?.missingYears ?? [];
  const missing = isOfUnit || isTold ? [] : years;
  const columns = useColumns();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        {list.data && <span className="page-count num">{list.data.length}</span>}
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'mine', label: t.mine },
            { value: 'all', label: t.all },
            ...(isOfUnit ? [] : [{ value: 'withdrawals' as const, label: w.list }]),
          ]}
        />
        <div className="page-actions">
          <Input
            allowClear
            className="order-find"
            placeholder={t.find}
            aria-label={t.find}
            value={number}
            onChange={(event) => setNumber(event.target.value.replaceAll(/\D/g, ''))}
          />
          <HeadLinks />
        </div>
      </div>
      {missing.length > 0 && (
        <p className="order-alarm" role="status">
          {t.calendarMissing(missing.join('、'))}
        </p>
      )}
      {list.isError ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Waiting />
      ) : list.data.length === 0 ? (
        <Blank
          title={view === 'withdrawals' ? w.none : t.empty}
          help={view === 'withdrawals' ? '' : t.emptyHelp}
        />
      ) : (
        <RowList
          label={t.title}
          rows={list.data}
          columns={columns}
          rowKey={(row) => row.id}
          rowHeight={52}
          onOpen={(row) => void navigate({ to: '/orders/$orderId', params: { orderId: row.id } })}
        />
      )}
    </div>
  );
}

/** Where else the viewer goes from here. */
function HeadLinks() {
  const t = useWords(ordersText);
  const { approvals } = useWords(replyText);
  const { title } = useWords(messagesText);
  const me = useMe();
  const mayReadTexts = useMay('messages.read');
  const mayApprove = me?.roles.some((role) => role === 'unit-leader' || role === 'reviewer');
  const mayOpen = me?.roles.includes('agent');
  return (
    <>
      <Link to="/order-rates" search={{}}>
        {t.rates}
      </Link>
      {mayReadTexts && <Link to="/messages">{title}</Link>}
      {mayApprove && <Link to="/orders/approvals">{approvals}</Link>}
      {mayOpen && (
        <Link to="/orders/new" search={{}} className="order-new">
          {t.newOrder}
        </Link>
      )}
    </>
  );
}

function useColumns(): Column<OrderRowView>[] {
  const t = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  const w = useWords(withdrawalText);
  const rules = useOrderRules();
  const narrow = useNarrow();
  return [
    {
      key: 'due',
      head: t.due,
      width: narrow ? '116px' : '132px',
      cell: (row) => <DueMark {...row} />,
    },
    {
      key: 'what',
      head: t.what,
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <span className="order-what">
          <b>{row.title}</b>
          <span className="faint num">
            {narrow ? rules.state(row.state, lang) : (row.number ?? t.draft)}
            {row.sealed && <em className="order-flag">{t.sealed}</em>}
            {row.urgency !== 'normal' && <em className="order-flag">{t.urgency[row.urgency]}</em>}
            {row.withdrawal && <em className="order-flag">{w.flag}</em>}
            {row.supervision > 0 && <em className="order-flag">{t.supervised(row.supervision)}</em>}
          </span>
        </span>
      ),
    },
    {
      key: 'unit',
      head: t.unit,
      width: 'minmax(0, 200px)',
      wide: true,
      cell: (row) => (
        <span className="order-what">
          <span>{row.leadUnit ?? '–'}</span>
          <span className="faint">{row.responsible ?? ''}</span>
        </span>
      ),
    },
    {
      key: 'state',
      head: t.state,
      width: '92px',
      wide: true,
      cell: (row) => rules.state(row.state, lang),
    },
    {
      key: 'created',
      head: t.created,
      width: '128px',
      wide: true,
      align: 'right',
      cell: (row) => <span className="num soft">{moment(row.createdAt, serverNow())}</span>,
    },
  ];
}
