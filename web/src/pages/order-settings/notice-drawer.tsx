import { queryOptions, useQuery } from '@tanstack/react-query';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { CalendarPreview, OfficialNotice } from '../../../../src/orders/schema.ts';
import { post, put } from '../../net/api.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { calendarsText } from './calendars-text.ts';
import { VersionDrawer } from './version-drawer.tsx';

/** What the server says taking a notice in would change; refuses what is none. */
export const previewOf = (notice: unknown) =>
  queryOptions({
    queryKey: ['calendar-preview', notice],
    queryFn: () => post<CalendarPreview>('/order-settings/calendars/preview', notice),
  });

interface Props {
  notice: OfficialNotice;
  /** One day is changed by hand, instead of a file taken in as it is. */
  byHand: boolean;
  onClose: () => void;
}

/** A year's notice before it is taken in: which days would change. */
export function NoticeDrawer({ notice: given, byHand, onClose }: Props) {
  const t = useWords(calendarsText);
  const [day, setDay] = useState<Day>({ date: '', name: '', isOffDay: true });
  const notice = day.date === '' ? given : withDay(given, day);
  const preview = useQuery({ ...previewOf(notice), placeholderData: (before) => before });
  const { version = 0, faults = [], changes = [] } = preview.data ?? {};
  const isNews = version === 0 || changes.length > 0;
  const { year, papers = [] } = notice;
  return (
    <VersionDrawer
      title={byHand ? t.changeDayOf(year) : t.noticeOf(year)}
      isReady={preview.isSuccess && !preview.isPlaceholderData && faults.length === 0 && isNews}
      save={(why) => put('/order-settings/calendars', { baseVersion: version, why, body: notice })}
      onClose={onClose}
    >
      {byHand && <DayFields year={year} day={day} onChange={setDay} />}
      <p className="soft num">
        {version === 0 ? t.firstNotice : t.replaces(version)}
        {papers.map((paper) => (
          <Paper key={paper} address={paper} />
        ))}
      </p>
      {preview.isError && <Failure error={preview.error} />}
      {preview.isPending && <Waiting rows={3} />}
      {faults.map(({ fault, date }) => (
        <p key={`${fault} ${date}`} className="settings-alarm" role="alert">
          ▲ {t.faults[fault]} <span className="num">{date}</span>
        </p>
      ))}
      {preview.data && <DayChanges notice={notice} changes={changes} />}
      <p className="faint">{t.clocksKeep}</p>
    </VersionDrawer>
  );
}

interface Day {
  date: string;
  name: string;
  isOffDay: boolean;
}

function withDay(notice: OfficialNotice, { date, name, isOffDay }: Day): OfficialNotice {
  const others = notice.days.filter((each) => each.date !== date);
  const days = [...others, { date, isOffDay, ...(name !== '' && { name }) }];
  return { ...notice, days: days.toSorted((a, b) => (a.date < b.date ? -1 : 1)) };
}

interface DayFieldsProps {
  year: number;
  day: Day;
  onChange: (day: Day) => void;
}

function DayFields({ year, day, onChange }: DayFieldsProps) {
  const t = useWords(calendarsText);
  return (
    <>
      <label className="settings-field">
        <span>{t.day}</span>
        <Input
          type="date"
          min={`${year}-01-01`}
          max={`${year}-12-31`}
          value={day.date}
          onChange={(event) => onChange({ ...day, date: event.target.value })}
        />
      </label>
      <label className="settings-field">
        <span>{t.dayName}</span>
        <Input
          maxLength={20}
          value={day.name}
          onChange={(event) => onChange({ ...day, name: event.target.value })}
        />
      </label>
      <Segmented
        className="settings-choice"
        aria-label={t.day}
        value={day.isOffDay ? 'rest' : 'work'}
        options={[
          { value: 'rest', label: t.rests },
          { value: 'work', label: t.works },
        ]}
        onChange={(kind) => onChange({ ...day, isOffDay: kind === 'rest' })}
      />
    </>
  );
}

interface ChangesProps {
  notice: OfficialNotice;
  changes: CalendarPreview['changes'];
}

function DayChanges({ notice, changes }: ChangesProps) {
  const t = useWords(calendarsText);
  const lang = useLanguage((s) => s.lang);
  if (changes.length === 0) return <p className="soft">{t.noDayChanges}</p>;
  return (
    <>
      <h3 className="settings-changes-head">{t.dayChanges(changes.length)}</h3>
      <ul className="settings-changes">
        {changes.map(({ date, works }) => (
          <li key={date} data-works={works}>
            <span className="num">{date}</span>
            <span className="soft">{weekday(date, lang)}</span>
            <b>{works ? t.works : t.rests}</b>
            <span className="soft">{notice.days.find((each) => each.date === date)?.name}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where a notice was published, as a link when it is one. */
export function Paper({ address }: { address: string }) {
  const t = useWords(calendarsText);
  if (!/^https?:\/\//.test(address)) return <span>　{address}</span>;
  return (
    <a className="settings-paper" href={address} target="_blank" rel="noreferrer">
      {t.paper} ↗
    </a>
  );
}

function weekday(date: string, lang: 'zh' | 'en'): string {
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  return new Date(date).toLocaleDateString(locale, { weekday: 'short', timeZone: 'UTC' });
}
