import { useState } from 'react';
import type { Pop } from '../../../../src/calls/schema.ts';
import { put } from '../../net/api.ts';
import { useTry } from '../../parts/said.tsx';
import { atHandText } from '../../talk/at-hand-text.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';

/** Tags of the call, those its queue offers: Tab to one, space sets or clears it; kept at once. */
export function TagChoice({ pop, isFixed }: { pop: Pop; isFixed: boolean }) {
  const t = useWords(atHandText);
  const lang = useLanguage((s) => s.lang);
  const attempt = useTry();
  const [chosen, setChosen] = useState<readonly string[]>(pop.tags);
  const offered = (useNames().hotline?.tags ?? []).filter(
    ({ queues }) => queues.length === 0 || queues.includes(pop.queueId),
  );
  if (offered.length === 0) return null;
  const toggle = (code: string) => {
    const next = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
    setChosen(next);
    attempt(() =>
      put('/desk/tags', { tags: next }).catch((error: unknown) => {
        setChosen(chosen);
        throw error;
      }),
    );
  };
  return (
    <div className="call-tags" role="group" aria-label={t.tags}>
      <span className="faint">{t.tags}</span>
      {offered.map(({ code, name }) => (
        <button
          key={code}
          type="button"
          className="plain call-tag"
          aria-pressed={chosen.includes(code)}
          disabled={isFixed}
          onClick={() => toggle(code)}
        >
          {name[lang]}
        </button>
      ))}
    </div>
  );
}
