import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Seat } from '../../../../src/seats/schema.ts';
import { get } from '../../net/api.ts';
import { useMay } from '../../net/queries.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { adminText } from './admin-text.ts';
import { SeatDrawer } from './seat-drawer.tsx';
import './admin.css';

/** Seats: where they are, what phone stands there, which queues ring. */
export function SeatsPage() {
  const t = useWords(adminText);
  const navigate = useNavigate();
  const { open } = useSearch({ from: '/frame/seats' });
  const mayChange = useMay('seats.change');
  const [wanted, setWanted] = useState('');
  const seats = useQuery({
    queryKey: ['seats'],
    queryFn: () => get<{ rows: Seat[] }>('/seats').then((reply) => reply.rows),
  });
  const columns = useColumns();
  const goTo = (id: string | undefined) =>
    void navigate({ to: '/seats', search: id === undefined ? {} : { open: id }, replace: true });
  const rows = (seats.data ?? []).filter((seat) =>
    `${seat.id} ${seat.name}`.includes(wanted.trim()),
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.seats}</h1>
        {seats.data && <span className="page-count num">{t.seatCount(rows.length)}</span>}
        <div className="page-actions">
          <Input
            allowClear
            className="find"
            aria-label={t.findSeat}
            placeholder={t.findSeat}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
          {mayChange && (
            <Button type="primary" onClick={() => goTo('new')}>
              {t.newSeat}
            </Button>
          )}
        </div>
      </div>
      {seats.isError ? (
        <Failure error={seats.error} retry={() => void seats.refetch()} />
      ) : seats.isPending ? (
        <Waiting rows={10} />
      ) : rows.length === 0 ? (
        <Blank title={t.noSeats} />
      ) : (
        <RowList
          label={t.seats}
          rows={rows}
          columns={columns}
          rowKey={(seat) => seat.id}
          {...(mayChange && { onOpen: (seat: Seat) => goTo(seat.id) })}
        />
      )}
      {open !== undefined && seats.data && (
        <SeatDrawer
          key={open}
          seat={seats.data.find((seat) => seat.id === open)}
          onClose={() => goTo(undefined)}
        />
      )}
    </div>
  );
}

function useColumns(): Column<Seat>[] {
  const t = useWords(adminText);
  const names = useNames();
  return [
    { key: 'id', head: t.seatId, width: '72px', cell: (seat) => <b className="num">{seat.id}</b> },
    { key: 'name', head: t.seatName, width: 'minmax(0, .8fr)', cell: (seat) => seat.name },
    {
      key: 'phone',
      head: t.phone,
      width: 'minmax(0, .8fr)',
      wide: true,
      cell: (seat) => t[seat.phone],
    },
    {
      key: 'queues',
      head: t.queues,
      width: 'minmax(0, 2.4fr)',
      wide: true,
      cell: (seat) =>
        seat.queues
          .toSorted((a, b) => a.level - b.level)
          .map(({ queueId, level }) => `${names.queue(queueId)} ${t.shortLevel(level)}`)
          .join(' · '),
    },
    {
      key: 'state',
      head: t.state,
      width: '100px',
      cell: (seat) => (
        <span className={seat.enabled ? 'soft' : 'faint'}>
          <StateMark mark={seat.enabled ? 'ready' : 'offline'} size={12} />{' '}
          {seat.enabled ? t.enabled : t.seatDisabled}
        </span>
      ),
    },
  ];
}
