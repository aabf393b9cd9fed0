import type { QueueLive } from '../../../../src/floor/schema.ts';
import { CallBackCount } from '../../parts/call-back-count.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { floorText } from '../../text/floor-text.ts';
import { percent, span, waitTone } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { rowsFor } from './wall-figures.ts';

/** Queues as rows; the bar is the longest wait on a scale to four times the target. */
export function WallQueues({ queues, now }: { queues: readonly QueueLive[]; now: number }) {
  const t = useWords(floorText);
  const { rows, hidden } = rowsFor(queues, 14);
  return (
    <section className="wall-queues" aria-label={t.queues}>
      <p className="wall-row wall-row-head" aria-hidden="true">
        <span>{t.queue}</span>
        <span>{t.waitingShort}</span>
        <span />
        <span>{t.longest}</span>
        <span>{t.ready}</span>
        <span>{t.inTimeShort}</span>
      </p>
      <ul style={{ '--rows': rows.length } as React.CSSProperties}>
        {rows.map((queue) => (
          <QueueRow key={queue.queueId} queue={queue} now={now} />
        ))}
      </ul>
      {hidden > 0 && <p className="wall-foot">{t.others(hidden)}</p>}
    </section>
  );
}

function QueueRow({ queue, now }: { queue: QueueLive; now: number }) {
  const names = useNames();
  const target = names.target(queue.queueId);
  const waitedMs = queue.longestSince === null ? 0 : now - queue.longestSince;
  const tone = waitTone(waitedMs, target);
  const quiet = queue.waiting === 0;
  return (
    <li className="wall-row num" data-tone={tone} data-quiet={quiet}>
      <span className="wall-queue">
        <span className="clip">{names.queue(queue.queueId)}</span>
        <CallBackCount count={queue.callBacks} />
      </span>
      <b>{queue.waiting}</b>
      <span className="wall-bar" aria-hidden="true">
        <i style={{ width: `${Math.min(100, (waitedMs / (target * 4)) * 100)}%` }} />
        <b />
      </span>
      <span className="wall-longest">{quiet ? '–' : span(waitedMs)}</span>
      <span className="wall-ready">
        <StateMark mark={queue.seats.ready > 0 ? 'ready' : 'offline'} /> {queue.seats.ready}
      </span>
      <span>{percent(queue.today.answeredInTime, queue.today.offered)}</span>
    </li>
  );
}
