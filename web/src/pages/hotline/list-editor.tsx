import Button from 'antd/es/button';
import type { Hotline } from '../../../../config/hotline.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { editDraft, useDraft } from './draft-store.ts';
import { EmergencyForm } from './emergency-form.tsx';
import { EntryForm, MenuForm } from './entry-form.tsx';
import { hotlineText } from './hotline-text.ts';
import { fresh } from './new-members.ts';
import { HoursForm } from './other-forms.tsx';
import { QueueForm } from './queue-form.tsx';

export type ListName = 'queues' | 'entries' | 'menus' | 'hours' | 'emergencyProfiles';

interface Props {
  part: ListName;
  item: string | undefined;
  draft: Hotline;
  onPick: (index: string) => void;
}

/** Members on the left, the chosen one on the right. The place in the list is the address. */
export function ListEditor({ part, item, draft, onPick }: Props) {
  const t = useWords(hotlineText);
  const lang = useLanguage((s) => s.lang);
  const problems = useDraft((s) => s.problems);
  const list = draft[part];
  const chosen = Math.min(Math.max(0, Number(item ?? 0) || 0), list.length - 1);
  const addLabel = {
    queues: t.addQueue,
    entries: t.addEntry,
    menus: t.addMenu,
    hours: t.addHours,
    emergencyProfiles: t.addProfile,
  };
  const add = () => {
    editDraft((doc) => ({ ...doc, [part]: [...doc[part], fresh(part, doc)] }));
    onPick(String(list.length));
  };
  const drop = () => {
    editDraft((doc) => ({ ...doc, [part]: doc[part].filter((_, at) => at !== chosen) }));
    onPick(String(Math.max(0, chosen - 1)));
  };
  return (
    <div className="editor">
      <nav className="card editor-list" aria-label={t.parts[part]}>
        <ul>
          {list.map((member, at) => {
            const wrong = problems.some(
              (each) =>
                each.pointer === `/${part}/${at}` || each.pointer.startsWith(`/${part}/${at}/`),
            );
            return (
              <li key={at}>
                <button
                  type="button"
                  className="plain editor-item"
                  aria-current={at === chosen}
                  onClick={() => onPick(String(at))}
                >
                  <span className="faint num">{'code' in member ? member.code : ''}</span>
                  <span className="clip">
                    {'name' in member ? member.name[lang] : member.id}
                    {'numbers' in member && (
                      <span className="faint num"> {member.numbers.join(' ')}</span>
                    )}
                  </span>
                  {wrong && <StateMark mark="alert" size={12} />}
                </button>
              </li>
            );
          })}
        </ul>
        <Button onClick={add}>{addLabel[part]}</Button>
      </nav>
      <section className="card editor-form" tabIndex={0} aria-label={t.parts[part]}>
        {chosen < 0 ? (
          <p className="faint">{t.pick}</p>
        ) : (
          <>
            <MemberForm part={part} index={chosen} draft={draft} />
            <p className="editor-remove">
              <Button danger type="text" onClick={drop}>
                {t.removeIt}
              </Button>
            </p>
          </>
        )}
      </section>
    </div>
  );
}

function MemberForm({ part, index, draft }: { part: ListName; index: number; draft: Hotline }) {
  const at = `/${part}/${index}`;
  const change = (next: unknown) =>
    editDraft((doc) => ({
      ...doc,
      [part]: doc[part].map((each, place) => (place === index ? next : each)),
    }));
  const queue = draft.queues[index];
  const entry = draft.entries[index];
  const menu = draft.menus[index];
  const hours = draft.hours[index];
  const profile = draft.emergencyProfiles[index];
  if (part === 'queues' && queue) return <QueueForm at={at} queue={queue} onChange={change} />;
  if (part === 'entries' && entry) return <EntryForm at={at} entry={entry} onChange={change} />;
  if (part === 'menus' && menu) return <MenuForm at={at} menu={menu} onChange={change} />;
  if (part === 'hours' && hours) return <HoursForm at={at} hours={hours} onChange={change} />;
  if (part === 'emergencyProfiles' && profile) {
    return <EmergencyForm at={at} profile={profile} onChange={change} />;
  }
  return null;
}
