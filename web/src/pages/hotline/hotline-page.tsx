import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import Segmented from 'antd/es/segmented';
import { useEffect } from 'react';
import { useHotline, usePeopleNames } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { takeVersion, useDraft } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';
import { ListEditor, type ListName } from './list-editor.tsx';
import { OtherForm } from './other-forms.tsx';
import { SaveBar } from './save-bar.tsx';
import './hotline.css';

type Tab = ListName | 'other';
const tabs: Tab[] = ['queues', 'entries', 'menus', 'hours', 'emergencyProfiles', 'other'];

/** The whole hotline as one document: edited in parts, saved as a version with a reason. */
export function HotlinePage() {
  const t = useWords(hotlineText);
  const navigate = useNavigate();
  const { part, item } = useSearch({ from: '/frame/hotline' });
  const hotline = useHotline();
  const { base, draft } = useDraft();
  const people = usePeopleNames().data ?? [];
  const { data } = hotline;
  useEffect(() => {
    if (data) takeVersion(data);
  }, [data]);
  if (hotline.isError) {
    return <Failure error={hotline.error} retry={() => void hotline.refetch()} />;
  }
  if (!draft || !base) return <Waiting rows={10} />;
  const tab = tabs.find((each) => each === part) ?? 'queues';
  const by = people.find((person) => person.id === base.by)?.name ?? base.by ?? t.imported;
  return (
    <div className="page hotline-page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="page-count num">
          {t.version(base.version)} · {by} · {moment(base.at, serverNow())} · {base.why}
        </span>
        <div className="page-actions">
          <Link to="/hotline/versions">{t.versions}</Link>
        </div>
      </div>
      <Segmented<Tab>
        className="hotline-tabs"
        value={tab}
        options={tabs.map((value) => ({
          value,
          label: value === 'other' ? t.other : `${t.parts[value]} ${draft[value].length}`,
        }))}
        onChange={(next) => void navigate({ to: '/hotline', search: { part: next } })}
      />
      {tab === 'other' ? (
        <div
          className="card editor-form editor-alone"
          tabIndex={0}
          role="region"
          aria-label={t.other}
        >
          <OtherForm draft={draft} />
        </div>
      ) : (
        <ListEditor
          part={tab}
          item={item}
          draft={draft}
          onPick={(id) =>
            void navigate({ to: '/hotline', search: { part: tab, item: id }, replace: true })
          }
        />
      )}
      <SaveBar base={base} draft={draft} />
    </div>
  );
}
