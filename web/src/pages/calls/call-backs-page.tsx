import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Switch from 'antd/es/switch';
import { useState } from 'react';
import type { CallBack } from '../../../../src/calls/schema.ts';
import { get, post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { moment, span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { callsText } from './calls-text.ts';

/** Who asked to be called back: the longest waiting on top, done ones out of the way. */
export function CallBacksPage() {
  const t = useWords(callsText);
  const navigate = useNavigate();
  const [withDone, setWithDone] = useState(false);
  const list = useQuery({
    queryKey: ['call-backs'],
    refetchInterval: 15_000,
    queryFn: () => get<{ rows: CallBack[] }>('/call-backs').then((reply) => reply.rows),
  });
  const columns = useColumns();
  const rows = (list.data ?? [])
    .filter((row) => withDone || row.doneAt === null)
    .sort(
      (a, b) =>
        Number(a.doneAt !== null) - Number(b.doneAt !== null) || a.requestedAt - b.requestedAt,
    );
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.callBacks}</h1>
        {list.data && <span className="page-count num">{rows.length}</span>}
        <span className="page-count">{t.callBacksHelp}</span>
        <label className="page-actions" style={{ alignItems: 'center' }}>
          <Switch size="small" checked={withDone} onChange={setWithDone} aria-label={t.showDone} />
          {t.showDone}
        </label>
      </div>
      {list.isError ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Waiting />
      ) : rows.length === 0 ? (
        <Blank title={t.noCallBacks} help={t.noCallBacksHelp} />
      ) : (
        <RowList
          label={t.callBacks}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.callId}
          rowHeight={44}
          onOpen={(row) => void navigate({ to: '/calls/$callId', params: { callId: row.callId } })}
        />
      )}
    </div>
  );
}

function useColumns(): Column<CallBack>[] {
  const t = useWords(callsText);
  const c = useWords(common);
  const names = useNames();
  return [
    {
      key: 'at',
      head: t.requested,
      width: '116px',
      wide: true,
      cell: (row) => <span className="num">{moment(row.requestedAt, serverNow())}</span>,
    },
    {
      key: 'caller',
      head: t.caller,
      width: 'minmax(112px, 1fr)',
      cell: (row) => <b className="num">{row.callerMasked || c.withheld}</b>,
    },
    {
      key: 'queue',
      head: t.queue,
      width: 'minmax(0, 1fr)',
      wide: true,
      cell: (row) => names.queue(row.queueId),
    },
    {
      key: 'language',
      head: t.language,
      width: '80px',
      wide: true,
      cell: (row) => c.language[row.language],
    },
    {
      key: 'since',
      head: t.since,
      width: '72px',
      align: 'right',
      cell: (row) => (
        <span className="num">{span((row.doneAt ?? serverNow()) - row.requestedAt)}</span>
      ),
    },
    {
      key: 'done',
      head: t.state,
      width: '132px',
      align: 'right',
      cell: (row) => <DoneCell row={row} />,
    },
  ];
}

function DoneCell({ row }: { row: CallBack }) {
  const t = useWords(callsText);
  const attempt = useTry();
  const done = useMutation({
    mutationFn: () => post(`/call-backs/${row.callId}/done`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['call-backs'] }),
  });
  if (row.doneAt !== null) {
    return (
      <span className="soft">
        <StateMark mark="ready" size={12} /> {t.done}
      </span>
    );
  }
  return (
    <Button
      size="small"
      loading={done.isPending}
      onClick={(event) => {
        event.stopPropagation();
        attempt(() => done.mutateAsync());
      }}
    >
      {t.markDone}
    </Button>
  );
}
