import Button from 'antd/es/button';
import { useState } from 'react';
import { endOfDay } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { supervisionText } from '../supervision/supervision-text.ts';

interface FieldProps {
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

/** A day, which lasts to its end: the value is that moment, milliseconds since the epoch. */
export function DayField({ autoFocus, onChange }: FieldProps) {
  return (
    <input
      type="date"
      required
      className="native-select"
      autoFocus={autoFocus}
      onChange={({ target: { value } }) => onChange(value === '' ? '' : String(endOfDay(value)))}
    />
  );
}

/** Where the telephone says it is, when its owner lets it: `lat,lng`. */
export function PositionField({ onChange }: FieldProps) {
  const t = useWords(supervisionText);
  const [said, setSaid] = useState('');
  const ask = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        const position = `${latitude.toFixed(5)},${longitude.toFixed(5)}`;
        setSaid(position);
        onChange(position);
      },
      () => setSaid(t.noPosition),
    );
  return (
    <span className="order-position">
      <Button onClick={ask}>{t.takePosition}</Button>
      <span className="num soft" aria-live="polite">
        {said}
      </span>
    </span>
  );
}
