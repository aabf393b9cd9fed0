import { useId, useRef } from 'react';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { deskText } from './desk-text.ts';

/** The result of the call as one row of choices: Tab in, arrows move, no mouse needed. */
export function ResultChoice(props: {
  value: string | null;
  missing: boolean;
  onChange: (code: string) => void;
}) {
  const t = useWords(deskText);
  const names = useNames();
  const labelId = useId();
  const group = useRef<HTMLDivElement>(null);
  const codes = (names.hotline?.resultCodes ?? []).map((result) => result.code);
  const pick = (step: number) => {
    const from = props.value === null ? -1 : codes.indexOf(props.value);
    const at = (from + step + codes.length) % codes.length;
    const code = codes[at];
    if (code === undefined) return;
    props.onChange(code);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[at]?.focus();
  };
  const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  return (
    <>
      <p className="desk-label" id={labelId}>
        {t.result} <span aria-hidden="true">*</span>
        {props.missing && (
          <span className="tone-alert" role="alert">
            {' '}
            {t.needResult}
          </span>
        )}
      </p>
      <div
        ref={group}
        className="results"
        role="radiogroup"
        aria-labelledby={labelId}
        aria-required="true"
        onKeyDown={(event) => {
          const step = steps[event.key];
          if (step === undefined) return;
          event.preventDefault();
          pick(step);
        }}
      >
        {codes.map((code, at) => {
          const chosen = code === props.value;
          return (
            <button
              key={code}
              type="button"
              role="radio"
              aria-checked={chosen}
              tabIndex={chosen || (props.value === null && at === 0) ? 0 : -1}
              className="plain result"
              onClick={() => props.onChange(code)}
            >
              {names.result(code)}
            </button>
          );
        })}
      </div>
    </>
  );
}
