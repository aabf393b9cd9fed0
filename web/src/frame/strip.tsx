import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import type { Desk } from '../../../src/seats/schema.ts';
import { deskDo, useDesk } from '../net/desk-store.ts';
import { useMay } from '../net/queries.ts';
import { useNow } from '../net/server-time.ts';
import { useLine } from '../net/socket.ts';
import { Icon } from '../parts/icons.tsx';
import { markOf } from '../parts/mark-of.ts';
import { useTry } from '../parts/said.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { usePhone } from '../phone/phone-store.ts';
import { atHandText } from '../talk/at-hand-text.ts';
import { common } from '../text/common.ts';
import { span } from '../text/format.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import { PersonMenu } from './person-menu.tsx';
import { StripControls } from './strip-controls.tsx';
import { stripText } from './strip-text.ts';
import './strip.css';

/** The call strip: state, time, caller, controls. Always there, on every page. */
export function Strip({ onJump, onKeys }: { onJump: () => void; onKeys: () => void }) {
  const t = useWords(stripText);
  const { known, desk } = useDesk();
  const mayUseDesk = useMay('desk.use');
  const down = useLine((s) => s.everConnected && !s.connected);
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  return (
    <header className="strip" data-state={desk ? desk.state : 'none'} data-down={down}>
      {desk ? (
        <>
          <StripState desk={desk} />
          <StripCaller desk={desk} />
          <StripControls desk={desk} />
        </>
      ) : (
        mayUseDesk &&
        known && (
          <div className="strip-state">
            <StateMark mark="offline" size={16} />
            <span className="soft">{t.noSeat}</span>
            <Link to="/desk">{t.sit}</Link>
          </div>
        )
      )}
      {!mayUseDesk && <span className="soft clip">{names.hotline?.name[lang]}</span>}
      <div className="strip-end">
        {desk && <PhoneLamp desk={desk} />}
        <Button
          type="text"
          className="strip-wide"
          aria-label={t.search}
          title={t.search}
          icon={<Icon name="search" />}
          onClick={onJump}
        >
          <kbd>Ctrl K</kbd>
        </Button>
        <PersonMenu onKeys={onKeys} />
      </div>
    </header>
  );
}

function StripState({ desk }: { desk: Desk }) {
  const t = useWords(common);
  const atHand = useWords(atHandText);
  const names = useNames();
  const live = useNow();
  const down = useLine((s) => s.everConnected && !s.connected);
  // Without a connection nobody knows the state: the clock stands still under the veil.
  const now = down ? desk.now : live;
  const mark = markOf(desk.state, desk.reason);
  const pop = useDesk((s) => s.pop);
  // A conversation counts from the answer, however often it was on hold.
  const since = desk.state === 'talking' ? (pop?.connectedAt ?? desk.since) : desk.since;
  const counted = desk.state === 'wrap-up' && desk.until !== null ? desk.until - now : now - since;
  return (
    <div className="strip-state">
      <StateMark mark={mark} size={18} />
      <b className="strip-word">
        {desk.dialling
          ? atHand.dialling
          : desk.state === 'not-ready' && desk.reason
            ? names.reason(desk.reason)
            : t.state[mark]}
      </b>
      <span className="strip-time num">{span(counted)}</span>
    </div>
  );
}

function StripCaller({ desk }: { desk: Desk }) {
  const t = useWords(stripText);
  const atHand = useWords(atHandText);
  const c = useWords(common);
  const names = useNames();
  const pop = useDesk((s) => s.pop);
  return (
    <div className="strip-caller">
      {pop && (
        <>
          <b className="num">{pop.callerMasked || c.withheld}</b>
          <span className="soft clip">{names.queue(pop.queueId)}</span>
        </>
      )}
      {desk.autoAnswer && desk.state === 'ready' && (
        <span className="strip-next">{atHand.autoAnswer}</span>
      )}
      {desk.notReadyNext !== null && (
        <span className="strip-next">{t.willBeNotReady(names.reason(desk.notReadyNext))}</span>
      )}
    </div>
  );
}

/** Is the phone of this seat fit to ring? Shape and word, not colour alone. */
function PhoneLamp({ desk }: { desk: Desk }) {
  const t = useWords(stripText);
  const line = usePhone((s) => s.line);
  const attempt = useTry();
  const held = useDesk((s) => s.held);
  const own = desk.phone === 'browser' && held;
  const good = own ? line === 'registered' : desk.phoneReachable;
  const registered = desk.phoneReachable ? t.sipReachable : t.sipUnreachable;
  const said = own ? t.phone[line] : desk.line ? t.homeLine[desk.line] : registered;
  return (
    <span className="strip-phone strip-wide" title={said}>
      <StateMark mark={good ? 'ready' : 'alert'} size={12} />
      <span>{t.seat(desk.seatId)}</span>
      {!good && <span className="tone-alert">{said}</span>}
      {desk.line === 'down' && (
        <Button size="small" onClick={() => attempt(() => deskDo('line'))}>
          {t.callLine}
        </Button>
      )}
    </span>
  );
}
