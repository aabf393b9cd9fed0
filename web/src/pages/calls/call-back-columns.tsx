import { Link } from '@tanstack/react-router';
import type { CallBack } from '../../../../src/calls/schema.ts';
import { useMay } from '../../net/queries.ts';
import { serverNow, useNow } from '../../net/server-time.ts';
import type { Column } from '../../parts/row-list.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { callBackFailureWords } from '../../text/call-words.ts';
import { common } from '../../text/common.ts';
import { moment, shortClock, span, startOfDay } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import type { Mark } from '../../theme.ts';
import { CallBackActs } from './call-back-acts.tsx';
import { callBacksText } from './call-backs-text.ts';

const marks: Record<CallBack['state'], Mark> = {
  listed: 'not-ready',
  waiting: 'ringing',
  dialling: 'talking',
  paused: 'hold',
  failed: 'alert',
  reached: 'ready',
  'called-again': 'ready',
  'taken-over': 'ready',
  done: 'ready',
  cancelled: 'offline',
};

/** What the page tells of each; a phone shows the caller and where it stands, the acts below. */
export function useCallBackColumns(): Column<CallBack>[] {
  const t = useWords(callBacksText);
  const c = useWords(common);
  const names = useNames();
  const narrow = useNarrow();
  const mayAct = useMay('floor.lead');
  const columns: Column<CallBack>[] = [
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
      width: narrow ? '118px' : 'minmax(112px, 150px)',
      cell: (row) => (
        <>
          <b className="num">{row.callerMasked || c.withheld}</b>
          <small className="call-back-line faint">{row.isMissed ? t.missed : t.asked}</small>
        </>
      ),
    },
    {
      key: 'queue',
      head: t.queue,
      width: 'minmax(0, 1fr)',
      wide: true,
      cell: (row) => (
        <>
          {names.queue(row.queueId)}
          <small className="call-back-line faint">{c.language[row.language]}</small>
        </>
      ),
    },
    {
      key: 'since',
      head: t.since,
      width: '72px',
      align: 'right',
      wide: true,
      cell: (row) => <Since row={row} />,
    },
    {
      key: 'state',
      head: t.state,
      width: 'minmax(0, 1.6fr)',
      cell: (row) => (
        <>
          <CallBackState row={row} />
          {narrow && mayAct && <CallBackActs row={row} />}
        </>
      ),
    },
  ];
  if (mayAct) {
    columns.push({
      key: 'acts',
      head: t.acts,
      width: '252px',
      align: 'right',
      wide: true,
      cell: (row) => <CallBackActs row={row} />,
    });
  }
  return columns;
}

function Since({ row }: { row: CallBack }) {
  const now = useNow();
  return <span className="num">{span((row.doneAt ?? now) - row.requestedAt)}</span>;
}

/** Where it stands, and below it what was tried and when it is tried again. */
function CallBackState({ row }: { row: CallBack }) {
  const t = useWords(callBacksText);
  const lang = useLanguage((s) => s.lang);
  const names = useNames();
  const isOpen = row.doneAt === null;
  const facts = [
    row.attempts > 0 && t.notReached(row.attempts),
    row.lastFailure !== null &&
      isOpen &&
      t.lastFailure(callBackFailureWords(row.lastFailure, lang)),
    row.nextAt !== null && row.nextAt > serverNow() && t.again(timeOf(row.nextAt)),
    row.doneAt !== null && timeOf(row.doneAt),
    names.person(row.doneBy),
  ].filter((fact) => fact !== false && fact !== '');
  return (
    <>
      <span className={isOpen ? '' : 'soft'}>
        <StateMark mark={marks[row.state]} size={12} /> {t.states[row.state]}
      </span>
      <small className="call-back-line faint num">
        {facts.join(' · ')}
        {row.backId !== null && (
          <>
            {facts.length > 0 && ' · '}
            <Link
              to="/calls/$callId"
              params={{ callId: row.backId }}
              onClick={(event) => event.stopPropagation()}
            >
              {t.seeCall}
            </Link>
          </>
        )}
      </small>
    </>
  );
}

/** To the minute; with the day when it is not today's. */
function timeOf(at: number): string {
  const now = serverNow();
  return startOfDay(at) === startOfDay(now) ? shortClock(at) : moment(at, now).slice(0, -3);
}
