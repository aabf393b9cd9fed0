import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Floor } from '../../../../src/floor/schema.ts';
import { useFloor, useFloorStore } from '../../net/floor-store.ts';
import { serverNow, useNow } from '../../net/server-time.ts';
import { useLine } from '../../net/socket.ts';
import { Blank } from '../../parts/blank.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { floorText } from '../../text/floor-text.ts';
import { clock, day } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { wallInk } from '../../theme.ts';
import { WallFigures } from './figures.tsx';
import { useNormalDay, WallEmergency, WallNews } from './wall-news.tsx';
import { WallQueues } from './wall-queues.tsx';
import { WallSeats } from './wall-seats.tsx';
import './wall.css';

const DayChart = lazy(() => import('../../parts/day-chart.tsx'));

/** For a hall: dark, nothing to touch, readable from ten metres, always saying how old it is. */
export function WallPage() {
  const t = useWords(floorText);
  const c = useWords(common);
  const floor = useFloor();
  const refused = useFloorStore((s) => s.refused);
  const down = useLine((s) => s.everConnected && !s.connected);
  if (refused !== null) return <Blank title={c.noPermission} help={c.noPermissionHelp} />;
  return (
    <main className="wall" data-down={down}>
      {floor ? (
        <>
          <div className="wall-top">
            <WallHead floor={floor} down={down} />
            <WallNews />
          </div>
          <WallBody floor={floor} down={down} />
        </>
      ) : (
        <p className="wall-wait">{t.connecting}</p>
      )}
    </main>
  );
}

function WallBody({ floor, down }: { floor: Floor; down: boolean }) {
  const t = useWords(floorText);
  const live = useNow();
  // Without a connection time stands still: an old figure must not look alive.
  const now = down ? floor.now : live;
  const normal = useNormalDay();
  return (
    <>
      <WallFigures floor={floor} now={now} />
      <div className="wall-middle">
        <WallQueues queues={floor.queues} now={now} />
        <section className="wall-curve" aria-label={t.curve}>
          <h2>
            {t.curve}
            {normal && (
              <span className="wall-normal">
                <i aria-hidden="true" /> {normal.name}
              </span>
            )}
          </h2>
          <Suspense>
            <DayChart
              quarters={floor.quarters}
              names={[t.offered, t.answered]}
              look={{
                text: wallInk.soft,
                line: wallInk.line,
                offered: wallInk.soft,
                answered: wallInk.accent,
              }}
              normal={normal}
              scale="wall"
            />
          </Suspense>
        </section>
      </div>
      <WallSeats seats={floor.seats} />
    </>
  );
}

function WallHead({ floor, down }: { floor: Floor; down: boolean }) {
  const t = useWords(floorText);
  const c = useWords(common);
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  const now = useNow();
  const age = Math.max(0, Math.round((serverNow() - floor.now) / 1000));
  return (
    <header className="wall-head">
      <Link to="/" className="wall-seal" aria-label={c.product}>
        <img src="/seal.svg" alt="" />
      </Link>
      <h1>{names.hotline?.name[lang] ?? '12345'}</h1>
      <WallEmergency />
      <p className="wall-age" data-old={down || !floor.connected || age > 15}>
        {down ? (
          <>
            <StateMark mark="alert" /> {t.lost(clock(floor.now))}
          </>
        ) : floor.connected ? (
          <>
            {t.asOf} {clock(floor.now)} · {t.age(age)}
          </>
        ) : (
          <>
            <StateMark mark="alert" /> {t.exchangeLost}
          </>
        )}
      </p>
      <p className="wall-clock num">
        <span>{day(now)}</span> <b>{clock(now).slice(0, 5)}</b>
      </p>
    </header>
  );
}
