import { Link, useSearch } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { useEffect, useMemo, useState } from 'react';
import type { Floor } from '../../../../src/floor/schema.ts';
import { useFloor, useFloorStore } from '../../net/floor-store.ts';
import { useRests } from '../../net/leading.ts';
import { Blank, Waiting } from '../../parts/blank.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { Live } from '../../parts/veil.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { ribbonOrder, seatsByMark } from '../wall/wall-figures.ts';
import { FloorList } from './floor-list.tsx';
import { FloorMap } from './floor-map.tsx';
import { mapText } from './map-text.ts';
import { MoveChoice } from './move-choice.tsx';
import { settle, useMoves } from './moves.ts';
import { standingOf } from './standing.ts';
import { useMover } from './use-mover.ts';
import './floor.css';

/** The room as a shift leader sees it: who stands where, and who is moved where. */
export function FloorPage() {
  const c = useWords(common);
  const t = useWords(mapText);
  const floor = useFloor();
  const refused = useFloorStore((s) => s.refused);
  if (refused !== null) return <Blank title={c.noPermission} help={c.noPermissionHelp} />;
  if (!floor) return <Waiting rows={10} />;
  if (floor.seats.length === 0) return <Blank title={t.noSeats} help={t.noSeatsHelp} />;
  return (
    <Live lastAt={floor.now}>
      <FloorBody floor={floor} />
    </Live>
  );
}

const none: ReadonlySet<string> = new Set();

function FloorBody({ floor }: { floor: Floor }) {
  const isNarrow = useNarrow();
  const { seat: opened } = useSearch({ from: '/frame/floor' });
  const moves = useMoves((s) => s.moves);
  const move = useMover();
  const [selected, setSelected] = useState(none);
  /** Seats that wait for the choice of a queue. */
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const { queues, seats } = floor;
  useEffect(() => settle(seats), [seats]);
  const areas = useMemo(() => standingOf(queues, seats, moves), [queues, seats, moves]);
  return (
    <div className="page floor-page">
      <Head
        floor={floor}
        selected={selected.size}
        onMove={() => setAsked([...selected])}
        onClear={() => setSelected(none)}
      />
      {isNarrow ? (
        <FloorList key={opened} opened={opened} areas={areas} moves={moves} onAsk={setAsked} />
      ) : (
        <FloorMap
          opened={opened}
          areas={areas}
          moves={moves}
          selected={selected}
          onSelect={setSelected}
          onAsk={setAsked}
          onMove={move}
        />
      )}
      {asked && (
        <MoveChoice
          seatIds={asked}
          onClose={() => setAsked(null)}
          onChoose={(queueId) => {
            setSelected(none);
            move(asked, queueId);
          }}
        />
      )}
    </div>
  );
}

/** Who asks for a rest is a click away. */
function PendingRests() {
  const t = useWords(leadingText);
  const asked = useRests().data?.open.filter(({ state }) => state === 'asked').length ?? 0;
  if (asked === 0) return null;
  return (
    <Link to="/shift" search={{ part: 'rests' }} className="floor-pending">
      <StateMark mark="rest" size={12} /> {t.pending(asked)}
    </Link>
  );
}

/** Title, the states with their numbers (the map's legend), and what is selected. */
function Head(props: { floor: Floor; selected: number; onMove: () => void; onClear: () => void }) {
  const t = useWords(mapText);
  const c = useWords(common);
  const counts = seatsByMark(props.floor.seats);
  return (
    <div className="page-head">
      <h1>{t.title}</h1>
      <ul className="floor-legend">
        {ribbonOrder.map((mark) => (
          <li key={mark}>
            <StateMark mark={mark} size={11} /> {c.state[mark]}{' '}
            <b className="num">{counts.get(mark) ?? 0}</b>
          </li>
        ))}
      </ul>
      <PendingRests />
      <div className="page-actions">
        {props.selected === 0 ? (
          <p className="floor-hint faint">{t.hint}</p>
        ) : (
          <>
            <b className="num floor-selected">{t.selected(props.selected)}</b>
            <Button size="small" type="primary" onClick={props.onMove}>
              {t.move} <kbd>M</kbd>
            </Button>
            <Button size="small" onClick={props.onClear}>
              {t.clear}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
