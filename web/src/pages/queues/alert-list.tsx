import { Link } from '@tanstack/react-router';
import { useAlerts, useRests } from '../../net/leading.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { floorText } from '../../text/floor-text.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { AlertRows } from '../shift/alert-rows.tsx';
import '../shift/shift.css';

const shown = 5;

/** What needs a leader now: who asks for a rest, and the alerts that are up. */
export function AlertList() {
  const t = useWords(floorText);
  const l = useWords(leadingText);
  const alerts = useAlerts().data ?? [];
  const asked = useRests().data?.open.filter(({ state }) => state === 'asked').length ?? 0;
  return (
    <section className="card side-card">
      <header className="shift-head">
        <h2>{t.alerts}</h2>
        {alerts.length > shown && (
          <Link to="/shift" search={{ part: 'alerts' }} className="num">
            {l.parts.alerts} {alerts.length}
          </Link>
        )}
      </header>
      {asked > 0 && (
        <p className="alert-rest">
          <StateMark mark="rest" size={13} />
          <Link to="/shift" search={{ part: 'rests' }}>
            {l.pending(asked)}
          </Link>
        </p>
      )}
      {alerts.length === 0 ? (
        <p className="faint">
          {t.noAlerts}。{l.noAlertsHelp}
        </p>
      ) : (
        <AlertRows rows={alerts.slice(0, shown)} />
      )}
    </section>
  );
}
