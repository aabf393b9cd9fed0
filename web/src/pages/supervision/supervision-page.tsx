import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import Segmented from 'antd/es/segmented';
import type { Board } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { useMe } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { DueMark } from '../orders/due-mark.tsx';
import { LeaguePart } from './league-part.tsx';
import { MeetingsPart } from './meetings-part.tsx';
import { meetingsText } from './meetings-text.ts';
import { supervisionText } from './supervision-text.ts';
import '../orders/orders.css';
import './supervision.css';

const parts = ['orders', 'tasks', 'plans', 'meetings', 'league'] as const;
type Part = (typeof parts)[number];

/** The worst first: what is late or passed around, what leaders asked for, what takes long, and by whom. */
export function SupervisionPage() {
  const t = useWords(supervisionText);
  const m = useWords(meetingsText);
  const navigate = useNavigate();
  const { part: wanted } = useSearch({ from: '/frame/supervision' });
  const part = parts.find((each) => each === wanted) ?? 'orders';
  const setPart = (to: Part) =>
    void navigate({ to: '/supervision', search: { part: to }, replace: true });
  const mayCall = useMe()?.roles.includes('supervisor');
  const board = useQuery({
    queryKey: ['supervision'],
    refetchInterval: 30_000,
    queryFn: () => get<Board>('/supervision'),
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <Segmented
          value={part}
          onChange={setPart}
          options={parts.map((value) => ({ value, label: t.parts[value] }))}
        />
        {part === 'meetings' && mayCall && (
          <div className="page-actions">
            <Link to="/supervision/meetings/new" className="order-new">
              {m.call}
            </Link>
          </div>
        )}
      </div>
      {part === 'meetings' ? (
        <MeetingsPart />
      ) : part === 'league' ? (
        <LeaguePart />
      ) : board.isError ? (
        <Failure error={board.error} retry={() => void board.refetch()} />
      ) : board.data ? (
        <BoardPart board={board.data} part={part} />
      ) : (
        <Waiting />
      )}
    </div>
  );
}

function BoardPart({ board, part }: { board: Board; part: 'orders' | 'tasks' | 'plans' }) {
  const t = useWords(supervisionText);
  const navigate = useNavigate();
  const open = (orderId: string) => void navigate({ to: '/orders/$orderId', params: { orderId } });
  const columns = useColumns();
  if (board[part].length === 0) return <Blank title={t.empty} help={t.emptyHelp} />;
  if (part === 'tasks') {
    return (
      <RowList
        label={t.parts.tasks}
        rows={board.tasks}
        columns={columns.tasks}
        rowKey={(row) => row.id}
        rowHeight={52}
        onOpen={(row) => open(row.orderId)}
      />
    );
  }
  if (part === 'plans') {
    return (
      <RowList
        label={t.parts.plans}
        rows={board.plans}
        columns={columns.plans}
        rowKey={(row) => row.id}
        rowHeight={52}
        onOpen={(row) => open(row.id)}
      />
    );
  }
  return (
    <RowList
      label={t.parts.orders}
      rows={board.orders}
      columns={columns.orders}
      rowKey={(row) => row.id}
      rowHeight={52}
      onOpen={(row) => open(row.id)}
    />
  );
}

interface BoardColumns {
  orders: Column<Board['orders'][number]>[];
  tasks: Column<Board['tasks'][number]>[];
  plans: Column<Board['plans'][number]>[];
}

function useColumns(): BoardColumns {
  const t = useWords(supervisionText);
  const day = (at: number | null) => (at === null ? '–' : moment(at, serverNow()).slice(0, -3));
  const two = (first: React.ReactNode, second: React.ReactNode) => (
    <span className="order-what">
      <b>{first}</b>
      <span className="faint num">{second}</span>
    </span>
  );
  const wide = 'minmax(0, 1fr)';
  return {
    orders: [
      {
        key: 'level',
        head: t.levelHead,
        width: '72px',
        cell: (row) => (
          <em className={`level level-${row.supervision}`}>{t.level(row.supervision)}</em>
        ),
      },
      {
        key: 'due',
        head: t.until,
        width: '132px',
        wide: true,
        cell: (row) => <DueMark {...row} />,
      },
      {
        key: 'what',
        head: t.parts.orders,
        width: wide,
        cell: (row) => two(row.title, `${row.why} · ${row.number ?? ''}`),
      },
      { key: 'since', head: t.since, width: '110px', wide: true, cell: (row) => day(row.since) },
      {
        key: 'unit',
        head: t.unit,
        width: 'minmax(0, 200px)',
        wide: true,
        cell: (row) => two(row.leadUnit ?? t.hotline, row.responsible ?? ''),
      },
      {
        key: 'hops',
        head: `${t.hops} / ${t.urged}`,
        width: '110px',
        wide: true,
        align: 'right',
        cell: (row) => (
          <span className="num">
            {row.hops} / {row.urged}
          </span>
        ),
      },
    ],
    tasks: [
      { key: 'kind', head: '', width: '80px', cell: (row) => t.kind[row.kind] },
      { key: 'text', head: t.tasks, width: wide, cell: (row) => two(row.text, row.title) },
      {
        key: 'unit',
        head: t.unit,
        width: '180px',
        wide: true,
        cell: (row) => row.unit ?? t.hotline,
      },
      { key: 'by', head: t.givenBy, width: '100px', wide: true, cell: (row) => row.givenBy },
      {
        key: 'due',
        head: t.until,
        width: '120px',
        cell: (row) => (
          <span className="num" data-late={(row.dueAt ?? Infinity) < serverNow()}>
            {day(row.dueAt)}
          </span>
        ),
      },
    ],
    plans: [
      { key: 'what', head: t.parts.plans, width: wide, cell: (row) => two(row.title, row.number) },
      { key: 'plan', head: t.plan, width: wide, wide: true, cell: (row) => row.plan },
      { key: 'unit', head: t.unit, width: '180px', wide: true, cell: (row) => row.leadUnit ?? '–' },
      {
        key: 'review',
        head: t.review,
        width: '120px',
        cell: (row) => (
          <span className="num" data-late={row.reviewAt < serverNow()}>
            {day(row.reviewAt)}
          </span>
        ),
      },
    ],
  };
}
