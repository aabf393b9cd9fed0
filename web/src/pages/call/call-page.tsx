import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import type { CallDetail } from '../../../../src/calls/schema.ts';
import { get } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { type Fact, FactList } from '../../parts/facts.tsx';
import { RevealNumber } from '../../parts/reveal-number.tsx';
import { DialBack } from '../../talk/dial-back.tsx';
import { ListenButton } from '../../talk/listen-button.tsx';
import { common } from '../../text/common.ts';
import { moment, span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { CallOutcome, RatingDots } from '../calls/call-columns.tsx';
import { callText } from './call-text.ts';
import { RecordingCard } from './recording-card.tsx';
import { Timeline } from './timeline.tsx';
import { WhyCard } from './why-card.tsx';
import './call.css';

/** One call from the first ring to the last word. */
export function CallPage() {
  const t = useWords(callText);
  const c = useWords(common);
  const router = useRouter();
  const { callId } = useParams({ from: '/frame/calls/$callId' });
  const call = useQuery({
    queryKey: ['call', callId],
    queryFn: () => get<CallDetail>(`/calls/${encodeURIComponent(callId)}`),
    refetchInterval: (query) => (query.state.data?.endedAt === null ? 3_000 : false),
  });
  if (call.isError) return <Failure error={call.error} retry={() => void call.refetch()} />;
  if (!call.data) return <Waiting />;
  const row = call.data;
  return (
    <div className="page call-page">
      <div className="page-head">
        <Link
          to="/calls"
          onClick={(event) => {
            // Back to the list as it was filtered, when that is where one came from.
            if (!router.history.canGoBack()) return;
            event.preventDefault();
            router.history.back();
          }}
        >
          ← {t.back}
        </Link>
      </div>
      <header className="call-head">
        <h1 className="num">{row.callerMasked || c.withheld}</h1>
        {row.callerMasked !== '' && <RevealNumber path={`/calls/${row.id}`} />}
        <span className="num soft">{moment(row.arrivedAt, serverNow())}</span>
        <span className="call-outcome">
          <CallOutcome row={row} />
        </span>
        {row.rating !== null && <RatingDots score={row.rating} />}
        {row.endedAt !== null && row.callerMasked !== '' && <DialBack callId={row.id} />}
        {row.seatId !== null && row.stage === 'conversation' && row.endedAt === null && (
          <ListenButton seatId={row.seatId} />
        )}
      </header>
      <div className="call-columns">
        <div className="call-right">
          <WhyCard callId={row.id} ended={row.endedAt !== null} />
          <Timeline steps={row.steps} arrivedAt={row.arrivedAt} />
        </div>
        <div className="call-right">
          <RecordingCard call={row} />
          <section className="card call-card">
            <h2>{t.note}</h2>
            <p className={row.note ? 'call-note' : 'faint'}>{row.note || t.noNote}</p>
          </section>
          <Facts row={row} />
        </div>
      </div>
    </div>
  );
}

/** The way to the call whose caller is called back in this one. */
function EarlierCall({ id }: { id: string }) {
  const t = useWords(callText);
  return (
    <Link to="/calls/$callId" params={{ callId: id }}>
      {t.earlierCall}
    </Link>
  );
}

/** The way to the order a unit's officer called about. */
function OrderLink({ id }: { id: string }) {
  const t = useWords(callText);
  return (
    <Link to="/orders/$orderId" params={{ orderId: id }}>
      {t.itsOrder}
    </Link>
  );
}

function Facts({ row }: { row: CallDetail }) {
  const t = useWords(callText);
  const c = useWords(common);
  const names = useNames();
  const lasted = (ms: number | null) => (ms === null ? '–' : span(ms));
  const facts: Fact[] = [
    [t.queue, names.queue(row.queueId) || '–'],
    [t.agent, row.agentId === null ? '–' : `${names.person(row.agentId)}  ${row.seatId ?? ''}`],
    ...(row.callBackOf === null
      ? []
      : [[t.callBackOf, <EarlierCall key="of" id={row.callBackOf} />] satisfies Fact]),
    ...(row.orderId === null
      ? []
      : [[t.order, <OrderLink key="order" id={row.orderId} />] satisfies Fact]),
    [t.choice, names.choice(row.choice) || '–'],
    [t.entry, names.entry(row.entryId)],
    [t.dialled, row.dialled],
    [t.language, c.language[row.language]],
    [t.waited, lasted(row.waitedMs)],
    [t.ring, lasted(row.ringMs)],
    [t.talk, lasted(row.talkMs)],
    [t.held, lasted(row.heldMs)],
    [t.result, names.result(row.resultCode) || '–'],
    [t.rating, row.rating === null ? (row.ratingAsked ? t.notRated : '–') : c.rating[row.rating]],
  ];
  return (
    <section className="card call-card">
      <h2>{t.facts}</h2>
      <FactList className="call-facts" facts={facts} />
      <p className="faint call-id">
        {t.id} <span className="num">{row.id}</span>
      </p>
    </section>
  );
}
