import Button from 'antd/es/button';
import InputNumber from 'antd/es/input-number';
import type { QueueConfig } from '../../../../config/hotline.ts';
import { Icon } from '../../parts/icons.tsx';
import { useWords } from '../../text/language.ts';
import { useProblem } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';

type Steps = QueueConfig['widening'];

/** From when on which levels of seats may be rung too. */
export function Widening(props: { at: string; steps: Steps; onChange: (steps: Steps) => void }) {
  const t = useWords(hotlineText);
  const problem = useProblem(props.at);
  const { steps, onChange } = props;
  const set = (index: number, part: Partial<Steps[number]>) =>
    onChange(steps.map((step, at) => (at === index ? { ...step, ...part } : step)));
  return (
    <fieldset className="keys-editor">
      <legend>{t.widening}</legend>
      {steps.map((step, at) => (
        <div key={at} className="widening-step">
          <InputNumber
            aria-label={t.widenAfter}
            min={0}
            suffix={t.seconds}
            value={step.afterMs / 1000}
            onChange={(typed) => typed !== null && set(at, { afterMs: Math.round(typed * 1000) })}
          />
          <InputNumber
            aria-label={t.widenTo}
            min={1}
            max={9}
            value={step.level}
            onChange={(level) => level !== null && set(at, { level })}
          />
          <button
            type="button"
            className="plain"
            aria-label={t.removeIt}
            onClick={() => onChange(steps.filter((_, index) => index !== at))}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
      {steps.length === 0 && <p className="faint field-help">{t.wideningHelp}</p>}
      {problem !== undefined && <p className="tone-alert field-problem">{problem}</p>}
      <Button
        size="small"
        disabled={steps.length >= 9}
        onClick={() =>
          onChange([
            ...steps,
            { afterMs: steps.length * 20_000, level: Math.min(9, steps.length + 1) },
          ])
        }
      >
        {t.addStep}
      </Button>
    </fieldset>
  );
}
