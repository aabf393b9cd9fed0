import type { CallStep } from '../../../../src/calls/schema.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { exactClock } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { callText } from './call-text.ts';
import { stepWords } from './step-words.ts';

/** Every step to the millisecond, in plain words, with the time since the one before. */
export function Timeline({ steps, arrivedAt }: { steps: CallStep[]; arrivedAt: number }) {
  const t = useWords(callText);
  const lang = useLanguage((s) => s.lang);
  const names = useNames();
  return (
    <section className="card call-card call-timeline" aria-label={t.timeline}>
      <h2>{t.timeline}</h2>
      <ol>
        {steps.map((step, at) => {
          const { text, mark } = stepWords(step.kind, step.detail, names, lang);
          const before = steps[at - 1]?.at ?? arrivedAt;
          return (
            <li key={step.seq} data-strong={mark !== undefined}>
              <span className="num step-at">{exactClock(step.at)}</span>
              <span className="step-dot">{mark ? <StateMark mark={mark} size={13} /> : <i />}</span>
              <span className="step-text">{text}</span>
              <span className="num step-gap">{at === 0 ? '' : gap(step.at - before)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** `+12 ms`, `+3.402 s` */
function gap(ms: number): string {
  return ms < 1000 ? `+${ms} ms` : `+${(ms / 1000).toFixed(3)} s`;
}
