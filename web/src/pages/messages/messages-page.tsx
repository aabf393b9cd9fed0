import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { MessagePage, MessageView } from '../../../../src/messages/schema.ts';
import { get, post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { messagesText } from './messages-text.ts';
import './messages.css';

type State = MessageView['state'];
const states: readonly State[] = ['failed', 'waiting', 'sent'];
const marks = { failed: 'alert', waiting: 'ringing', sent: 'ready' } as const;

/** What was sent to whom, masked; what could not be sent first, to be tried again. */
export function MessagesPage() {
  const t = useWords(messagesText);
  const navigate = useNavigate();
  const [state, setState] = useState<State>('failed');
  const [kind, setKind] = useState('');
  const columns = useColumns();
  const narrow = useNarrow();
  const pages = useInfiniteQuery({
    queryKey: ['messages', state, kind],
    refetchInterval: 30_000,
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ state });
      if (kind !== '') query.set('kind', kind);
      if (pageParam !== '') query.set('before', pageParam);
      return get<MessagePage>(`/messages?${query}`);
    },
    getNextPageParam: ({ next }) => next,
  });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages;
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <Link to="/orders">← {t.back}</Link>
        <h1>{t.title}</h1>
        <Segmented
          value={state}
          onChange={setState}
          options={states.map((value) => ({ value, label: t.states[value] }))}
        />
        <select
          className="native-select message-kind"
          aria-label={t.kind}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
        >
          <option value="">{t.anyKind}</option>
          {Object.entries(t.kinds).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <span className="page-count">{t.help}</span>
      </div>
      {pages.isError ? (
        <Failure error={pages.error} retry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <Waiting />
      ) : rows.length === 0 ? (
        <Blank title={t.none[state]} />
      ) : (
        <RowList
          label={t.title}
          rows={rows}
          total={rows.length + (hasNextPage ? 8 : 0)}
          columns={columns}
          rowKey={(row) => row.id}
          rowHeight={narrow ? 92 : 52}
          onNearEnd={() => {
            if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
          }}
          onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
        />
      )}
    </div>
  );
}

function useColumns(): Column<MessageView>[] {
  const t = useWords(messagesText);
  const narrow = useNarrow();
  return [
    {
      key: 'at',
      head: t.at,
      width: '128px',
      wide: true,
      cell: (row) => <span className="num">{moment(row.createdAt, serverNow())}</span>,
    },
    {
      key: 'to',
      head: t.to,
      width: '124px',
      cell: (row) => (
        <>
          <b className="num">{row.toMasked}</b>
          <small className="message-line faint">{t.kinds[row.kind]}</small>
        </>
      ),
    },
    {
      key: 'order',
      head: t.order,
      width: 'minmax(0, 200px)',
      wide: true,
      cell: (row) => <OrderLink row={row} />,
    },
    {
      key: 'state',
      head: t.state,
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <>
          <StateMark mark={marks[row.state]} size={12} /> {t.states[row.state]}
          <Facts row={row} />
          {narrow && <Again row={row} />}
        </>
      ),
    },
    {
      key: 'acts',
      head: '',
      width: '112px',
      align: 'right',
      wide: true,
      cell: (row) => <Again row={row} />,
    },
  ];
}

function OrderLink({ row: { orderId, orderNumber } }: { row: MessageView }) {
  return (
    <Link
      className="num"
      to="/orders/$orderId"
      params={{ orderId }}
      onClick={(event) => event.stopPropagation()}
    >
      {orderNumber ?? orderId}
    </Link>
  );
}

/** How often it was tried and with what outcome, and when it is tried next. */
function Facts({ row }: { row: MessageView }) {
  const t = useWords(messagesText);
  const timeOf = (at: number) => moment(at, serverNow()).slice(0, -3);
  const facts = [
    row.failure !== null && (t.failure[row.failure] ?? row.failure),
    row.attempts > 0 && row.state !== 'sent' && t.tries(row.attempts),
    row.nextAt !== null && row.nextAt > serverNow() && t.next(timeOf(row.nextAt)),
    row.sentAt !== null && t.sentAt(timeOf(row.sentAt)),
  ];
  return <small className="message-line faint">{facts.filter(Boolean).join(' · ')}</small>;
}

function Again({ row }: { row: MessageView }) {
  const t = useWords(messagesText);
  const attempt = useTry();
  const retry = useMutation({
    mutationFn: () => post(`/messages/${encodeURIComponent(row.id)}/retry`),
    onSuccess: () => {
      toast(t.queued);
      return queryClient.invalidateQueries({ queryKey: ['messages'] });
    },
  });
  if (row.state !== 'failed') return null;
  return (
    <Button
      size="small"
      disabled={retry.isPending}
      onClick={(event) => {
        event.stopPropagation();
        attempt(() => retry.mutateAsync());
      }}
    >
      {t.again}
    </Button>
  );
}
