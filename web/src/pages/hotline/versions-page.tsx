import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { useState } from 'react';
import { get } from '../../net/api.ts';
import { type HotlineVersion, useMay, usePeopleNames } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { toast } from '../../parts/toasts.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { changesBetween } from './changes.ts';
import { takeVersion, useDraft } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';
import { nameOf } from './save-bar.tsx';
import './hotline.css';

type VersionRow = Omit<HotlineVersion, 'hotline'>;
const fetchVersion = (v: number) => get<HotlineVersion>(`/hotline/versions/${v}`);

/** Every version with who, when and why; any of them can become the draft again. */
export function VersionsPage() {
  const t = useWords(hotlineText);
  const [chosen, setChosen] = useState<number>();
  const versions = useQuery({
    queryKey: ['hotline-versions'],
    queryFn: () => get<{ rows: VersionRow[] }>('/hotline/versions').then((reply) => reply.rows),
  });
  const people = usePeopleNames().data ?? [];
  if (versions.isError)
    return <Failure error={versions.error} retry={() => void versions.refetch()} />;
  if (!versions.data) return <Waiting />;
  const shown = chosen ?? versions.data[0]?.version;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.versions}</h1>
        <div className="page-actions">
          <Link to="/hotline">← {t.back}</Link>
        </div>
      </div>
      <div className="editor versions">
        <nav className="card editor-list" aria-label={t.versions}>
          <ul>
            {versions.data.map((row) => (
              <li key={row.version}>
                <button
                  type="button"
                  className="plain editor-item version-item"
                  aria-current={row.version === shown}
                  onClick={() => setChosen(row.version)}
                >
                  <b className="num">{t.version(row.version)}</b>
                  <span className="version-why">{row.why}</span>
                  <span className="faint num">
                    {people.find((person) => person.id === row.by)?.name ?? row.by ?? t.imported} ·{' '}
                    {moment(row.at, serverNow())}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        {shown !== undefined && <VersionChanges key={shown} version={shown} />}
      </div>
    </div>
  );
}

function VersionChanges({ version }: { version: number }) {
  const t = useWords(hotlineText);
  const navigate = useNavigate();
  const mayChange = useMay('hotline.change');
  const pair = useQuery({
    queryKey: ['hotline-version', version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const [after, before] = await Promise.all([
        fetchVersion(version),
        version > 1 ? fetchVersion(version - 1) : null,
      ]);
      return { after, before };
    },
  });
  if (pair.isError) return <Failure error={pair.error} retry={() => void pair.refetch()} />;
  if (!pair.data) return <Waiting />;
  const { after, before } = pair.data;
  const changes = before ? changesBetween(before.hotline, after.hotline) : [];
  const load = async () => {
    const newest = await get<HotlineVersion>('/hotline');
    takeVersion(newest);
    useDraft.setState({ draft: after.hotline });
    toast(t.loaded);
    await navigate({ to: '/hotline' });
  };
  return (
    <section className="card editor-form">
      <h2>{t.changesOf(version)}</h2>
      {changes.length === 0 ? (
        <p className="faint">{t.noChanges}</p>
      ) : (
        <ul className="version-changes">
          {changes.map((change) => (
            <li key={`${change.part}-${change.id}`}>
              <span className="tag">{t.kinds[change.kind]}</span> {nameOf(change, t.parts)}
            </li>
          ))}
        </ul>
      )}
      {mayChange && <Button onClick={() => void load()}>{t.loadDraft}</Button>}
    </section>
  );
}
