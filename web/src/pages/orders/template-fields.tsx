import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import type { Matter, RequestPoint } from '../../../../src/orders/schema.ts';
import { useWords } from '../../text/language.ts';
import type { Draft } from './order-draft.ts';
import { ordersText } from './orders-text.ts';

type Element = RequestPoint['elements'][number];

interface Props {
  matter: Matter;
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

/** What the template of a request point asks for: choices where there are some, text where there are none. */
export function TemplateFields({ matter, draft, set }: Props) {
  const t = useWords(ordersText);
  const point = matter.points.find(({ code }) => code === draft.point);
  const answer = (key: string, value: string) =>
    set({ answers: { ...draft.answers, [key]: value } });
  return (
    <fieldset className="order-template">
      <legend>{t.form.template}</legend>
      {matter.points.length > 1 && (
        <label>
          <span>{t.form.point}</span>
          <Select
            value={draft.point}
            showSearch={{ optionFilterProp: 'label' }}
            options={matter.points.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code: string) => set({ point: code, answers: {} })}
          />
        </label>
      )}
      {point?.elements.map((element) => (
        <label key={element.key}>
          <span>
            {element.label}
            {element.required && <em aria-hidden="true">*</em>}
          </span>
          <Answer
            element={element}
            value={draft.answers[element.key] ?? ''}
            onChange={(value) => answer(element.key, value)}
          />
        </label>
      ))}
    </fieldset>
  );
}

interface AnswerProps {
  element: Element;
  value: string;
  onChange: (value: string) => void;
}

function Answer({ element, value, onChange }: AnswerProps) {
  const { label, options, required } = element;
  if (!options) {
    return (
      <Input value={value} required={required} onChange={(event) => onChange(event.target.value)} />
    );
  }
  if (options.length > 5 || options.join('').length > 24) {
    return (
      <Select
        value={value || null}
        aria-label={label}
        options={options.map((each) => ({ value: each, label: each }))}
        onChange={onChange}
      />
    );
  }
  return <Segmented value={value} options={options} onChange={onChange} aria-label={label} />;
}
