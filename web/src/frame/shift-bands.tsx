import Button from 'antd/es/button';
import { post } from '../net/api.ts';
import { useDesk } from '../net/desk-store.ts';
import { refresh, useDeskNews, useEmergency } from '../net/leading.ts';
import { useTry } from '../parts/said.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { shortClock } from '../text/format.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { leadingText } from '../text/leading-text.ts';

/** An emergency profile is on: everybody knows, on every page. */
export function EmergencyBand() {
  const t = useWords(leadingText);
  const lang = useLanguage((s) => s.lang);
  const on = useEmergency().data?.on;
  if (!on) return null;
  return (
    <div className="notice notice-alert" role="status">
      <StateMark mark="alert" />
      <b>{t.emergencyOn(on.name[lang])}</b>
      <span className="soft">{t.emergencySince(shortClock(on.since), on.by)}</span>
    </div>
  );
}

/** Urgent notices stay over every page until the agent has confirmed them. */
export function UrgentNotices() {
  const t = useWords(leadingText);
  const attempt = useTry();
  const isAtSeat = useDesk((s) => s.desk !== null);
  const news = useDeskNews(isAtSeat);
  const urgent = (news?.notices ?? []).filter((one) => one.isUrgent && one.readAt === null);
  if (urgent.length === 0) return null;
  return (
    <div role="alert">
      {urgent.map((one) => (
        <div key={one.id} className="notice notice-alert">
          <StateMark mark="alert" />
          <span className="notice-text">
            <b>{t.urgent}</b>　{one.text}{' '}
            <span className="faint">
              {one.by} {shortClock(one.at)}
            </span>
          </span>
          <Button
            size="small"
            type="primary"
            onClick={() =>
              attempt(async () => {
                await post(`/desk/notices/${one.id}/read`);
                refresh('notices');
              })
            }
          >
            {t.understood}
          </Button>
        </div>
      ))}
    </div>
  );
}
