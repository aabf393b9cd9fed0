import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { CallPage, CallRow } from '../../../../src/calls/schema.ts';
import { get } from '../../net/api.ts';
import { useDesk } from '../../net/desk-store.ts';
import { useMay, useMe } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { endingMark, endingWords } from '../../text/call-words.ts';
import { shortClock, span, startOfDay } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { callQuery } from '../calls/call-search.ts';
import { deskText } from './desk-text.ts';

/** Between two calls: what I did today. */
export function MyDay() {
  const t = useWords(deskText);
  const me = useMe();
  const state = useDesk((s) => s.desk?.state);
  const may = useMay('calls.read-own', 'calls.read-all');
  const from = startOfDay(serverNow());
  const day = useQuery({
    queryKey: ['my-day', me?.id, from],
    enabled: may,
    queryFn: () =>
      get<CallPage>(`/calls${callQuery({ from, agent: me?.id ?? '' }, { limit: '100' })}`),
  });
  const { refetch } = day;
  useEffect(() => {
    if (may && (state === 'ready' || state === 'not-ready')) void refetch();
  }, [state, may, refetch]);
  if (day.isError) return <Failure error={day.error} retry={() => void day.refetch()} />;
  const rows = (day.data?.rows ?? []).filter((row) => row.connectedAt !== null);
  const talkMs = rows.reduce((sum, row) => sum + (row.talkMs ?? 0), 0);
  const ratings = rows.flatMap((row) => row.rating ?? []);
  const mean = ratings.reduce((sum, score) => sum + score, 0) / ratings.length;
  const figures: [string, string][] = [
    [t.answered, day.data ? String(rows.length) : '–'],
    [t.talkTime, rows.length ? span(talkMs) : '–'],
    [t.meanTalk, rows.length ? span(talkMs / rows.length) : '–'],
    [t.meanRating, ratings.length ? mean.toFixed(1) : '–'],
  ];
  return (
    <section className="desk-note" aria-label={t.todayTitle}>
      <header className="desk-title">
        <h2>{t.todayTitle}</h2>
      </header>
      <dl className="my-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      <h2 className="my-recent">{t.recent}</h2>
      {day.isPending && may ? (
        <Waiting />
      ) : rows.length === 0 ? (
        <Blank title={t.noneToday} help={t.noneTodayHelp} />
      ) : (
        <ul className="my-calls">
          {rows.slice(0, 30).map((row) => (
            <MyCall key={row.id} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

function MyCall({ row }: { row: CallRow }) {
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  return (
    <li>
      <Link to="/calls/$callId" params={{ callId: row.id }} className="my-call">
        <span className="num">{shortClock(row.arrivedAt)}</span>
        <span className="num">{row.callerMasked}</span>
        <span className="clip">{names.queue(row.queueId)}</span>
        <span className="clip soft">{names.result(row.resultCode)}</span>
        <span className="num">{span(row.talkMs ?? 0)}</span>
        <span className="my-end" title={endingWords(row.ending, lang)}>
          <StateMark mark={endingMark(row.ending)} size={12} />
          {row.rating !== null && <b className="num">{row.rating}</b>}
        </span>
      </Link>
    </li>
  );
}
