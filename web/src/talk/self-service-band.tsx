import Button from 'antd/es/button';
import type { Desk } from '../../../src/seats/schema.ts';
import { deskDo } from '../net/desk-store.ts';
import { useTry } from '../parts/said.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { shortClock } from '../text/format.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import { atHandText } from './at-hand-text.ts';
import { talkText } from './talk-text.ts';

function useService(id: string) {
  const lang = useLanguage((s) => s.lang);
  const found = useNames().hotline?.selfServices.find((service) => service.id === id);
  return {
    name: found?.name[lang] ?? id,
    choice: (key: string) =>
      Object.entries(found?.choices ?? {}).find(([each]) => each === key)?.[1]?.[lang] ?? '',
  };
}

/** The caller is in a self-service and comes back by themselves. */
export function SelfServiceBand({ at }: { at: NonNullable<Desk['selfService']> }) {
  const t = useWords(atHandText);
  const talk = useWords(talkText);
  const attempt = useTry();
  const { name } = useService(at.serviceId);
  return (
    <section className="band" data-tone="hold" aria-label={talk.people}>
      <p className="band-said" role="status">
        <StateMark mark="hold" size={12} /> {t.inService(name, shortClock(at.until))}
      </p>
      <div className="band-acts">
        <Button onClick={() => attempt(() => deskDo('resume'))}>
          {t.takeBack} <kbd>F4</kbd>
        </Button>
      </div>
    </section>
  );
}

/** What the caller brought back from a self-service. Digits stand here and nowhere else. */
export function SelfServiceResult({ result }: { result: NonNullable<Desk['selfServiceResult']> }) {
  const t = useWords(atHandText);
  const talk = useWords(talkText);
  const { name, choice } = useService(result.serviceId);
  const brought = [
    result.choice === null ? '' : `${result.choice} ${choice(result.choice)}`,
    result.digits ?? '',
  ].filter(Boolean);
  return (
    <section className="band" aria-label={talk.people}>
      <p className="band-said num" role="status">
        {t.brought(name, brought.join(' · ') || t.outcome[result.outcome])}
      </p>
    </section>
  );
}
