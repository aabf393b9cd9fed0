import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import { useId, useState } from 'react';
import type { Outcome } from '../../../../config/hotline.ts';
import { useWords } from '../../text/language.ts';
import { useDraft, useProblem } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';

interface FieldProps<T> {
  label: string;
  /** RFC 6901 pointer into the document: where the server's complaint about it belongs. */
  at: string;
  value: T;
  onChange: (value: T) => void;
  help?: string;
}

function Shell(props: {
  id: string;
  label: string;
  at: string;
  help?: string | undefined;
  children: React.ReactNode;
}) {
  const problem = useProblem(props.at);
  return (
    <div className="field" data-wrong={problem !== undefined}>
      <label htmlFor={props.id}>{props.label}</label>
      <div>
        {props.children}
        {problem !== undefined && (
          <p className="tone-alert field-problem" role="alert">
            {problem}
          </p>
        )}
        {props.help && problem === undefined && <p className="faint field-help">{props.help}</p>}
      </div>
    </div>
  );
}

export function TextField(props: FieldProps<string>) {
  const id = useId();
  return (
    <Shell id={id} label={props.label} at={props.at} help={props.help}>
      <Input id={id} value={props.value} onChange={(event) => props.onChange(event.target.value)} />
    </Shell>
  );
}

const wordsIn = (typed: string): string[] => typed.split(/[,，\s]+/).filter((each) => each !== '');

/** Several words with commas between them; a comma just typed stays visible. */
export function WordsField({ value, onChange, ...rest }: FieldProps<string[]>) {
  const [typed, setTyped] = useState(value.join(', '));
  const current = wordsIn(typed).join() === value.join() ? typed : value.join(', ');
  return (
    <TextField
      {...rest}
      value={current}
      onChange={(next) => {
        setTyped(next);
        onChange(wordsIn(next));
      }}
    />
  );
}

export function NumberField(props: FieldProps<number> & { unit?: string; scale?: number }) {
  const id = useId();
  const scale = props.scale ?? 1;
  return (
    <Shell id={id} label={props.label} at={props.at} help={props.help}>
      <InputNumber
        id={id}
        min={0}
        value={props.value / scale}
        suffix={props.unit}
        onChange={(typed) => typed !== null && props.onChange(Math.round(typed * scale))}
      />
    </Shell>
  );
}

interface LimitProps extends FieldProps<number | null> {
  unit: string;
  scale?: number;
  /** The least that may be typed, in the field's unit; 1 when not said. */
  min?: number;
  /** What an empty field says; that there is no limit when not said. */
  none?: string;
}

/** A limit that may be absent: an empty field means none. */
export function LimitField(props: LimitProps) {
  const id = useId();
  const t = useWords(hotlineText);
  const scale = props.scale ?? 1;
  return (
    <Shell id={id} label={props.label} at={props.at} help={props.help}>
      <InputNumber
        id={id}
        min={props.min ?? 1}
        placeholder={props.none ?? t.unlimited}
        value={props.value === null ? null : props.value / scale}
        suffix={props.unit}
        onChange={(typed) => props.onChange(typed === null ? null : Math.round(typed * scale))}
      />
    </Shell>
  );
}

export function PickField(props: FieldProps<string> & { options: readonly [string, string][] }) {
  const id = useId();
  return (
    <Shell id={id} label={props.label} at={props.at} help={props.help}>
      <select
        id={id}
        className="native-select"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Shell>
  );
}

/** The queues of the draft as choices. */
export function useQueueOptions(): [string, string][] {
  const queues = useDraft((s) => s.draft?.queues);
  return (queues ?? []).map((queue) => [queue.id, `${queue.code} ${queue.name.zh}`]);
}

/** What happens to a caller who cannot stay. */
export function OutcomeField(props: FieldProps<Outcome>) {
  const t = useWords(hotlineText);
  const queues = useQueueOptions();
  const { value, onChange, at } = props;
  const turn = (kind: string) => {
    if (kind === 'queue') onChange({ do: 'queue', queue: queues[0]?.[0] ?? '' });
    else if (kind === 'message') onChange({ do: 'message', prompt: 'queue-closed' });
    else onChange({ do: kind === 'wait' ? 'wait' : 'call-back' });
  };
  return (
    <div className="field-pair">
      <PickField
        label={props.label}
        at={at}
        value={value.do}
        onChange={turn}
        options={Object.entries(t.outcome)}
      />
      {value.do === 'queue' && (
        <PickField
          label={t.queue}
          at={`${at}/queue`}
          value={value.queue}
          options={queues}
          onChange={(queue) => onChange({ do: 'queue', queue })}
        />
      )}
      {value.do === 'message' && (
        <TextField
          label={t.prompt}
          at={`${at}/prompt`}
          value={value.prompt}
          onChange={(prompt) => onChange({ do: 'message', prompt })}
        />
      )}
    </div>
  );
}

/** A name in both languages. */
export function NameFields(props: FieldProps<{ zh: string; en: string }>) {
  const t = useWords(hotlineText);
  const { value, onChange, at } = props;
  return (
    <div className="field-pair">
      <TextField
        label={t.nameZh}
        at={`${at}/zh`}
        value={value.zh}
        onChange={(zh) => onChange({ ...value, zh })}
      />
      <TextField
        label={t.nameEn}
        at={`${at}/en`}
        value={value.en}
        onChange={(en) => onChange({ ...value, en })}
      />
    </div>
  );
}
