import { memo } from 'react';
import type { SeatLive } from '../../../../src/floor/schema.ts';
import { useNow } from '../../net/server-time.ts';
import { Icon } from '../../parts/icons.tsx';
import { markOf } from '../../parts/mark-of.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import type { TileKind } from './layout.ts';
import { mapText } from './map-text.ts';

/** Time in state; the only part of a tile that changes by itself. */
function Since({ since }: { since: number }) {
  return <span className="num soft">{span(useNow() - since)}</span>;
}

/** A seat's state in words: its reason where it has one. */
export function useStateWords(): (seat: SeatLive) => string {
  const c = useWords(common);
  const names = useNames();
  return (seat) =>
    seat.reason ? names.reason(seat.reason) : c.state[markOf(seat.state, seat.reason)];
}

interface SeatTile {
  seat: SeatLive;
  kind: TileKind;
  isSelected: boolean;
  /** The one tile that Tab reaches. */
  isCurrent: boolean;
  isLifted: boolean;
  /** The leader who looks at the map is with this seat's talk. */
  isHeard: boolean;
  /** Code of the queue it comes from, while its move is not confirmed. */
  from: string | null;
}

/** A seat on the map. What happens to it is heard by the map, by `data-seat`. */
export const SeatTile = memo(function SeatTile(props: SeatTile) {
  const { seat, kind, from } = props;
  const t = useWords(mapText);
  const stateWords = useStateWords();
  const mark = markOf(seat.state, seat.reason);
  const said = [
    seat.seatId,
    seat.agentName ?? t.nobody,
    stateWords(seat),
    ...(seat.reachable ? [] : [t.unreachable]),
    ...(props.isHeard ? [t.heard] : []),
    ...(from === null ? [] : [t.from(from)]),
  ];
  return (
    <li
      role="option"
      aria-selected={props.isSelected}
      aria-label={said.join(' ')}
      tabIndex={props.isCurrent ? 0 : -1}
      className={`seat-tile tile-${mark}`}
      data-seat={seat.seatId}
      data-lifted={props.isLifted}
      data-moving={from !== null}
    >
      <span className="tile-line">
        <StateMark mark={mark} size={kind === 'dot' ? 9 : 11} />
        <span className="num tile-number">{seat.seatId}</span>
        {!seat.reachable && <StateMark mark="alert" size={9} />}
        {props.isHeard && (
          <span className="tile-heard" title={t.heard}>
            <Icon name="desk" size={12} />
          </span>
        )}
        {kind === 'full' && mark !== 'offline' && <Since since={seat.since} />}
      </span>
      {kind !== 'dot' && (
        <span className="tile-name clip">
          {from === null ? (seat.agentName ?? t.nobody) : <b>{t.from(from)}</b>}
        </span>
      )}
    </li>
  );
});
