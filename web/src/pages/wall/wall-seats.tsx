import type { SeatLive } from '../../../../src/floor/schema.ts';
import { markOf } from '../../parts/mark-of.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { floorText } from '../../text/floor-text.ts';
import { useWords } from '../../text/language.ts';
import { ribbonOrder, seatsByMark } from './wall-figures.ts';

/** All signed-in seats as one ribbon, sorted by what they do. */
export function WallSeats({ seats }: { seats: readonly SeatLive[] }) {
  const t = useWords(floorText);
  const c = useWords(common);
  const counts = seatsByMark(seats);
  const signedIn = seats
    .map((seat) => ({ id: seat.seatId, mark: markOf(seat.state, seat.reason) }))
    .filter((seat) => seat.mark !== 'offline')
    .toSorted((a, b) => ribbonOrder.indexOf(a.mark) - ribbonOrder.indexOf(b.mark));
  return (
    <section className="wall-seats" aria-label={t.seats}>
      <div className="wall-ribbon" aria-hidden="true">
        {signedIn.map((seat) => (
          <i key={seat.id} style={{ background: `var(--w-${seat.mark})` }} />
        ))}
      </div>
      <ul>
        <li className="wall-all">{t.seatLine(signedIn.length)}</li>
        {ribbonOrder.map((mark) => (
          <li key={mark} data-none={(counts.get(mark) ?? 0) === 0}>
            <StateMark mark={mark} /> {c.state[mark]} <b className="num">{counts.get(mark) ?? 0}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
