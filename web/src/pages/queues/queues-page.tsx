import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Floor } from '../../../../src/floor/schema.ts';
import { useFloor, useFloorStore } from '../../net/floor-store.ts';
import { useNow } from '../../net/server-time.ts';
import { useLine } from '../../net/socket.ts';
import { Blank, Waiting } from '../../parts/blank.tsx';
import { Live } from '../../parts/veil.tsx';
import { common } from '../../text/common.ts';
import { floorText } from '../../text/floor-text.ts';
import { percent, span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { ink } from '../../theme.ts';
import { longestQueue, waitingNow } from '../wall/wall-figures.ts';
import { AlertList } from './alert-list.tsx';
import { QueueTable } from './queue-table.tsx';
import { SeatList } from './seat-list.tsx';
import { WaitingList } from './waiting-list.tsx';
import './queues.css';

const DayChart = lazy(() => import('../../parts/day-chart.tsx'));

/** A shift leader's view of now: what waits, who is free, what needs a look. */
export function QueuesPage() {
  const c = useWords(common);
  const floor = useFloor();
  const refused = useFloorStore((s) => s.refused);
  if (refused !== null) return <Blank title={c.noPermission} help={c.noPermissionHelp} />;
  if (!floor) return <Waiting rows={10} />;
  return (
    <Live lastAt={floor.now}>
      <QueuesBody floor={floor} />
    </Live>
  );
}

function QueuesBody({ floor }: { floor: Floor }) {
  const t = useWords(floorText);
  const live = useNow();
  const down = useLine((s) => s.everConnected && !s.connected);
  const now = down ? floor.now : live;
  const navigate = useNavigate();
  const { waiting } = useSearch({ from: '/frame/queues' });
  const opened = floor.queues.find(({ queueId }) => queueId === waiting);
  return (
    <div className="page queues-page">
      <Today floor={floor} now={now} />
      <div className="queues-columns">
        <div className="queues-left">
          <QueueTable queues={floor.queues} now={now} />
          <section className="card queues-curve">
            <h2>{t.curve}</h2>
            <Suspense>
              <DayChart
                quarters={floor.quarters}
                names={[t.offered, t.answered]}
                look={{ text: ink.faint, line: ink.line, offered: ink.faint, answered: ink.accent }}
                scale="page"
              />
            </Suspense>
          </section>
        </div>
        <div className="queues-right">
          <AlertList />
          <SeatList seats={floor.seats} now={now} />
        </div>
      </div>
      {opened && (
        <WaitingList
          queue={opened}
          now={now}
          onClose={() => void navigate({ to: '/queues', search: {} })}
        />
      )}
    </div>
  );
}

function Today({ floor, now }: { floor: Floor; now: number }) {
  const t = useWords(floorText);
  const { today } = floor;
  const longest = longestQueue(floor);
  const figures: [string, string, string?][] = [
    [t.waiting, String(waitingNow(floor))],
    [t.longest, longest === null ? '–' : span(now - longest.since)],
    [t.offered, String(today.offered), t.define.offered],
    [t.answered, String(today.answered), t.define.answered],
    [t.abandoned, String(today.abandoned), t.define.abandoned],
    [t.inTime, percent(today.answeredInTime, today.offered), t.define.inTime],
    [t.connect, percent(today.answered, today.offered), t.define.connect],
    [
      t.meanWait,
      today.answered === 0 ? '–' : `${(today.waitedMs / today.answered / 1000).toFixed(1)} s`,
      t.define.meanWait,
    ],
    [
      t.rating,
      today.rated === 0 ? '–' : (today.ratingSum / today.rated).toFixed(2),
      t.define.rating,
    ],
  ];
  return (
    <dl className="today card">
      {figures.map(([name, value, meaning]) => (
        <div key={name} title={meaning}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
