import { useQuery } from '@tanstack/react-query';
import type { Bulletin } from '../../../src/hotline/schema.ts';
import { get } from '../net/api.ts';
import { useNow } from '../net/server-time.ts';
import { bulletinText } from '../text/bulletin-text.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { StateMark } from './state-mark.tsx';

/** The texts callers hear at this moment, so that agents know what has been said already. */
export function useBulletinsNow(): string[] {
  const lang = useLanguage((s) => s.lang);
  const now = useNow();
  const { data = [] } = useQuery({
    queryKey: ['bulletins', 'current'],
    staleTime: 300_000,
    queryFn: () => get<{ rows: Bulletin[] }>('/bulletins/current').then((reply) => reply.rows),
  });
  const inForce = ({ startsAt, endsAt }: Bulletin) =>
    startsAt <= now && (endsAt === null || now < endsAt);
  return data.filter(inForce).map(({ texts }) => (lang === 'en' ? texts.en : texts.zh));
}

/** On every page: what callers hear before they are put through. */
export function BulletinNotice() {
  const t = useWords(bulletinText);
  const list = useBulletinsNow();
  if (list.length === 0) return null;
  return (
    <div className="notice" role="status">
      <StateMark mark="alert" />
      <span>
        <b>{t.notice}</b>　{list.join(' ／ ')}
      </span>
    </div>
  );
}
