import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Hotline } from '../../../../config/hotline.ts';
import { Problem, textOf } from '../../net/api.ts';
import type { HotlineVersion } from '../../net/queries.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { type Change, changesBetween } from './changes.ts';
import { dropDraft, saveDraft, useDraft } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';
import { PreviewButton } from './preview.tsx';

/** What changed, why, and the way to make it a version. Shown only when there is something. */
export function SaveBar({ base, draft }: { base: HotlineVersion; draft: Hotline }) {
  const t = useWords(hotlineText);
  const lang = useLanguage((s) => s.lang);
  const { why, merged, problems } = useDraft();
  const [busy, setBusy] = useState(false);
  const changes = changesBetween(base.hotline, draft);
  if (changes.length === 0) return null;
  const save = async () => {
    setBusy(true);
    try {
      await saveDraft();
      const { base: now, merged: waiting } = useDraft.getState();
      if (!waiting && now) toast(t.saved(now.version));
    } catch (error) {
      const placed = error instanceof Problem && error.fields.length > 0;
      toast(placed ? t.wrong(error.fields.length) : textOf(error, lang), {
        tone: 'alert',
        id: 'save',
      });
    } finally {
      setBusy(false);
    }
  };
  const ready = why.trim().length >= 2;
  return (
    <footer className="save-bar card">
      {merged && (
        <p className="save-merged">
          <StateMark mark="alert" /> {t.merged(merged.version)}
          {merged.conflicts.length > 0 &&
            ` ${t.conflicts}${merged.conflicts.map((one) => nameOf(one, t.parts)).join('、')}`}
        </p>
      )}
      <div className="save-line">
        <span
          className="save-changes"
          title={changes.map((one) => nameOf(one, t.parts)).join('\n')}
        >
          <b className="num">{t.changedCount(changes.length)}</b>
          {problems.length > 0 && <span className="tone-alert"> {t.wrong(problems.length)}</span>}
        </span>
        <Input
          aria-label={t.why}
          placeholder={t.why}
          maxLength={200}
          value={why}
          onChange={(event) => useDraft.setState({ why: event.target.value })}
          onPressEnter={() => ready && void save()}
        />
        <PreviewButton draft={draft} />
        <Button onClick={dropDraft}>{t.drop}</Button>
        <Button type="primary" disabled={!ready} loading={busy} onClick={() => void save()}>
          {t.save}
        </Button>
      </div>
    </footer>
  );
}

/** `队列 consumer` */
function nameOf(change: Change, parts: Record<Change['part'], string>): string {
  return change.id === null ? parts[change.part] : `${parts[change.part]} ${change.id}`;
}
