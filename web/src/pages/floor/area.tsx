import type { QueueLive } from '../../../../src/floor/schema.ts';
import { useNow } from '../../net/server-time.ts';
import { CallBackCount } from '../../parts/call-back-count.tsx';
import { span, waitTone } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { type Box, columnsIn, type TileSize } from './layout.ts';
import { mapText } from './map-text.ts';

const mostMarks = 12;

/**
 * Who waits, as marks on the area's upper edge. The stream tells of the longest waiting caller
 * only: that mark grows with the wait and takes its colour, the others are counted.
 */
export function WaitingMarks({ queue }: { queue: QueueLive }) {
  const names = useNames();
  const now = useNow();
  if (queue.longestSince === null) return null;
  const targetMs = names.target(queue.queueId);
  const waitedMs = now - queue.longestSince;
  const share = Math.min(1, Math.max(0, waitedMs) / (4 * targetMs));
  return (
    <span className="waiting-marks" aria-hidden="true">
      <i
        className={`wait-${waitTone(waitedMs, targetMs)}`}
        style={{ width: Math.round(10 + 38 * share) }}
      />
      {Array.from({ length: Math.min(queue.waiting, mostMarks) - 1 }, (_, at) => (
        <i key={at} />
      ))}
    </span>
  );
}

/** How many wait and the longest of them, in the colour of that wait. */
export function WaitingWords({ queue }: { queue: QueueLive }) {
  const t = useWords(mapText);
  const names = useNames();
  const now = useNow();
  if (queue.longestSince === null) return null;
  const targetMs = names.target(queue.queueId);
  const longest = span(now - queue.longestSince);
  return (
    <span
      className={`num area-waiting tone-${waitTone(now - queue.longestSince, targetMs)}`}
      title={t.waitingHelp(longest, span(targetMs))}
    >
      {t.waiting(queue.waiting)} · {longest}
    </span>
  );
}

interface Area {
  queueId: string;
  queue: QueueLive | undefined;
  box: Box;
  tile: TileSize;
  seatCount: number;
  isTarget: boolean;
  children: React.ReactNode;
}

/** One queue's place on the map. */
export function Area(props: Area) {
  const { queueId, queue, box, tile, seatCount } = props;
  const t = useWords(mapText);
  const names = useNames();
  const name = queueId === '' ? t.noQueue : names.queue(queueId);
  const columns = columnsIn(box.width, tile);
  return (
    <section
      className="floor-area"
      data-queue={queueId}
      data-target={props.isTarget}
      style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
    >
      {queue && <WaitingMarks queue={queue} />}
      <header>
        <span className="faint num">{queueId === '' ? '' : names.queueCode(queueId)}</span>
        <h2 className="clip" title={name}>
          {name}
        </h2>
        {queue && <CallBackCount count={queue.callBacks} />}
        {queue && queue.waiting > 0 ? (
          <WaitingWords queue={queue} />
        ) : (
          <span className="faint num area-waiting">{t.seats(seatCount)}</span>
        )}
      </header>
      {seatCount > 0 && (
        <ul
          className={`area-tiles tiles-${tile.kind}`}
          role="listbox"
          aria-multiselectable="true"
          aria-label={t.area(name, seatCount, queue?.waiting ?? 0)}
          style={{
            gridTemplateColumns: `repeat(${columns}, ${tile.width}px)`,
            gridAutoRows: tile.height,
          }}
        >
          {props.children}
        </ul>
      )}
    </section>
  );
}
