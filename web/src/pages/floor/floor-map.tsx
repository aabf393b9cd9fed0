import { useMemo, useRef } from 'react';
import { useDesk } from '../../net/desk-store.ts';
import { useTry } from '../../parts/said.tsx';
import { listenTo } from '../../talk/use-monitor.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { Area } from './area.tsx';
import { layFloor, type Spot, spotsOf } from './layout.ts';
import { mapText } from './map-text.ts';
import type { Move } from './moves.ts';
import { SeatCard } from './seat-card.tsx';
import { SeatTile } from './seat-tile.tsx';
import type { Standing } from './standing.ts';
import { useMapHand } from './use-map-hand.ts';
import { useRoom } from './use-room.ts';

interface FloorMap {
  areas: readonly Standing[];
  moves: ReadonlyMap<string, Move>;
  selected: ReadonlySet<string>;
  /** The seat whose card is open from the start. */
  opened?: string | undefined;
  onSelect: (seatIds: ReadonlySet<string>) => void;
  /** Ask where these seats shall go. */
  onAsk: (seatIds: readonly string[]) => void;
  onMove: (seatIds: readonly string[], queueId: string) => void;
}

/** The map: areas with tiles, carried by the mouse or moved by keys. */
export function FloorMap(props: FloorMap) {
  const { areas, moves, selected } = props;
  const t = useWords(mapText);
  const names = useNames();
  const heard = useDesk((s) => s.desk?.monitoring?.seatId);
  const attempt = useTry();
  const map = useRef<HTMLDivElement>(null);
  const room = useRoom(map);
  const counts = areas.map(({ seats }) => seats.length).join();
  const layout = useMemo(() => layFloor(counts.split(',').map(Number), room), [counts, room]);
  const spots = spotsOf(
    layout,
    areas.map(({ seats }) => seats),
  );
  const { drag, shown, tabStop, handlers, ask, close, ghost } = useMapHand({
    ...props,
    map,
    layout,
    spots,
    onListen: (seatId) => attempt(() => listenTo(seatId)),
  });
  const shownSeat = areas
    .flatMap(({ seats }) => seats)
    .find(({ seatId }) => seatId === shown?.seatId);
  const spot: Spot | undefined = spots.find(({ seatId }) => seatId === shown?.seatId);
  return (
    <div className="floor-room" ref={map} data-fits={layout.fits} data-dragging={drag !== null}>
      <div className="floor-map" style={{ height: layout.height }} {...handlers}>
        {areas.map(({ queueId, queue, seats }, at) => {
          const box = layout.boxes[at];
          if (!box) return null;
          return (
            <Area
              key={queueId}
              queueId={queueId}
              queue={queue}
              box={box}
              tile={layout.tile}
              seatCount={seats.length}
              isTarget={queueId !== '' && drag?.over === queueId}
            >
              {seats.map((seat) => (
                <SeatTile
                  key={seat.seatId}
                  seat={seat}
                  kind={layout.tile.kind}
                  isSelected={selected.has(seat.seatId)}
                  isCurrent={seat.seatId === tabStop}
                  isLifted={drag?.seatIds.includes(seat.seatId) ?? false}
                  isHeard={seat.seatId === heard}
                  from={codeOf(moves.get(seat.seatId), names.queueCode)}
                />
              ))}
            </Area>
          );
        })}
      </div>
      {shown && shownSeat && spot && (
        <SeatCard
          seat={shownSeat}
          isOpen={shown.isOpen}
          spot={spot}
          room={room}
          tileHeight={layout.tile.height}
          onMove={() => ask(shownSeat.seatId)}
          onClose={close}
        />
      )}
      <div ref={ghost} className="drag-ghost" hidden={!drag} aria-hidden="true">
        {drag && t.dropHint(drag.seatIds.length)}
        {drag?.over ? ` → ${names.queueCode(drag.over)} ${names.queue(drag.over)}` : ''}
      </div>
    </div>
  );
}

const codeOf = (move: Move | undefined, queueCode: (id: string) => string): string | null =>
  move === undefined ? null : queueCode(move.from);
