import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import type { Figures } from '../../../../src/figures/schema.ts';
import type { SeatLive } from '../../../../src/floor/schema.ts';
import { get } from '../../net/api.ts';
import { useNow } from '../../net/server-time.ts';
import { markOf } from '../../parts/mark-of.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { type SeatAct, useSeatActs } from '../queues/seat-acts.ts';
import type { Spot } from './layout.ts';
import { mapText } from './map-text.ts';
import { SeatRest } from './seat-rest.tsx';
import { useStateWords } from './seat-tile.tsx';

/** Who sits there, what is going on, for which queues. */
function SeatFacts({ seat }: { seat: SeatLive }) {
  const t = useWords(mapText);
  const names = useNames();
  const now = useNow();
  const stateWords = useStateWords();
  const [home, ...rest] = seat.queueIds.map(
    (queueId) => `${names.queueCode(queueId)} ${names.queue(queueId)}`,
  );
  return (
    <>
      <h3>
        {seat.agentName ?? t.nobody}
        <span className="faint num">
          {seat.seatId} · {seat.seatName}
        </span>
      </h3>
      <dl>
        <dt>{t.state}</dt>
        <dd>
          <StateMark mark={markOf(seat.state, seat.reason)} size={12} /> {stateWords(seat)}{' '}
          {seat.state !== 'offline' && <span className="num soft">{span(now - seat.since)}</span>}
          {!seat.reachable && (
            <span className="tone-alert">
              {' '}
              <StateMark mark="alert" size={11} /> {t.unreachable}
            </span>
          )}
        </dd>
        {seat.callQueueId !== null && (
          <>
            <dt>{t.call}</dt>
            <dd>{names.queue(seat.callQueueId)}</dd>
          </>
        )}
        <dt>{t.queues}</dt>
        <dd>
          <b>{home ?? t.noQueue}</b>
          {rest.length > 0 && <span className="soft">，{rest.join('，')}</span>}
        </dd>
      </dl>
    </>
  );
}

/** What this agent did since midnight. */
function Today({ agentId }: { agentId: string }) {
  const t = useWords(mapText);
  const { data } = useQuery({
    queryKey: ['figures', 'agent-today', agentId],
    staleTime: 60_000,
    queryFn: () => get<Figures>(`/figures?by=agent&agent=${encodeURIComponent(agentId)}`),
  });
  const row = data?.rows.find(({ key }) => key === agentId);
  const answered = row?.figures.conversations;
  const handle = row?.figures['handle-time'];
  return (
    <dl className="seat-today">
      <dt>{t.today}</dt>
      <dd className="num">
        {answered ? t.conversations(answered.n) : '–'}
        {handle?.d ? ` · ${t.handle(span(handle.n / handle.d))}` : ''}
      </dd>
    </dl>
  );
}

/** An open seat: the facts, today, and what a leader can do. */
export function SeatPanel(props: { seat: SeatLive; onMove: () => void; onDone: () => void }) {
  const { seat } = props;
  const t = useWords(mapText);
  const { acts, hint } = useSeatActs(seat);
  return (
    <>
      <SeatFacts seat={seat} />
      <SeatRest seatId={seat.seatId} />
      {seat.agentId !== null && <Today agentId={seat.agentId} />}
      {hint !== null && <p className="seat-hint faint">{hint}</p>}
      <Acts acts={acts.filter((act) => act.isWithTalk)} onDone={props.onDone} />
      <Acts acts={acts.filter((act) => !act.isWithTalk)} onDone={props.onDone}>
        <Button
          size="small"
          autoFocus={!acts.some(({ verb }) => verb === 'listen')}
          onClick={props.onMove}
        >
          {t.move}
        </Button>
      </Acts>
    </>
  );
}

/** One row of buttons. The first thing to do with a talk is to listen: it has the focus. */
function Acts(props: { acts: SeatAct[]; onDone: () => void; children?: React.ReactNode }) {
  if (props.acts.length === 0 && !props.children) return null;
  return (
    <div className="seat-actions">
      {props.children}
      {props.acts.map(({ verb, label, run }) => (
        <Button
          key={verb}
          size="small"
          type={verb === 'listen' ? 'primary' : 'default'}
          danger={verb === 'release' || verb === 'intercept'}
          autoFocus={verb === 'listen'}
          onClick={() => {
            run();
            props.onDone();
          }}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

const cardWidth = 296;

/** A seat's card beside its tile: a glance under the mouse, or open to act. */
export function SeatCard(props: {
  seat: SeatLive;
  isOpen: boolean;
  spot: Spot;
  room: { width: number; height: number };
  tileHeight: number;
  onMove: () => void;
  onClose: () => void;
}) {
  const { seat, isOpen, spot, room, tileHeight } = props;
  const left = Math.max(0, Math.min(spot.x - 24, room.width - cardWidth));
  const away = tileHeight / 2 + 6;
  const isLow = spot.y > room.height / 2;
  const at = isLow ? { left, bottom: room.height - spot.y + away } : { left, top: spot.y + away };
  if (!isOpen) {
    return (
      <div className="seat-card seat-glance" style={at} aria-hidden="true">
        <SeatFacts seat={seat} />
      </div>
    );
  }
  return (
    <div
      className="seat-card"
      role="dialog"
      aria-label={`${seat.seatId} ${seat.agentName ?? ''}`}
      style={at}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onClose();
      }}
    >
      <SeatPanel seat={seat} key={seat.seatId} onMove={props.onMove} onDone={props.onClose} />
    </div>
  );
}
