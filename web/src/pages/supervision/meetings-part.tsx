import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MeetingView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { supervisionText } from './supervision-text.ts';

/** Joint meetings (联席会议), the latest first, with what was decided on each order. */
export function MeetingsPart() {
  const t = useWords(supervisionText);
  const list = useQuery({
    queryKey: ['meetings'],
    queryFn: () => get<{ rows: MeetingView[] }>('/supervision/meetings').then(({ rows }) => rows),
  });
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  if (list.data.length === 0) return <Blank title={t.empty} help="" />;
  return (
    <div className="meetings">
      {list.data.map((meeting) => (
        <section key={meeting.id} className="card order-card">
          <div className="progress-head">
            <h2>{meeting.title}</h2>
            <span className="order-state">{meeting.heldAt === null ? t.planned : t.held}</span>
          </div>
          <p className="soft">
            <span className="num">{moment(meeting.at, serverNow()).slice(0, -3)}</span> · {t.place}{' '}
            {meeting.place} · {t.attendees} {meeting.attendees}
          </p>
          {meeting.minutes !== null && <p>{meeting.minutes}</p>}
          <ul className="order-tasks">
            {meeting.orders.map((order) => (
              <li key={order.id}>
                <Link to="/orders/$orderId" params={{ orderId: order.id }}>
                  {order.title}
                </Link>{' '}
                <span className="num faint">{order.number}</span>
                <p className={order.decision === null ? 'faint' : ''}>
                  {order.decision ?? t.noDecision}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
