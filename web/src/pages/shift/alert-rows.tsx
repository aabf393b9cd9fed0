import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import type { AlertRow } from '../../../../src/leading/schema.ts';
import { alertWords, wayTo } from '../../frame/alert-words.ts';
import { post } from '../../net/api.ts';
import { refresh } from '../../net/leading.ts';
import { useNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { moment, span } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';

/** Alerts with the way to the place to act, and the word that somebody has seen them. */
export function AlertRows({ rows }: { rows: readonly AlertRow[] }) {
  return (
    <ul className="shift-rows alert-rows" tabIndex={0}>
      {rows.map((row) => (
        <AlertLine key={row.id} row={row} />
      ))}
    </ul>
  );
}

function AlertLine({ row }: { row: AlertRow }) {
  const t = useWords(leadingText);
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  const now = useNow();
  const attempt = useTry();
  const isOver = row.overAt !== null;
  const acknowledge = () =>
    attempt(() =>
      post('/floor/alerts/acknowledge', { ids: [row.id] }).then(() => refresh('alerts')),
    );
  return (
    <li data-quiet={isOver || row.acknowledgedAt !== null}>
      <StateMark mark={isOver ? 'offline' : 'alert'} size={13} />
      <span className="shift-what">
        <span>
          {alertWords(row, lang)}
          {row.queueId !== null && <span className="soft"> · {names.queue(row.queueId)}</span>}
        </span>
        <small className="faint num">
          {moment(row.at, now).slice(0, -3)}
          {row.overAt !== null && ` · ${t.over} ${span(row.overAt - row.at)}`}
          {row.acknowledgedBy !== null && ` · ${t.seenBy(row.acknowledgedBy)}`}
        </small>
      </span>
      <span className="shift-acts">
        <Place row={row} />
        {!isOver && row.acknowledgedAt === null && (
          <Button size="small" onClick={acknowledge}>
            {t.seen}
          </Button>
        )}
      </span>
    </li>
  );
}

/** One click to where something can be done about it. */
function Place({ row }: { row: AlertRow }) {
  const t = useWords(leadingText);
  const way = wayTo(row);
  switch (way?.to) {
    case 'queue':
      return (
        <Link to="/queues" search={{ waiting: way.id }}>
          {t.goQueue}
        </Link>
      );
    case 'call-backs':
      return <Link to="/call-backs">{t.goCallBacks}</Link>;
    case 'seat':
      return (
        <Link to="/floor" search={{ seat: way.id }}>
          {t.goSeat}
        </Link>
      );
    case 'call':
      return (
        <Link to="/calls/$callId" params={{ callId: way.id }}>
          {t.goCall}
        </Link>
      );
    default:
      return null;
  }
}
