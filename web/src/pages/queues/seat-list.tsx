import Input from 'antd/es/input';
import { useState } from 'react';
import type { SeatLive } from '../../../../src/floor/schema.ts';
import { useMay } from '../../net/queries.ts';
import { markOf } from '../../parts/mark-of.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { floorText } from '../../text/floor-text.ts';
import { span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import type { Mark } from '../../theme.ts';
import { ribbonOrder, seatsByMark } from '../wall/wall-figures.ts';
import { SeatMenu } from './seat-menu.tsx';

/** Seats as small tiles: number, name, what it does and for how long. */
export function SeatList({ seats, now }: { seats: readonly SeatLive[]; now: number }) {
  const t = useWords(floorText);
  const c = useWords(common);
  const [only, setOnly] = useState<Mark | null>(null);
  const [wanted, setWanted] = useState('');
  const counts = seatsByMark(seats);
  const shown = seats
    .map((seat) => ({ seat, mark: markOf(seat.state, seat.reason) }))
    .filter(({ seat, mark }) =>
      only === null ? mark !== 'offline' || wanted !== '' : mark === only && seat !== undefined,
    )
    .filter(({ seat }) => `${seat.seatId} ${seat.agentName ?? ''}`.includes(wanted.trim()))
    .toSorted((a, b) => ribbonOrder.indexOf(a.mark) - ribbonOrder.indexOf(b.mark));
  return (
    <section className="card side-card seat-list">
      <header>
        <h2>{t.seats}</h2>
        <Input
          size="small"
          allowClear
          aria-label={t.findSeat}
          placeholder={t.findSeat}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </header>
      <div className="seat-chips">
        {ribbonOrder.map((mark) => (
          <button
            key={mark}
            type="button"
            className="plain seat-chip"
            aria-pressed={only === mark}
            onClick={() => setOnly(only === mark ? null : mark)}
          >
            <StateMark mark={mark} size={11} /> {c.state[mark]}{' '}
            <b className="num">{counts.get(mark) ?? 0}</b>
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        <p className="faint">{t.noSeats}</p>
      ) : (
        <ul className="seat-tiles" tabIndex={0}>
          {shown.map(({ seat, mark }) => (
            <Tile key={seat.seatId} seat={seat} mark={mark} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Tile({ seat, mark, now }: { seat: SeatLive; mark: Mark; now: number }) {
  const t = useWords(floorText);
  const c = useWords(common);
  const names = useNames();
  const mayLead = useMay('floor.lead');
  const what = seat.reason ? names.reason(seat.reason) : c.state[mark];
  const queue = seat.callQueueId === null ? '' : ` · ${names.queue(seat.callQueueId)}`;
  const said = `${seat.seatName} · ${what}${queue}${seat.reachable ? '' : ` · ${t.unreachable}`}`;
  const tile = (
    <button type="button" className="plain seat-tile-line" disabled={!mayLead} title={said}>
      <StateMark mark={mark} size={12} />
      <span className="clip">
        {seat.agentName ?? '–'} <span className="faint num">{seat.seatId}</span>
      </span>
      {!seat.reachable && <StateMark mark="alert" size={11} />}
      <span className="num soft">{mark === 'offline' ? '' : span(now - seat.since)}</span>
    </button>
  );
  return <li>{mayLead ? <SeatMenu seat={seat}>{tile}</SeatMenu> : tile}</li>;
}
