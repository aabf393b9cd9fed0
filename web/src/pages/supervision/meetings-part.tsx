import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { MeetingRow } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { useWords } from '../../text/language.ts';
import { meetingOrder, minuteOf, stateOf } from './meeting-state.ts';
import { meetingsText } from './meetings-text.ts';
import { supervisionText } from './supervision-text.ts';

/** Joint meetings (联席会议): those to come, the next one first; then those that were held. */
export function MeetingsPart() {
  const t = useWords(meetingsText);
  const { parts } = useWords(supervisionText);
  const navigate = useNavigate();
  const columns = useColumns();
  const list = useQuery({
    queryKey: ['meetings'],
    queryFn: () => get<{ rows: MeetingRow[] }>('/supervision/meetings').then(({ rows }) => rows),
  });
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  if (list.data.length === 0) return <Blank title={t.none} help={t.noneHelp} />;
  return (
    <RowList
      label={parts.meetings}
      rows={list.data.toSorted(meetingOrder)}
      columns={columns}
      rowKey={(row) => row.id}
      rowHeight={52}
      onOpen={({ id }) =>
        void navigate({ to: '/supervision/meetings/$meetingId', params: { meetingId: id } })
      }
    />
  );
}

function useColumns(): Column<MeetingRow>[] {
  const t = useWords(meetingsText);
  const narrow = useNarrow();
  return [
    {
      key: 'at',
      head: t.at,
      width: narrow ? '84px' : '128px',
      cell: (row) => <span className="num">{minuteOf(row.at, serverNow())}</span>,
    },
    {
      key: 'what',
      head: t.title,
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <span className="order-what">
          <b>{row.title}</b>
          <span className="faint">{[row.place, row.attendees].filter(Boolean).join(' · ')}</span>
        </span>
      ),
    },
    {
      key: 'by',
      head: t.createdBy,
      width: '110px',
      wide: true,
      cell: (row) => row.createdBy,
    },
    {
      key: 'orders',
      head: t.orders,
      width: '72px',
      wide: true,
      align: 'right',
      cell: (row) => <span className="num">{row.orders}</span>,
    },
    {
      key: 'settled',
      head: t.settled,
      width: '120px',
      wide: true,
      align: 'right',
      cell: (row) => (
        <span className="num">{row.heldAt === null ? '–' : `${row.settled} / ${row.decided}`}</span>
      ),
    },
    {
      key: 'state',
      head: '',
      width: narrow ? '72px' : '96px',
      cell: (row) => {
        const state = stateOf(row, serverNow());
        return <span className={`meeting-${state}`}>{t.state[state]}</span>;
      },
    },
  ];
}
