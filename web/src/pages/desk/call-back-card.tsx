import type { Pop } from '../../../../src/calls/schema.ts';
import type { Desk } from '../../../../src/seats/schema.ts';
import { serverNow, useNow } from '../../net/server-time.ts';
import { Icon } from '../../parts/icons.tsx';
import { moment, span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { words } from '../../text/words.ts';

const text = words(
  {
    title: '回拨',
    asked: (at: string) => `来电人 ${at} 登记回拨`,
    missed: (at: string) => `来电人 ${at} 来电，当时未能接通`,
    waited: '等了多久',
    tried: (n: number) => `此前拨打 ${n} 次未接通`,
    ringing: '接听后，系统再拨打来电人',
    dialling: '正在拨打来电人，请稍候',
    opening: (minutes: number) => `开场可说：“让您久等了 ${minutes} 分钟”`,
  },
  {
    title: 'Call-back',
    asked: (at: string) => `They asked for it at ${at}`,
    missed: (at: string) => `They called at ${at} and were missed`,
    waited: 'They have waited',
    tried: (n: number) => (n === 1 ? 'Tried once in vain' : `Tried ${n} times in vain`),
    ringing: 'Answer, then the caller is dialled',
    dialling: 'The caller is being dialled',
    opening: (minutes: number) => `You may open with: “you waited ${minutes} minutes”`,
  },
);

/** That we call them, not they us: since when they wait, what was tried, and what comes next. */
export function CallBackCard(props: {
  desk: Desk;
  connectedAt: number | null;
  wish: NonNullable<Pop['callBack']>;
}) {
  const { desk, connectedAt, wish } = props;
  const t = useWords(text);
  const now = useNow();
  const waitedMs = (connectedAt ?? now) - wish.requestedAt;
  const minutes = Math.round(waitedMs / 60_000);
  const since = moment(wish.requestedAt, serverNow()).slice(0, -3);
  const isDialling = desk.reason === 'call-back-dialling';
  return (
    <section className="pop-call-back" aria-label={t.title}>
      <h3>
        <Icon name="call-backs" size={16} /> {t.title}
      </h3>
      <p>{wish.isMissed ? t.missed(since) : t.asked(since)}</p>
      <p className="pop-call-back-waited">
        <span className="soft">{t.waited}</span> <b className="num">{span(waitedMs)}</b>
      </p>
      {wish.attempts > 0 && <p className="tone-warn">{t.tried(wish.attempts)}</p>}
      {connectedAt === null && <p className="soft">{isDialling ? t.dialling : t.ringing}</p>}
      {minutes > 0 && <p className="soft">{t.opening(minutes)}</p>}
    </section>
  );
}
