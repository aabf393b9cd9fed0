import { Link } from '@tanstack/react-router';
import type { QueueLive } from '../../../../src/floor/schema.ts';
import { CallBackCount } from '../../parts/call-back-count.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { floorText } from '../../text/floor-text.ts';
import { percent, span, startOfDay, waitTone } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';

/** All queues at one glance; each figure opens the calls behind it. */
export function QueueTable({ queues, now }: { queues: readonly QueueLive[]; now: number }) {
  const t = useWords(floorText);
  return (
    <section className="card queue-table" tabIndex={0} aria-label={t.queues}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.queue}</th>
            <th scope="col">{t.waitingShort}</th>
            <th scope="col">{t.longest}</th>
            <th scope="col">
              <StateMark mark="ready" size={11} /> {t.ready}
            </th>
            <th scope="col">
              <StateMark mark="talking" size={11} /> {t.talking}
            </th>
            <th scope="col">
              <StateMark mark="wrap-up" size={11} /> {t.wrapUp}
            </th>
            <th scope="col">
              <StateMark mark="not-ready" size={11} /> {t.notReady}
            </th>
            <th scope="col" title={t.define.offered}>
              {t.offered}
            </th>
            <th scope="col" title={t.define.abandoned}>
              {t.abandoned}
            </th>
            <th scope="col" title={t.define.inTime}>
              {t.inTimeShort}
            </th>
            <th scope="col" title={t.define.connect}>
              {t.connect}
            </th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <QueueRow key={queue.queueId} queue={queue} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function QueueRow({ queue, now }: { queue: QueueLive; now: number }) {
  const names = useNames();
  const from = startOfDay(now);
  const id = queue.queueId;
  const waitedMs = queue.longestSince === null ? null : now - queue.longestSince;
  const tone = waitedMs === null ? 'calm' : waitTone(waitedMs, names.target(id));
  const { seats, today } = queue;
  const low = today.offered > 0 && today.answered / today.offered < 0.95;
  return (
    <tr data-busy={queue.waiting > 0}>
      <th scope="row">
        <span className="faint num">{names.queueCode(id)}</span> {names.queue(id)}
      </th>
      <td>
        {queue.waiting === 0 ? (
          <span className="faint">0</span>
        ) : (
          <Link to="/queues" search={{ waiting: id }}>
            <b>{queue.waiting}</b>
          </Link>
        )}
        <CallBackCount count={queue.callBacks} />
      </td>
      <td className={`tone-${tone}`}>{waitedMs === null ? '' : <b>{span(waitedMs)}</b>}</td>
      <td className={seats.ready === 0 && queue.waiting > 0 ? 'tone-alert' : ''}>{seats.ready}</td>
      <td>{seats.talking + seats.ringing}</td>
      <td>{seats.wrapUp}</td>
      <td>{seats.notReady}</td>
      <td>
        <Link to="/calls" search={{ queue: id, from }}>
          {today.offered}
        </Link>
      </td>
      <td>
        <Link to="/calls" search={{ queue: id, from, class: 'abandoned' }}>
          {today.abandoned}
        </Link>
      </td>
      <td>{percent(today.answeredInTime, today.offered)}</td>
      <td className={low ? 'tone-warn' : ''}>{percent(today.answered, today.offered)}</td>
    </tr>
  );
}
