import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Select from 'antd/es/select';
import { useState } from 'react';
import type {
  Catalogue,
  DocumentKind,
  OrderSettingsView,
  Policies,
  SettingsVersions,
} from '../../../../src/orders/schema.ts';
import { get, put } from '../../net/api.ts';
import { usePeopleNames } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useAreaLines } from './area-drawer.tsx';
import { ChangeList } from './change-list.tsx';
import { useConditions, useSentences } from './choose-words.ts';
import { settingsText } from './settings-text.ts';
import { pointsText } from './template-lines.ts';
import { VersionDrawer } from './version-drawer.tsx';

interface Props {
  kind: DocumentKind;
  inForce: { version: number; body: Policies | Catalogue };
  catalogue: OrderSettingsView['catalogue'];
}

/** Earlier versions of a document: who, when, why, what differs, and one of them in force again. */
export function VersionsButton(props: Props) {
  const t = useWords(settingsText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t.versions}</Button>
      {open && <VersionsDrawer {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function VersionsDrawer({ kind, inForce, catalogue, onClose }: Props & { onClose: () => void }) {
  const t = useWords(settingsText);
  const people = usePeopleNames().data ?? [];
  const [chosen, setChosen] = useState(Math.max(1, inForce.version - 1));
  const list = useQuery({
    queryKey: ['order-settings', 'versions', kind],
    queryFn: () => get<SettingsVersions>(`/order-settings/versions/${kind}`),
  });
  const then = useQuery({
    queryKey: ['order-settings', 'versions', kind, chosen],
    queryFn: () => get<Policies | Catalogue>(`/order-settings/versions/${kind}/${chosen}`),
  });
  const restore = (why: string) => {
    const body = then.data && again(then.data, inForce.body);
    return put(`/order-settings/${kind}`, { baseVersion: inForce.version, why, body });
  };
  return (
    <VersionDrawer
      title={t.versionsOf(t.documents[kind])}
      isReady={then.isSuccess && chosen !== inForce.version}
      save={restore}
      onClose={onClose}
    >
      <div className="settings-field">
        <span>{t.compareWith}</span>
        <Select
          aria-label={t.compareWith}
          value={chosen}
          options={(list.data?.rows ?? []).map(({ version, at, personId, why }) => ({
            value: version,
            label: [
              t.version(version),
              moment(at, serverNow()),
              people.find(({ id }) => id === personId)?.name ?? t.atFirst,
              why,
            ].join(' · '),
          }))}
          onChange={setChosen}
        />
      </div>
      {then.isError && <Failure error={then.error} retry={() => void then.refetch()} />}
      {then.isPending && <Waiting rows={4} />}
      {then.data && <Compared before={then.data} after={inForce.body} catalogue={catalogue} />}
      <p className="faint">{t.restoreHelp[kind]}</p>
    </VersionDrawer>
  );
}

/** A version that is put in force again: packs that were in force stay, and it is the rows that come back. */
function again(then: Policies | Catalogue, now: Policies | Catalogue): Policies | Catalogue {
  return 'choose' in then && 'packs' in now ? { packs: now.packs, choose: then.choose } : then;
}

interface ComparedProps {
  before: Policies | Catalogue;
  after: Policies | Catalogue;
  catalogue: OrderSettingsView['catalogue'];
}

function Compared({ before, after, catalogue }: ComparedProps) {
  return <ChangeList before={useLines(before, catalogue)} after={useLines(after, catalogue)} />;
}

const noPolicies: Policies = { packs: [], choose: [] };
const noCatalogue: Catalogue = { matters: [], areas: [] };

/** A document as lines a person can compare. */
function useLines(body: Policies | Catalogue, catalogue: OrderSettingsView['catalogue']): string[] {
  const t = useWords(settingsText);
  const city = 'choose' in body ? body : noPolicies;
  const { matters, areas } = 'choose' in body ? noCatalogue : body;
  const sentences = useSentences(city, useConditions(catalogue));
  const areaLines = useAreaLines(areas);
  return [
    ...sentences,
    ...city.packs.map(({ id, version, title, from, until = '' }) =>
      [`${id}@${version}`, title, t.inForce(from, until)].join(' · '),
    ),
    ...matters.map(({ code, name, group, enabled, points }) =>
      [code, name, group, ...(enabled ? [] : [t.off]), pointsText(points)].join(' · '),
    ),
    ...areaLines,
  ];
}
