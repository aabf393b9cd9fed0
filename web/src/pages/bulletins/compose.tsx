import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useId, useState } from 'react';
import type { Bulletin } from '../../../../src/hotline/schema.ts';
import { post } from '../../net/api.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { bulletinText } from '../../text/bulletin-text.ts';
import { useWords } from '../../text/language.ts';
import { Who } from './who.tsx';

const everybody: Bulletin['scope'] = { entries: [], queues: [], choices: [] };
const nothing = { zh: '', yue: '', en: '', until: '' };

/** Writes a bulletin; the machine speaks it and it is on. */
export function Compose({ onMade }: { onMade: () => void }) {
  const t = useWords(bulletinText);
  const attempt = useTry();
  const [typed, setTyped] = useState(nothing);
  const [scope, setScope] = useState(everybody);
  const [busy, setBusy] = useState(false);
  const fieldId = useId();
  const send = (speak: boolean) => {
    setBusy(true);
    attempt(async () => {
      try {
        await post('/bulletins', bodyOf(typed, scope, speak));
        setTyped(nothing);
        setScope(everybody);
        toast(speak ? t.done.on : t.done.kept);
        onMade();
      } finally {
        setBusy(false);
      }
    });
  };
  const ready = typed.zh.trim().length >= 2;
  return (
    <section className="card bulletin-compose" aria-label={t.compose}>
      <label htmlFor={`${fieldId}-zh`}>{t.zh}</label>
      <Input.TextArea
        id={`${fieldId}-zh`}
        rows={3}
        maxLength={400}
        placeholder={t.zhHint}
        value={typed.zh}
        onChange={(event) => setTyped({ ...typed, zh: event.target.value })}
      />
      {(['yue', 'en'] as const).map((language) => (
        <div key={language}>
          <label htmlFor={`${fieldId}-${language}`}>{t[language]}</label>
          <Input
            id={`${fieldId}-${language}`}
            maxLength={400}
            value={typed[language]}
            onChange={(event) => setTyped({ ...typed, [language]: event.target.value })}
          />
        </div>
      ))}
      <div className="bulletin-pair">
        <div>
          <span className="bulletin-label">{t.who}</span>
          <Who scope={scope} onChange={setScope} />
        </div>
        <div>
          <label htmlFor={`${fieldId}-until`}>{t.until}</label>
          <Input
            id={`${fieldId}-until`}
            type="datetime-local"
            title={t.untilHint}
            value={typed.until}
            onChange={(event) => setTyped({ ...typed, until: event.target.value })}
          />
        </div>
      </div>
      <p className="bulletin-acts">
        <Button type="primary" disabled={!ready} loading={busy} onClick={() => send(true)}>
          {t.speakNow}
        </Button>
        <Button disabled={!ready || busy} onClick={() => send(false)}>
          {t.keepOnly}
        </Button>
      </p>
    </section>
  );
}

function bodyOf(typed: typeof nothing, scope: Bulletin['scope'], speak: boolean) {
  const { zh, yue, en, until } = typed;
  return {
    texts: { zh, ...(yue.trim() && { yue }), ...(en.trim() && { en }) },
    scope,
    // The field gives local time without a zone; the hotline's is Shanghai's.
    endsAt: until === '' ? null : Date.parse(`${until}:00+08:00`),
    speak,
  };
}
