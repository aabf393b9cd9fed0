import Button from 'antd/es/button';
import Input from 'antd/es/input';
import type { Hotline, HoursConfig } from '../../../../config/hotline.ts';
import { Icon } from '../../parts/icons.tsx';
import { useWords } from '../../text/language.ts';
import { AtHandFields } from './at-hand-fields.tsx';
import { CallerRules } from './caller-rules.tsx';
import { CodedList } from './coded-list.tsx';
import { editDraft } from './draft-store.ts';
import { LimitField, NameFields, NumberField, TextField } from './fields.tsx';
import { Holidays } from './holidays.tsx';
import { hotlineText } from './hotline-text.ts';
import { RestFields } from './leading-fields.tsx';

/** What belongs to no queue, entry or menu. */
export function OtherForm({ draft }: { draft: Hotline }) {
  const t = useWords(hotlineText);
  const set = (part: Partial<Hotline>) => editDraft((doc) => ({ ...doc, ...part }));
  return (
    <>
      <NameFields label="" at="/name" value={draft.name} onChange={(name) => set({ name })} />
      <div className="field-pair">
        <NumberField
          label={t.lowAtMost}
          at="/rating/lowAtMost"
          value={draft.rating.lowAtMost}
          onChange={(lowAtMost) => set({ rating: { ...draft.rating, lowAtMost } })}
        />
        <NumberField
          label={t.ratingTimeout}
          at="/rating/timeoutMs"
          unit={t.seconds}
          scale={1000}
          value={draft.rating.timeoutMs}
          onChange={(timeoutMs) => set({ rating: { ...draft.rating, timeoutMs } })}
        />
      </div>
      <div className="field-pair">
        <NumberField
          label={t.extend}
          at="/wrapUp/extendMs"
          unit={t.seconds}
          scale={1000}
          value={draft.wrapUp.extendMs}
          onChange={(extendMs) => set({ wrapUp: { extendMs } })}
        />
        <LimitField
          label={t.keepDays}
          at="/recordingKeepDays"
          unit={t.days}
          value={draft.recordingKeepDays}
          onChange={(recordingKeepDays) => set({ recordingKeepDays })}
        />
      </div>
      <div className="field-pair">
        <NumberField
          label={t.seatGrace}
          at="/seatGraceMs"
          unit={t.seconds}
          scale={1000}
          value={draft.seatGraceMs}
          onChange={(seatGraceMs) => set({ seatGraceMs })}
        />
        <NumberField
          label={t.shortAbandon}
          at="/shortAbandonMs"
          unit={t.seconds}
          scale={1000}
          value={draft.shortAbandonMs}
          onChange={(shortAbandonMs) => set({ shortAbandonMs })}
        />
      </div>
      <CallerRules callers={draft.callers} onChange={(callers) => set({ callers })} />
      <Holidays list={draft.holidays} onChange={(holidays) => set({ holidays })} />
      <CodedList
        title={t.parts.notReadyReasons}
        at="/notReadyReasons"
        list={draft.notReadyReasons}
        fresh={(coded) => coded}
        onChange={(notReadyReasons) => set({ notReadyReasons })}
      />
      <RestFields rest={draft.rest} onChange={(rest) => set({ rest })} />
      <CodedList
        title={t.parts.resultCodes}
        at="/resultCodes"
        list={draft.resultCodes}
        fresh={(coded) => coded}
        onChange={(resultCodes) => set({ resultCodes })}
        renderExtra={(item, change) => (
          <label className="result-open" title={t.isOpenHelp}>
            <input
              type="checkbox"
              checked={item.isOpen === true}
              onChange={(event) => change(withOpen(item, event.target.checked))}
            />{' '}
            {t.isOpen}
          </label>
        )}
      />
      <AtHandFields draft={draft} onChange={set} />
    </>
  );
}

type ResultCode = Hotline['resultCodes'][number];

function withOpen({ isOpen: _before, ...item }: ResultCode, isOpen: boolean): ResultCode {
  return isOpen ? { ...item, isOpen } : item;
}

/** Weekly opening times. */
export function HoursForm(props: {
  at: string;
  hours: HoursConfig;
  onChange: (hours: HoursConfig) => void;
}) {
  const t = useWords(hotlineText);
  const { hours, at } = props;
  const set = (part: Partial<HoursConfig>) => props.onChange({ ...hours, ...part });
  const setRange = (index: number, part: Partial<HoursConfig['open'][number]>) =>
    set({ open: hours.open.map((range, i) => (i === index ? { ...range, ...part } : range)) });
  return (
    <>
      <TextField
        label={t.id}
        at={`${at}/id`}
        value={hours.id}
        onChange={(id) => set({ id })}
        help={t.idHelp}
      />
      <NameFields
        label=""
        at={`${at}/name`}
        value={hours.name}
        onChange={(name) => set({ name })}
      />
      <label className="keeps-holidays">
        <input
          type="checkbox"
          checked={hours.keepsHolidays}
          onChange={(event) => set({ keepsHolidays: event.target.checked })}
        />{' '}
        {t.keepsHolidays}
      </label>
      <fieldset className="keys-editor">
        <legend>{t.openAt}</legend>
        {hours.open.map((range, index) => (
          <div key={index} className="hours-row">
            <span className="weekdays">
              {t.weekdays.map((name, i) => (
                <button
                  key={name}
                  type="button"
                  className="plain weekday"
                  aria-pressed={range.days.includes(i + 1)}
                  onClick={() =>
                    setRange(index, {
                      days: range.days.includes(i + 1)
                        ? range.days.filter((day) => day !== i + 1)
                        : [...range.days, i + 1].toSorted((a, b) => a - b),
                    })
                  }
                >
                  {name}
                </button>
              ))}
            </span>
            <Input
              aria-label={t.openAt}
              value={range.from}
              onChange={(event) => setRange(index, { from: event.target.value })}
            />
            <Input
              aria-label={t.openAt}
              value={range.to}
              onChange={(event) => setRange(index, { to: event.target.value })}
            />
            <button
              type="button"
              className="plain"
              aria-label={t.removeIt}
              onClick={() => set({ open: hours.open.filter((_, i) => i !== index) })}
            >
              <Icon name="close" size={14} />
            </button>
          </div>
        ))}
        <Button
          size="small"
          onClick={() =>
            set({ open: [...hours.open, { days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }] })
          }
        >
          {t.addRange}
        </Button>
      </fieldset>
    </>
  );
}
