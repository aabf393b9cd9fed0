import { useMemo } from 'react';
import { useEmergency, useWallNews } from '../../net/leading.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';

/** What everybody in the hall is to know: the emergency that is on, then the latest notice. */
export function WallNewsLine() {
  const t = useWords(leadingText);
  const lang = useLanguage((s) => s.lang);
  const on = useEmergency().data?.on;
  const notices = useWallNews().data?.notices ?? [];
  const first = notices.find(({ isUrgent }) => isUrgent) ?? notices[0];
  if (!on && !first) return null;
  return (
    <p className="wall-news" data-urgent={Boolean(on) || first?.isUrgent === true}>
      <StateMark mark="alert" />
      {on && <b>{t.emergencyOn(on.name[lang])}</b>}
      {first && <span className="clip">{first.text}</span>}
    </p>
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
