import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useDesk } from '../net/desk-store.ts';
import { useMe } from '../net/queries.ts';
import { Blank } from '../parts/blank.tsx';
import { BulletinNotice } from '../parts/bulletin-notice.tsx';
import { useKeys } from '../parts/keys.ts';
import { OverPage } from '../talk/over-page.tsx';
import { PeopleBand } from '../talk/people-band.tsx';
import { common } from '../text/common.ts';
import { useWords } from '../text/language.ts';
import { Jump } from './jump.tsx';
import { KeyHelp } from './key-help.tsx';
import { CalendarNotice, LineNotice, OtherTabNotice, StorageNotice } from './notices.tsx';
import { homeOf, placeNames, places, placesFor } from './places.ts';
import { Rail } from './rail.tsx';
import { EmergencyBand, UrgentNotices } from './shift-bands.tsx';
import { Strip } from './strip.tsx';
import './frame.css';

/** Rail, call strip and the page: the same for every role, never moving when the page changes. */
export function Frame() {
  const me = useMe();
  const t = useWords(common);
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const [open, setOpen] = useState<'jump' | 'keys' | null>(null);
  const atSeat = useDesk((s) => s.desk !== null);
  const mine = placesFor(me?.permissions ?? []);
  const place = places.find((each) => path === each.path || path.startsWith(`${each.path}/`));
  const allowed = !place || mine.includes(place);

  useKeys({
    'Ctrl+K': () => setOpen('jump'),
    '?': () => setOpen('keys'),
    ...Object.fromEntries(
      mine.slice(0, 9).map((each, at) => [`Alt+${at + 1}`, () => void navigate({ to: each.path })]),
    ),
  });
  const ringing = useDesk((s) => s.desk?.state === 'ringing');
  const placeText = useWords(placeNames);
  useEffect(() => {
    const here = ringing ? `◉ ${t.state.ringing}` : place ? placeText[place.key] : '12345';
    document.title = `${here} · ${t.product}`;
  }, [ringing, place, placeText, t]);
  const first = homeOf(mine)?.path;
  useEffect(() => {
    if (path === '/' && first) void navigate({ to: first, replace: true });
  }, [path, first, navigate]);

  return (
    <div className="frame" data-seat={atSeat}>
      <Rail />
      <Strip onJump={() => setOpen('jump')} onKeys={() => setOpen('keys')} />
      <main className="frame-page">
        <PeopleBand />
        <EmergencyBand />
        <UrgentNotices />
        <LineNotice />
        <StorageNotice />
        <CalendarNotice />
        <BulletinNotice />
        <OtherTabNotice />
        <div className="frame-outlet" tabIndex={0}>
          {allowed ? <Outlet /> : <Blank title={t.noPermission} help={t.noPermissionHelp} />}
        </div>
      </main>
      {open === 'jump' && <Jump onClose={() => setOpen(null)} />}
      <OverPage />
      {open === 'keys' && <KeyHelp onClose={() => setOpen(null)} />}
    </div>
  );
}
