import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { MeetingView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { useMe } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { type Fact, FactList } from '../../parts/facts.tsx';
import { day } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { AgendaHead } from './agenda-head.tsx';
import { ChangeMeeting, MeetingChanges } from './meeting-change.tsx';
import { isOver, minuteOf, standingOf, stateOf } from './meeting-state.ts';
import { meetingsText } from './meetings-text.ts';
import { MinutesForm } from './minutes-form.tsx';
import '../orders/orders.css';
import './supervision.css';

/** One joint meeting: called, then minuted here; afterwards how each of its decisions stands. */
export function MeetingPage() {
  const t = useWords(meetingsText);
  const supervises = useMe()?.roles.includes('supervisor') ?? false;
  const { meetingId } = useParams({ from: '/frame/supervision/meetings/$meetingId' });
  const found = useQuery({
    queryKey: ['meeting', meetingId],
    queryFn: () => get<MeetingView>(`/supervision/meetings/${encodeURIComponent(meetingId)}`),
  });
  if (found.isError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const meeting = found.data;
  const mayHold = supervises && !isOver(meeting);
  const state = stateOf(meeting, serverNow());
  const known: Fact[] = [
    [t.at, minuteOf(meeting.at, serverNow())],
    [t.place, meeting.place],
    [t.attendees, meeting.attendees],
    [t.createdBy, meeting.createdBy],
    [t.heldAt, meeting.heldAt === null ? '' : minuteOf(meeting.heldAt, serverNow())],
  ];
  const facts = known.filter(([, value]) => value !== '');
  return (
    <div className="page order-page meeting-page">
      <div className="page-head">
        <Link to="/supervision" search={{ part: 'meetings' }}>
          ← {t.back}
        </Link>
      </div>
      <header className="order-head">
        <h1>{meeting.title}</h1>
        <span className="order-state">{t.state[state]}</span>
      </header>
      <section className="card order-card">
        <FactList className="order-facts" facts={facts} />
        {mayHold && <ChangeMeeting meeting={meeting} />}
      </section>
      <MeetingChanges changes={meeting.changes} />
      {mayHold ? <MinutesForm meeting={meeting} /> : <Outcome meeting={meeting} />}
    </div>
  );
}

/** Minutes and decisions; before the meeting its agenda. */
function Outcome({ meeting: { minutes, orders, heldAt } }: { meeting: MeetingView }) {
  const t = useWords(meetingsText);
  return (
    <>
      {minutes !== null && (
        <section className="card order-card">
          <h2>{t.minutes}</h2>
          <p className="order-content">{minutes}</p>
        </section>
      )}
      <section className="card order-card">
        <h2>{heldAt === null ? t.agenda : t.outcome}</h2>
        <ul className="order-tasks">
          {orders.map((order) => (
            <li key={order.id}>
              <AgendaHead order={order} />
              {heldAt !== null && <Decided order={order} />}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Decided({ order: { decision, task } }: { order: MeetingView['orders'][number] }) {
  const t = useWords(meetingsText);
  if (decision === null) return <p className="faint">{t.noDecision}</p>;
  const standing = task && standingOf(task, serverNow());
  return (
    <>
      <p>
        {standing && (
          <em className={`meeting-standing meeting-${standing}`}>{t.standing[standing]}</em>
        )}
        {decision}
      </p>
      <p className="faint">
        {[task?.unit, task?.dueAt != null && t.by(day(task.dueAt).slice(5))]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {task?.feedback && (
        <blockquote>
          {task.feedback.text} <span className="faint">{task.feedback.person}</span>
        </blockquote>
      )}
    </>
  );
}
