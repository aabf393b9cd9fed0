import { useState } from 'react';
import { Overlay } from '../../frame/overlay.tsx';
import { useNow } from '../../net/server-time.ts';
import { markOf } from '../../parts/mark-of.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { WaitingMarks, WaitingWords } from './area.tsx';
import { mapText } from './map-text.ts';
import type { Move } from './moves.ts';
import { SeatPanel } from './seat-card.tsx';
import type { Standing } from './standing.ts';

interface FloorList {
  /** The seat an alert leads to. */
  opened: string | undefined;
  areas: readonly Standing[];
  moves: ReadonlyMap<string, Move>;
  onAsk: (seatIds: readonly string[]) => void;
}

/** The floor on a phone: queue by queue, a tap opens a seat. */
export function FloorList({ opened, areas, moves, onAsk }: FloorList) {
  const t = useWords(mapText);
  const names = useNames();
  const now = useNow();
  const [openId, setOpenId] = useState(opened ?? null);
  const open = areas.flatMap(({ seats }) => seats).find(({ seatId }) => seatId === openId);
  return (
    <div className="floor-list">
      {areas.map(({ queueId, queue, seats }) => (
        <section key={queueId} className="card">
          {queue && <WaitingMarks queue={queue} />}
          <header>
            <span className="faint num">{queueId === '' ? '' : names.queueCode(queueId)}</span>
            <h2 className="clip">{queueId === '' ? t.noQueue : names.queue(queueId)}</h2>
            {queue && <WaitingWords queue={queue} />}
            <span className="faint num">{t.seats(seats.length)}</span>
          </header>
          <ul>
            {seats.map((seat) => {
              const move = moves.get(seat.seatId);
              return (
                <li key={seat.seatId}>
                  <button type="button" className="plain" onClick={() => setOpenId(seat.seatId)}>
                    <StateMark mark={markOf(seat.state, seat.reason)} size={12} />
                    <span className="num">{seat.seatId}</span>
                    <span className="clip">{seat.agentName ?? t.nobody}</span>
                    {!seat.reachable && <StateMark mark="alert" size={11} />}
                    <span className="num soft">
                      {move !== undefined && <b>{t.from(names.queueCode(move.from))}</b>}
                      {move === undefined && seat.state !== 'offline' && span(now - seat.since)}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      {open && (
        <Overlay label={`${open.seatId} ${open.agentName ?? ''}`} onClose={() => setOpenId(null)}>
          <div className="seat-sheet">
            <SeatPanel
              seat={open}
              onDone={() => setOpenId(null)}
              onMove={() => {
                setOpenId(null);
                onAsk([open.seatId]);
              }}
            />
          </div>
        </Overlay>
      )}
    </div>
  );
}
