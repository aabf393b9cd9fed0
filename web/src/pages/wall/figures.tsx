import type { Floor } from '../../../../src/floor/schema.ts';
import { floorText } from '../../text/floor-text.ts';
import { percent, span, waitTone } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { connectTarget, longestQueue, waitingNow } from './wall-figures.ts';

/** The four figures a hall reads from ten metres. */
export function WallFigures({ floor, now }: { floor: Floor; now: number }) {
  const t = useWords(floorText);
  const names = useNames();
  const waiting = waitingNow(floor);
  const busy = floor.queues.filter((queue) => queue.waiting > 0).length;
  const longest = longestQueue(floor);
  const longestMs = longest === null ? 0 : now - longest.since;
  const tone = longest === null ? 'calm' : waitTone(longestMs, names.target(longest.queueId));
  const { offered, answered, answeredInTime } = floor.today;
  return (
    <div className="wall-figures">
      <Figure
        name={t.waiting}
        value={String(waiting)}
        foot={waiting === 0 ? t.nobody : t.inQueues(busy)}
      />
      <Figure
        name={t.longest}
        value={longest === null ? '–' : span(longestMs)}
        foot={longest === null ? t.nobody : names.queue(longest.queueId)}
        tone={tone}
      />
      <Figure
        name={t.inTime}
        value={percent(answeredInTime, offered)}
        foot={`${t.today} · ${t.target('95%')}`}
        share={offered === 0 ? undefined : answeredInTime / offered}
      />
      <Figure
        name={t.connect}
        value={percent(answered, offered)}
        foot={`${t.today} · ${t.target('95%')}`}
        share={offered === 0 ? undefined : answered / offered}
      />
    </div>
  );
}

function Figure(props: {
  name: string;
  value: string;
  foot: string;
  tone?: 'calm' | 'warn' | 'alert';
  share?: number | undefined;
}) {
  const below = props.share !== undefined && props.share < connectTarget;
  const tone = props.tone ?? (below ? 'warn' : 'calm');
  const unit = props.value.endsWith('%') ? '%' : '';
  return (
    <section className="wall-figure" data-tone={tone}>
      <h2>{props.name}</h2>
      <p className="wall-value num">
        {unit ? props.value.slice(0, -1) : props.value}
        {unit && <small>{unit}</small>}
      </p>
      {props.share !== undefined && (
        <span className="wall-share" aria-hidden="true">
          <i style={{ width: `${shareOnBar(props.share)}%` }} />
          <b style={{ left: `${shareOnBar(connectTarget)}%` }} />
        </span>
      )}
      <p className="wall-foot">{props.foot}</p>
    </section>
  );
}

/** The bar shows 80 … 100 %, where the difference lies. */
function shareOnBar(share: number): number {
  return Math.max(0, Math.min(100, (share - 0.8) * 500));
}
