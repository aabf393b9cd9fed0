import Button from 'antd/es/button';
import InputNumber from 'antd/es/input-number';
import { useState } from 'react';
import { useWords } from '../../text/language.ts';
import type { StaffingSearch } from './staffing-search.ts';
import { staffingText } from './staffing-text.ts';

type Field = keyof StaffingSearch;
const usual: StaffingSearch = {
  callsPerHour: 1_100,
  handlingSeconds: 240,
  percent: 95,
  limitSeconds: 15,
};

/** What is to be staffed; Enter asks. */
export function QuestionForm(props: {
  search: StaffingSearch;
  isRunning: boolean;
  onAsk: (question: StaffingSearch) => void;
  onStop: () => void;
}) {
  const t = useWords(staffingText);
  const { search, isRunning, onAsk, onStop } = props;
  const [question, setQuestion] = useState<StaffingSearch>({ ...usual, ...search });
  const field = (name: Field, label: string, least: number, most: number, help?: string) => (
    <label key={name} className="staffing-field">
      <span>{label}</span>
      <InputNumber<number>
        aria-label={label}
        min={least}
        max={most}
        value={question[name] ?? null}
        placeholder={help ?? ''}
        onChange={(value) => {
          const { [name]: _, ...others } = question;
          setQuestion(value === null ? others : { ...others, [name]: value });
        }}
      />
    </label>
  );
  const isWhole = ['callsPerHour', 'handlingSeconds', 'percent', 'limitSeconds'].every(
    (name) => name in question,
  );
  return (
    <form
      className="card staffing-question"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onAsk(question);
      }}
    >
      {field('callsPerHour', t.callsPerHour, 1, 20_000)}
      {field('handlingSeconds', t.handling, 1, 7_200)}
      {field('percent', t.target, 1, 99.9)}
      {field('limitSeconds', t.limit, 1, 600)}
      {field('patienceSeconds', t.patience, 1, 3_600, t.patienceHelp)}
      {isRunning ? (
        <Button onClick={onStop}>{t.stop}</Button>
      ) : (
        <Button type="primary" htmlType="submit" disabled={!isWhole}>
          {t.ask}
        </Button>
      )}
    </form>
  );
}
