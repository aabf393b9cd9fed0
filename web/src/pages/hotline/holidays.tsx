import Button from 'antd/es/button';
import Input from 'antd/es/input';
import type { HolidayConfig } from '../../../../config/hotline.ts';
import { Icon } from '../../parts/icons.tsx';
import { useWords } from '../../text/language.ts';
import { useDraft } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';

/** Days that are not what their weekday says: days off, and make-up days with hours of a weekday. */
export function Holidays(props: {
  list: readonly HolidayConfig[];
  onChange: (list: HolidayConfig[]) => void;
}) {
  const t = useWords(hotlineText);
  const problems = useDraft((s) => s.problems).filter(({ pointer }) =>
    pointer.startsWith('/holidays'),
  );
  const { list, onChange } = props;
  const set = (at: number, part: Partial<HolidayConfig>) =>
    onChange(list.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const add = () =>
    onChange([...list, { name: { zh: '假期', en: 'Holiday' }, from: '', to: '', openAs: null }]);
  return (
    <fieldset className="keys-editor">
      <legend>{t.holidays}</legend>
      <p className="faint field-help">{t.holidaysHelp}</p>
      {list.map((holiday, at) => (
        // Names and dates are being typed, so the place is what stays the same.
        <div key={at} className="key-row holiday-row">
          <Input
            aria-label={`${t.holidays} ${at + 1} ${t.nameZh}`}
            value={holiday.name.zh}
            onChange={(event) =>
              set(at, { name: { zh: event.target.value, en: event.target.value } })
            }
          />
          <Input
            type="date"
            aria-label={`${holiday.name.zh} ${t.fromDay}`}
            value={holiday.from}
            onChange={(event) => set(at, { from: event.target.value })}
          />
          <Input
            type="date"
            aria-label={`${holiday.name.zh} ${t.toDay}`}
            value={holiday.to}
            onChange={(event) => set(at, { to: event.target.value })}
          />
          <select
            className="native-select"
            aria-label={`${holiday.name.zh} ${t.openAs}`}
            value={holiday.openAs ?? ''}
            onChange={(event) => set(at, { openAs: Number(event.target.value) || null })}
          >
            <option value="">{t.closedDay}</option>
            {t.weekdays.map((name, day) => (
              <option key={name} value={day + 1}>
                {t.asWeekday(name)}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="plain"
            aria-label={`${t.removeIt} ${holiday.name.zh}`}
            onClick={() => onChange(list.filter((_, index) => index !== at))}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
      {problems.map(({ pointer, message }) => (
        <p key={pointer} className="tone-alert field-problem">
          {pointer} {message}
        </p>
      ))}
      <Button size="small" onClick={add}>
        {t.addHoliday}
      </Button>
    </fieldset>
  );
}
