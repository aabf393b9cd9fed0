import { useMemo } from 'react';
import { useEmergency, useWallNews } from '../../net/leading.ts';
import { useBulletinsNow } from '../../parts/bulletin-notice.tsx';
import { Icon } from '../../parts/icons.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { bulletinText } from '../../text/bulletin-text.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';

/** The emergency that is on, beside the hotline's name. */
export function WallEmergency() {
  const t = useWords(leadingText);
  const lang = useLanguage((s) => s.lang);
  const on = useEmergency().data?.on;
  if (!on) return null;
  return (
    <p className="wall-emergency">
      <StateMark mark="alert" /> {t.emergencyOn(on.name[lang])}
    </p>
  );
}

/** What everybody in the hall is to know: the latest notice, and what callers hear. */
export function WallNews() {
  const b = useWords(bulletinText);
  const t = useWords(leadingText);
  const notices = useWallNews().data?.notices ?? [];
  const first = notices.find(({ isUrgent }) => isUrgent) ?? notices[0];
  const heard = useBulletinsNow();
  if (!first && heard.length === 0) return null;
  return (
    <div className="wall-news" role="status">
      {first && (
        <p data-urgent={first.isUrgent}>
          <b>
            <StateMark mark="alert" /> {t.parts.notices}
          </b>
          <span>{first.text}</span>
        </p>
      )}
      {heard.length > 0 && (
        <p>
          <b>
            <Icon name="bulletins" /> {b.heard}
          </b>
          <span>{heard.join(' ／ ')}</span>
        </p>
      )}
    </div>
  );
}

/** The curve of a usual day like this, or nothing while there is no history. */
export function useNormalDay(): { name: string; values: readonly number[] } | undefined {
  const t = useWords(leadingText);
  const news = useWallNews().data;
  return useMemo(
    () =>
      news && news.days > 0 ? { name: t.normalOf(news.days), values: news.normal } : undefined,
    [news, t],
  );
}
