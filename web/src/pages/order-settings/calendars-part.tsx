import Button from 'antd/es/button';
import { useState } from 'react';
import type { OfficialNotice, OrderSettingsView } from '../../../../src/orders/schema.ts';
import { Problem, textOf } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { FileButton } from '../../parts/file-button.tsx';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { calendarsText } from './calendars-text.ts';
import { NoticeDrawer, Paper, previewOf } from './notice-drawer.tsx';
import { settingsText } from './settings-text.ts';

/** The lawful working days by year, as the official notice gives them. */
export function CalendarsPart({ calendars }: { calendars: OrderSettingsView['calendars'] }) {
  const t = useWords(calendarsText);
  const lang = useLanguage((s) => s.lang);
  const [open, setOpen] = useState<{ notice: OfficialNotice; byHand: boolean } | null>(null);
  const [wrong, setWrong] = useState('');
  const look = async (file: File) => {
    setWrong('');
    try {
      const notice: unknown = JSON.parse(await file.text());
      // The server knows the shape: what it previews is a notice.
      await queryClient.fetchQuery(previewOf(notice));
      setOpen({ notice: notice as OfficialNotice, byHand: false });
    } catch (error) {
      const refused = error instanceof Problem && error.status === 422 ? error.fields : null;
      const isOther = refused === null && !(error instanceof SyntaxError);
      const where = refused?.slice(0, 3).map(({ pointer }) => pointer) ?? [];
      setWrong(isOther ? textOf(error, lang) : t.noNotice(file.name, where.join('、')));
    }
  };
  return (
    <>
      <div className="settings-bar">
        <span className="faint">{t.help}</span>
        <FileButton
          label={t.take}
          type="primary"
          accept=".json,application/json"
          onFile={(file) => void look(file)}
        />
      </div>
      {wrong !== '' && (
        <p className="settings-alarm" role="alert">
          ▲ {wrong}
        </p>
      )}
      <div className="settings-packs">
        {calendars.map((calendar) => (
          <Year
            key={calendar.body.year}
            calendar={calendar}
            onChange={() => setOpen({ notice: calendar.body, byHand: true })}
          />
        ))}
      </div>
      {open !== null && <NoticeDrawer {...open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface YearProps {
  calendar: OrderSettingsView['calendars'][number];
  onChange: () => void;
}

function Year({ calendar, onChange }: YearProps) {
  const t = useWords(calendarsText);
  const { version: versionOf } = useWords(settingsText);
  const { body, version, at } = calendar;
  const { year, days, papers = [] } = body;
  const madeUp = days.filter(({ isOffDay }) => !isOffDay);
  return (
    <section className="card">
      <h2 className="num">{year}</h2>
      <p className="soft num">
        {versionOf(version)} · {moment(at, serverNow())}
        {papers.map((paper) => (
          <Paper key={paper} address={paper} />
        ))}
      </p>
      <p>
        {t.daysOff(days.length - madeUp.length)} · {t.makeUp(madeUp.length)}
      </p>
      <p className="faint num settings-dates">
        {madeUp.map(({ date }) => (
          <span key={date}>{date.slice(5)}</span>
        ))}
      </p>
      <Button size="small" onClick={onChange}>
        {t.changeDay}
      </Button>
    </section>
  );
}
