import { Link, useSearch } from '@tanstack/react-router';
import { useAlerts, useEmergency, useRests } from '../../net/leading.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { AlertsPart } from './alerts-part.tsx';
import { EmergencyPart } from './emergency-part.tsx';
import { NoticesPart } from './notices-part.tsx';
import { PlansPart } from './plans-part.tsx';
import { RestsPart } from './rests-part.tsx';
import './shift.css';

const parts = ['rests', 'notices', 'alerts', 'plans', 'emergency'] as const;

/** What a shift leader decides and says: rests, notices, alerts, plans, the emergency switch. */
export function ShiftPage() {
  const t = useWords(leadingText);
  const { part: wanted } = useSearch({ from: '/frame/shift' });
  const part = parts.find((each) => each === wanted) ?? 'rests';
  const asked = useRests().data?.open.filter(({ state }) => state === 'asked').length ?? 0;
  const alerts = useAlerts().data?.filter((row) => row.acknowledgedAt === null).length ?? 0;
  const on = useEmergency().data?.on;
  const counts = { rests: asked, notices: 0, alerts, plans: 0, emergency: on ? 1 : 0 };
  return (
    <div className="page shift-page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <nav className="shift-parts" aria-label={t.title}>
          {parts.map((each) => (
            <Link
              key={each}
              to="/shift"
              search={{ part: each }}
              aria-current={each === part ? 'page' : undefined}
            >
              {t.parts[each]}
              {counts[each] > 0 && <b className="num">{counts[each]}</b>}
            </Link>
          ))}
        </nav>
      </div>
      {part === 'rests' && <RestsPart />}
      {part === 'notices' && <NoticesPart />}
      {part === 'alerts' && <AlertsPart />}
      {part === 'plans' && <PlansPart />}
      {part === 'emergency' && <EmergencyPart />}
    </div>
  );
}
