import Button from 'antd/es/button';
import type { DeskNotice, Rest } from '../../../../src/leading/schema.ts';
import { post, remove } from '../../net/api.ts';
import { refresh, useDeskNews } from '../../net/leading.ts';
import { useNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { shortClock, span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';
import './desk-news.css';

/** Between agent and leader: the rest asked for, the raised hand, the notices. */
export function DeskNewsPanel() {
  const t = useWords(leadingText);
  const news = useDeskNews(true);
  if (!news) return null;
  return (
    <section className="side-news">
      {news.rest && <RestLine rest={news.rest} />}
      <HandLine handUpAt={news.handUpAt} />
      <h2 className="side-title">{t.notices}</h2>
      {news.notices.length === 0 ? (
        <p className="side-none">{t.noNotices}</p>
      ) : (
        <ul className="desk-notices">
          {news.notices.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
    </section>
  );
}

function useRestWords(rest: Rest): { said: string; mark: 'ringing' | 'rest' | 'alert' } {
  const t = useWords(leadingText);
  const reason = useNames().reason(rest.reason);
  switch (rest.state) {
    case 'asked':
      return { said: t.restAsked(reason), mark: 'ringing' };
    case 'approved':
      return {
        said: rest.begunAt === null ? t.restApproved(reason) : t.restNow(reason),
        mark: 'rest',
      };
    case 'refused':
      return { said: t.restRefused(reason, rest.decidedBy ?? ''), mark: 'alert' };
    default:
      return { said: t.restExpired(reason), mark: 'alert' };
  }
}

function RestLine({ rest }: { rest: Rest }) {
  const t = useWords(leadingText);
  const attempt = useTry();
  const now = useNow();
  const { said, mark } = useRestWords(rest);
  const isPending = rest.overAt === null && rest.begunAt === null;
  return (
    <div className="desk-rest" role="status">
      <StateMark mark={mark} size={14} />
      <span>
        {said}
        {rest.state === 'asked' && (
          <small className="faint num">{t.byItself(span(rest.expiresAt - now))}</small>
        )}
      </span>
      {isPending && (
        <Button
          size="small"
          onClick={() => attempt(() => remove('/desk/rest').then(() => refresh('rests')))}
        >
          {t.takeBack}
        </Button>
      )}
    </div>
  );
}

function HandLine({ handUpAt }: { handUpAt: number | null }) {
  const t = useWords(leadingText);
  const attempt = useTry();
  const now = useNow();
  const change = (act: () => Promise<unknown>) =>
    attempt(() => act().then(() => refresh('alerts')));
  if (handUpAt === null) {
    return (
      <Button size="small" onClick={() => change(() => post('/desk/hand'))}>
        {t.raiseHand}
      </Button>
    );
  }
  return (
    <div className="desk-rest" role="status">
      <StateMark mark="ringing" size={14} />
      <span className="num">{t.handUp(span(now - handUpAt))}</span>
      <Button size="small" onClick={() => change(() => remove('/desk/hand'))}>
        {t.lowerHand}
      </Button>
    </div>
  );
}

function NoticeLine({ notice }: { notice: DeskNotice }) {
  const t = useWords(leadingText);
  const attempt = useTry();
  const isUnread = notice.readAt === null;
  return (
    <li data-unread={isUnread}>
      <p>
        {notice.isUrgent && <b className="tone-alert">{t.urgent}　</b>}
        {notice.text}
      </p>
      <p className="faint desk-notice-foot">
        {notice.by} {shortClock(notice.at)}
        {isUnread ? (
          <Button
            size="small"
            type="link"
            onClick={() =>
              attempt(() => post(`/desk/notices/${notice.id}/read`).then(() => refresh('notices')))
            }
          >
            {t.understood}
          </Button>
        ) : (
          <span>{t.readAt(shortClock(notice.readAt ?? 0))}</span>
        )}
      </p>
    </li>
  );
}
