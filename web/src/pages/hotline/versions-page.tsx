import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { get, post } from '../../net/api.ts';
import {
  type Difference,
  type HotlineVersion,
  queryClient,
  useHotline,
  useMay,
  usePeopleNames,
} from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { Differences } from './differences.tsx';
import { takeVersion, useDraft } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';
import './hotline.css';

type VersionRow = Omit<HotlineVersion, 'hotline'>;

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
  const mayChange = useMay('hotline.change');
  const [from, setFrom] = useState(Math.max(1, version - 1));
  const newest = useHotline().data?.version;
  const differences = useQuery({
    queryKey: ['hotline-differences', from, version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      get<{ differences: Difference[] }>(
        `/hotline/versions/${version}/differences?from=${from}`,
      ).then((reply) => reply.differences),
  });
  return (
    <section className="card editor-form">
      <h2>{t.changesOf(version)}</h2>
      <p className="version-compare">
        <label>
          {t.compareWith}{' '}
          <select
            className="native-select"
            value={from}
            onChange={(event) => setFrom(Number(event.target.value))}
          >
            {Array.from({ length: newest ?? version }, (_, at) => at + 1).map((one) => (
              <option key={one} value={one}>
                {t.version(one)}
              </option>
            ))}
          </select>
        </label>
      </p>
      {differences.isError ? (
        <Failure error={differences.error} retry={() => void differences.refetch()} />
      ) : differences.isPending ? (
        <Waiting rows={3} />
      ) : (
        <Differences list={differences.data} />
      )}
      {mayChange && newest !== undefined && version !== newest && (
        <RollBack version={version} newest={newest} />
      )}
      {mayChange && <LoadDraft version={version} />}
    </section>
  );
}

/** One act: the old version is in force again, as a new one. */
function RollBack({ version, newest }: { version: number; newest: number }) {
  const t = useWords(hotlineText);
  const attempt = useTry();
  const [why, setWhy] = useState('');
  const ready = why.trim().length >= 2;
  const rollBack = () =>
    attempt(async () => {
      const body = { baseVersion: newest, why: why.trim() };
      const saved = await post<HotlineVersion>(`/hotline/versions/${version}/roll-back`, body);
      queryClient.setQueryData(['hotline'], saved);
      takeVersion(saved);
      await queryClient.invalidateQueries({ queryKey: ['hotline-versions'] });
      toast(t.rolledBack(saved.version));
    });
  return (
    <p className="version-back">
      <Input
        aria-label={t.rollBackWhy}
        placeholder={t.rollBackWhy}
        maxLength={200}
        value={why}
        onChange={(event) => setWhy(event.target.value)}
        onPressEnter={() => ready && rollBack()}
      />
      <Button type="primary" disabled={!ready} onClick={rollBack}>
        {t.rollBack}
      </Button>
    </p>
  );
}

function LoadDraft({ version }: { version: number }) {
  const t = useWords(hotlineText);
  const navigate = useNavigate();
  const attempt = useTry();
  const load = async () => {
    const [newest, wanted] = await Promise.all([
      get<HotlineVersion>('/hotline'),
      get<HotlineVersion>(`/hotline/versions/${version}`),
    ]);
    takeVersion(newest);
    useDraft.setState({ draft: wanted.hotline });
    toast(t.loaded);
    await navigate({ to: '/hotline' });
  };
  return <Button onClick={() => attempt(load)}>{t.loadDraft}</Button>;
}
