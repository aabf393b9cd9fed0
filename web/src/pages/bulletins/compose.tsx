import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useId, useState } from 'react';
import { post } from '../../net/api.ts';
import { useHotline } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { bulletinText } from '../../text/bulletin-text.ts';
import { useLanguage, useWords } from '../../text/language.ts';

const nothing = { zh: '', yue: '', en: '', until: '' };

/** Writes a bulletin; the machine speaks it and it is on. */
export function Compose({ onMade }: { onMade: () => void }) {
  const t = useWords(bulletinText);
  const attempt = useTry();
  const [typed, setTyped] = useState(nothing);
  const [who, setWho] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const fieldId = useId();
  const send = (speak: boolean) => {
    setBusy(true);
    attempt(async () => {
      try {
        await post('/bulletins', bodyOf(typed, who, speak));
        setTyped(nothing);
        setWho([]);
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
        <Who who={who} onChange={setWho} />
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

/** Entries and queues as one choice; none chosen = everybody. */
function Who({ who, onChange }: { who: string[]; onChange: (who: string[]) => void }) {
  const t = useWords(bulletinText);
  const lang = useLanguage((s) => s.lang);
  const hotline = useHotline().data?.hotline;
  const choices = (kind: 'entry' | 'queue', list: readonly { id: string; name: Named }[]) =>
    list.map(({ id, name }) => ({ value: `${kind}:${id}`, label: name[lang] }));
  return (
    <div>
      <span className="bulletin-label">{t.who}</span>
      <Select
        mode="multiple"
        aria-label={t.who}
        placeholder={t.everybody}
        value={who}
        onChange={onChange}
        options={[
          { label: t.queues, options: choices('queue', hotline?.queues ?? []) },
          { label: t.entries, options: choices('entry', hotline?.entries ?? []) },
        ]}
      />
    </div>
  );
}

type Named = { zh: string; en: string };

function bodyOf(typed: typeof nothing, who: readonly string[], speak: boolean) {
  const of = (kind: string) =>
    who.flatMap((one) => (one.startsWith(`${kind}:`) ? one.slice(kind.length + 1) : []));
  const { zh, yue, en, until } = typed;
  return {
    texts: { zh, ...(yue.trim() && { yue }), ...(en.trim() && { en }) },
    scope: { entries: of('entry'), queues: of('queue'), choices: [] },
    // The field gives local time without a zone; the hotline's is Shanghai's.
    endsAt: until === '' ? null : Date.parse(`${until}:00+08:00`),
    speak,
  };
}
