import Input from 'antd/es/input';
import { useWords } from '../../text/language.ts';
import { meetingsText } from './meetings-text.ts';

interface Props {
  /** Local time as the field has it, and the place. */
  value: { at: string; place: string };
  autoFocus?: boolean;
  onChange: (change: { at?: string; place?: string }) => void;
}

/** When a meeting is held, and where. */
export function WhenAndWhere({ value, autoFocus = false, onChange }: Props) {
  const t = useWords(meetingsText);
  return (
    <div className="order-form-pair">
      <label>
        <span>
          {t.at}
          <em aria-hidden="true">*</em>
        </span>
        <input
          type="datetime-local"
          autoFocus={autoFocus}
          required
          className="native-select"
          value={value.at}
          onChange={(event) => onChange({ at: event.target.value })}
        />
      </label>
      <label>
        <span>{t.place}</span>
        <Input
          maxLength={200}
          value={value.place}
          onChange={(event) => onChange({ place: event.target.value })}
        />
      </label>
    </div>
  );
}
