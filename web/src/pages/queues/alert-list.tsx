import { Link } from '@tanstack/react-router';
import { alertWords } from '../../frame/alerts.ts';
import { stripText } from '../../frame/strip-text.ts';
import { useFloorStore } from '../../net/floor-store.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { floorText } from '../../text/floor-text.ts';
import { shortClock } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';

/** What came up since this tab was opened, latest first. */
export function AlertList() {
  const t = useWords(floorText);
  const s = useWords(stripText);
  const names = useNames();
  const lang = useLanguage((state) => state.lang);
  const alerts = useFloorStore((state) => state.alerts);
  return (
    <section className="card side-card">
      <h2>{t.alerts}</h2>
      {alerts.length === 0 ? (
        <p className="faint">
          {t.noAlerts}。{t.noAlertsHelp}
        </p>
      ) : (
        <ul className="alert-list">
          {alerts.slice(0, 8).map((alert) => (
            <li key={alert.id}>
              <StateMark mark="alert" size={12} />
              <span>
                {alertWords(alert, lang)}
                {alert.queueId !== null && (
                  <span className="faint"> {names.queue(alert.queueId)}</span>
                )}
              </span>
              <span className="faint num">{shortClock(alert.at)}</span>
              {alert.callId !== null && (
                <Link to="/calls/$callId" params={{ callId: alert.callId }}>
                  {s.look}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
