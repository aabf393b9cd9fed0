import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import Switch from 'antd/es/switch';
import { useState } from 'react';
import type { CallBack } from '../../../../src/calls/schema.ts';
import { get } from '../../net/api.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { useWords } from '../../text/language.ts';
import { useCallBackColumns } from './call-back-columns.tsx';
import { callBacksText } from './call-backs-text.ts';
import './calls.css';

/** Who is to be called back: the longest waiting on top, done ones out of the way. */
export function CallBacksPage() {
  const t = useWords(callBacksText);
  const navigate = useNavigate();
  const [withDone, setWithDone] = useState(false);
  const list = useQuery({
    queryKey: ['call-backs'],
    refetchInterval: 15_000,
    queryFn: () => get<{ rows: CallBack[] }>('/call-backs').then((reply) => reply.rows),
  });
  const columns = useCallBackColumns();
  const narrow = useNarrow();
  const rows = (list.data ?? []).filter((row) => withDone || row.doneAt === null).sort(openFirst);
  const openCount = rows.filter((row) => row.doneAt === null).length;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        {list.data && <span className="page-count num">{t.count(openCount)}</span>}
        <span className="page-count">{t.help}</span>
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
        <Blank title={t.none} help={t.noneHelp} />
      ) : (
        <RowList
          label={t.title}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.callId}
          rowHeight={narrow ? 100 : 56}
          onOpen={(row) => void navigate({ to: '/calls/$callId', params: { callId: row.callId } })}
        />
      )}
    </div>
  );
}

/** Those to be called back as they asked; behind them those who are done with, the latest first. */
function openFirst(a: CallBack, b: CallBack): number {
  if (a.doneAt !== null && b.doneAt !== null) return b.doneAt - a.doneAt;
  return Number(a.doneAt !== null) - Number(b.doneAt !== null) || a.requestedAt - b.requestedAt;
}
