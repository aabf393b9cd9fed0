import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { put } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { FileButton } from '../../parts/file-button.tsx';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { settingsText } from './settings-text.ts';

/** The lawful working days by year, as the official notice gives them. */
export function CalendarsPart({ calendars }: { calendars: OrderSettingsView['calendars'] }) {
  const t = useWords(settingsText);
  const attempt = useTry();
  const send = (file: File) =>
    attempt(async () => {
      const body: unknown = JSON.parse(await file.text());
      await put('/order-settings/calendars', { why: t.importWhy(file.name), body });
      await queryClient.invalidateQueries({ queryKey: ['order-settings'] });
      toast(t.saved);
    });
  return (
    <>
      <div className="settings-bar">
        <span className="faint">{t.calendarsHelp}</span>
        <FileButton
          label={t.importCalendar}
          type="primary"
          accept=".json,application/json"
          onFile={send}
        />
      </div>
      <div className="settings-packs">
        {calendars.map(({ body, version, at }) => (
          <section className="card" key={body.year}>
            <h2 className="num">{body.year}</h2>
            <p className="soft num">
              {t.version(version)} · {moment(at, serverNow())}
            </p>
            <p>
              {t.daysOff(body.days.filter(({ isOffDay }) => isOffDay).length)} ·{' '}
              {t.makeUp(body.days.filter(({ isOffDay }) => !isOffDay).length)}
            </p>
            <p className="faint num">
              {body.days
                .filter(({ isOffDay }) => !isOffDay)
                .map(({ date }) => date.slice(5))
                .join('、')}
            </p>
          </section>
        ))}
      </div>
    </>
  );
}
