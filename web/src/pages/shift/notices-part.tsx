import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import type { Notice, Receipts } from '../../../../src/leading/schema.ts';
import { get, remove } from '../../net/api.ts';
import { refresh, useNotices } from '../../net/leading.ts';
import { useNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';
import { NoticeForm } from './notice-form.tsx';

/** What the desks were told, by whom, and who has read it. */
export function NoticesPart() {
  const t = useWords(leadingText);
  const notices = useNotices();
  return (
    <div className="shift-columns">
      <NoticeForm />
      <section className="card side-card shift-list">
        <h2>{t.notices}</h2>
        {notices.isError ? (
          <Failure error={notices.error} retry={() => void notices.refetch()} />
        ) : notices.isPending ? (
          <Waiting />
        ) : notices.data.length === 0 ? (
          <Blank title={t.noNoticesYet} help={t.noNoticesHelp} />
        ) : (
          <ul className="shift-rows" tabIndex={0}>
            {notices.data.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function useAudienceWords(): (audience: Notice['audience']) => string {
  const t = useWords(leadingText);
  const names = useNames();
  return (audience) => {
    if (audience.to === 'all') return t.toAll;
    if (audience.to === 'seats') return audience.seatIds.join(', ');
    return audience.queueIds.map((queueId) => names.queue(queueId)).join('、');
  };
}

function NoticeRow({ notice }: { notice: Notice }) {
  const t = useWords(leadingText);
  const attempt = useTry();
  const now = useNow();
  const audience = useAudienceWords();
  const [isOpen, setOpen] = useState(false);
  const isUp = notice.withdrawnAt === null && (notice.until === null || notice.until > now);
  const state = isUp ? t.up : notice.withdrawnAt === null ? t.expired : t.withdrawn;
  return (
    <li data-quiet={!isUp}>
      <span className="shift-what">
        <span>
          {notice.isUrgent && <b className="tone-alert">{t.urgent}　</b>}
          {notice.text}
        </span>
        <small className="faint">
          {moment(notice.at, now).slice(0, -3)} · {notice.by} · {audience(notice.audience)} ·{' '}
          {state}
        </small>
        {isOpen && <ReceiptList id={notice.id} />}
      </span>
      <span className="shift-acts">
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t.readOf(notice.read, notice.read + notice.unread)}
        </Button>
        {isUp && (
          <Button
            size="small"
            onClick={() =>
              attempt(() => remove(`/floor/notices/${notice.id}`).then(() => refresh('notices')))
            }
          >
            {t.withdraw}
          </Button>
        )}
      </span>
    </li>
  );
}

function ReceiptList({ id }: { id: string }) {
  const t = useWords(leadingText);
  const now = useNow();
  const receipts = useQuery({
    queryKey: ['notices', 'receipts', id],
    queryFn: () => get<Receipts>(`/floor/notices/${id}/receipts`),
  });
  if (!receipts.data) return <Waiting rows={2} />;
  const { read, unread } = receipts.data;
  return (
    <dl className="receipts">
      <dt>{t.notRead}</dt>
      <dd>
        {unread.length === 0
          ? t.everybodyRead
          : unread.map(({ name, seatId }) => `${name} ${seatId}`).join('，')}
      </dd>
      <dt>{t.receipts}</dt>
      <dd className="num">
        {read.map(({ name, at }) => `${name} ${moment(at, now).slice(0, -3)}`).join('，') || '–'}
      </dd>
    </dl>
  );
}
