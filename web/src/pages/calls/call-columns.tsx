import type { CallRow } from '../../../../src/calls/schema.ts';
import { serverNow, useNow } from '../../net/server-time.ts';
import type { Column } from '../../parts/row-list.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { endingMark, endingWords, stageWords } from '../../text/call-words.ts';
import { common } from '../../text/common.ts';
import { moment, span, waitTone } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { callsText } from './calls-text.ts';

/** How a call ended, or where it stands while it lives. */
export function CallOutcome({ row }: { row: CallRow }) {
  const lang = useLanguage((s) => s.lang);
  if (row.ending !== null) {
    return (
      <>
        <StateMark mark={endingMark(row.ending)} size={12} /> {endingWords(row.ending, lang)}
      </>
    );
  }
  const mark = row.connectedAt !== null ? 'talking' : 'ringing';
  return (
    <b>
      <StateMark mark={mark} size={12} /> {stageWords(row.stage, lang)}
    </b>
  );
}

/** Time waited in the queue, counting while the caller still waits. */
function Waited({ row }: { row: CallRow }) {
  const target = useNames().target(row.queueId);
  const waiting = row.ending === null && row.connectedAt === null && row.queuedAt !== null;
  if (waiting && row.queuedAt !== null) return <Counting since={row.queuedAt} target={target} />;
  if (row.waitedMs === null) return <span className="faint">–</span>;
  return <Tone ms={row.waitedMs} target={target} />;
}

/** Time talked, counting while they talk. */
function Talked({ row }: { row: CallRow }) {
  if (row.talkMs !== null) return <span className="num">{span(row.talkMs)}</span>;
  if (row.ending !== null || row.connectedAt === null) return <span className="faint">–</span>;
  return <Counting since={row.connectedAt} target={Number.POSITIVE_INFINITY} />;
}

function Counting({ since, target }: { since: number; target: number }) {
  return <Tone ms={useNow() - since} target={target} />;
}

function Tone({ ms, target }: { ms: number; target: number }) {
  const tone = waitTone(ms, target);
  return <span className={`num tone-${tone}`}>{span(ms)}</span>;
}

export function useCallColumns(): Column<CallRow>[] {
  const t = useWords(callsText);
  const c = useWords(common);
  const names = useNames();
  return [
    {
      key: 'time',
      head: t.time,
      width: '116px',
      cell: (row) => <span className="num">{moment(row.arrivedAt, serverNow())}</span>,
    },
    {
      key: 'caller',
      head: t.caller,
      width: 'minmax(112px, .8fr)',
      cell: (row) => <span className="num">{row.callerMasked || c.withheld}</span>,
    },
    {
      key: 'queue',
      head: t.queue,
      width: 'minmax(0, 1fr)',
      cell: (row) => names.queue(row.queueId),
      wide: true,
    },
    {
      key: 'agent',
      head: t.agent,
      width: 'minmax(0, .9fr)',
      wide: true,
      cell: (row) =>
        row.agentId === null ? (
          <span className="faint">–</span>
        ) : (
          <>
            {names.person(row.agentId)} <span className="faint num">{row.seatId}</span>
          </>
        ),
    },
    {
      key: 'waited',
      head: t.waited,
      width: '64px',
      align: 'right',
      wide: true,
      cell: (row) => <Waited row={row} />,
    },
    {
      key: 'talk',
      head: t.talk,
      width: '64px',
      align: 'right',
      wide: true,
      cell: (row) => <Talked row={row} />,
    },
    {
      key: 'ending',
      head: t.ending,
      width: 'minmax(104px, 1fr)',
      cell: (row) => <CallOutcome row={row} />,
    },
    {
      key: 'rating',
      head: t.rating,
      width: '88px',
      wide: true,
      cell: (row) => <RatingDots score={row.rating} />,
    },
    {
      key: 'result',
      head: t.result,
      width: 'minmax(0, .8fr)',
      wide: true,
      cell: (row) => names.result(row.resultCode) || <span className="faint">–</span>,
    },
  ];
}

/** A rating as five small bars and its number; a low one is red. */
export function RatingDots({ score }: { score: number | null }) {
  const c = useWords(common);
  if (score === null) return <span className="faint">–</span>;
  return (
    <span className={score <= 2 ? 'rating tone-alert' : 'rating'} title={c.rating[score]}>
      <b className="num">{score}</b>
      <span className="rating-bars" aria-hidden="true">
        {[1, 2, 3, 4, 5].map((at) => (
          <i key={at} data-on={at <= score} />
        ))}
      </span>
    </span>
  );
}
