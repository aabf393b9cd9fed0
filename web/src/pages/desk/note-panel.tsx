import { Link, useNavigate } from '@tanstack/react-router';
import Input from 'antd/es/input';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef, useState } from 'react';
import type { Pop } from '../../../../src/calls/schema.ts';
import type { Desk } from '../../../../src/seats/schema.ts';
import { put } from '../../net/api.ts';
import { deskDo, useDesk } from '../../net/desk-store.ts';
import { useMay } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { useKeys } from '../../parts/keys.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { deskText } from './desk-text.ts';
import { type Draft, dropDraft, keepDraft, readDraft } from './draft.ts';
import { ResultChoice } from './result-choice.tsx';
import { SubmitRing } from './submit-ring.tsx';
import { TagChoice } from './tag-choice.tsx';

/** The note of the present call. Kept on every keystroke, sent on submit or just before wrap-up ends. */
export function NotePanel({ desk, pop }: { desk: Desk; pop: Pop }) {
  const t = useWords(deskText);
  const attempt = useTry();
  // A guest's word would overwrite the note of the agent whose call it is.
  const held = useDesk((s) => s.held) && desk.isGuest !== true;
  const area = useRef<TextAreaRef>(null);
  const [draft, setDraft] = useState<Draft>(() =>
    readDraft(localStorage, pop.callId, { note: pop.note, resultCode: pop.resultCode }),
  );
  const [missing, setMissing] = useState(false);
  const [dirty, setDirty] = useState(false);
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    setDirty(true);
    setMissing(false);
    keepDraft(localStorage, pop.callId, next);
  };
  const send = async () => {
    await put('/desk/note', draft);
    dropDraft(localStorage, pop.callId);
    setDirty(false);
  };
  const submit = () => {
    if (draft.resultCode === null) {
      setMissing(true);
      document.querySelector<HTMLElement>('.result')?.focus();
      return;
    }
    attempt(async () => {
      await send();
      toast(t.submitted, { id: 'note' });
      if (desk.state === 'wrap-up') await deskDo('wrap-up/done');
    });
  };
  const navigate = useNavigate();
  const mayOrder = useMay('orders.use');
  const writeOrder = () => void navigate({ to: '/orders/new', search: { call: pop.callId } });
  useKeys({
    'Ctrl+Enter': held ? submit : undefined,
    'Alt+G': mayOrder ? writeOrder : undefined,
  });
  useSendBeforeEnd(desk, dirty && held, send);

  const answered = desk.state === 'talking';
  useEffect(() => {
    if (answered) area.current?.focus({ cursor: 'end' });
  }, [answered]);

  return (
    <section className="desk-note" aria-label={t.noteTitle}>
      <header className="desk-title">
        <h2>{t.noteTitle}</h2>
        {dirty && <span className="faint">{t.draft}</span>}
        {mayOrder && (
          <Link className="desk-order" to="/orders/new" search={{ call: pop.callId }}>
            {t.newOrder} <kbd>Alt G</kbd>
          </Link>
        )}
      </header>
      <ResultChoice
        value={draft.resultCode}
        missing={missing}
        onChange={(resultCode) => change({ resultCode })}
      />
      <label className="desk-label" htmlFor="desk-note">
        {t.note}
      </label>
      <Input.TextArea
        id="desk-note"
        ref={area}
        className="desk-area"
        value={draft.note}
        maxLength={4_000}
        placeholder={t.notePlaceholder}
        onChange={(event) => change({ note: event.target.value })}
      />
      <TagChoice pop={pop} isFixed={!held} />
      <footer className="desk-submit">
        <span className="faint num">{draft.note.length} / 4000</span>
        <SubmitRing desk={desk} disabled={!held || desk.state === 'ringing'} onSubmit={submit} />
      </footer>
    </section>
  );
}

/** Wrap-up that runs out takes the half-typed note along instead of losing it. */
function useSendBeforeEnd(desk: Desk, dirty: boolean, send: () => Promise<void>): void {
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  const { until } = desk;
  const wanted = dirty && desk.state === 'wrap-up' && until !== null;
  useEffect(() => {
    if (!wanted || until === null) return;
    const timer = setTimeout(
      () => void latest.current().catch(() => undefined),
      Math.max(0, until - serverNow() - 1_500),
    );
    return () => clearTimeout(timer);
  }, [wanted, until]);
}
