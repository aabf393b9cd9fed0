import { useState } from 'react';
import type { Matter, OrderSettingsView } from '../../../../src/orders/schema.ts';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { useTypeWords } from '../orders/type-words.ts';
import { FindBar } from './find-bar.tsx';
import { MatterDrawer } from './matter-drawer.tsx';
import { settingsText } from './settings-text.ts';

/** Matters with their templates: one list for intake, dispatch and figures. */
export function MattersPart({ catalogue }: { catalogue: OrderSettingsView['catalogue'] }) {
  const t = useWords(settingsText);
  const [wanted, setWanted] = useState('');
  const [open, setOpen] = useState<Matter | 'new' | null>(null);
  const { matters } = catalogue.body;
  const rows = matters.filter(({ code, name, group }) =>
    `${code} ${name} ${group}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const columns = useColumns();
  return (
    <>
      <FindBar
        catalogue={catalogue}
        find={t.findMatter}
        typed={wanted}
        onType={setWanted}
        count={t.count(rows.length)}
        add={t.newMatter}
        onAdd={() => setOpen('new')}
      />
      <RowList
        label={t.parts.matters}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.code}
        onOpen={setOpen}
      />
      {open !== null && (
        <MatterDrawer
          matter={open === 'new' ? null : open}
          catalogue={catalogue}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function useColumns(): Column<Matter>[] {
  const t = useWords(settingsText);
  const types = useTypeWords(useLanguage((state) => state.lang));
  return [
    { key: 'code', head: t.code, width: '92px', cell: (row) => <b className="num">{row.code}</b> },
    {
      key: 'name',
      head: t.matter,
      width: 'minmax(0, 1.4fr)',
      cell: (row) => (
        <span className={row.enabled ? '' : 'faint'}>
          {row.name}
          {!row.enabled && ` · ${t.off}`}
        </span>
      ),
    },
    { key: 'group', head: t.group, width: '140px', wide: true, cell: (row) => row.group },
    {
      key: 'type',
      head: t.type,
      width: '92px',
      wide: true,
      cell: (row) => types.find(({ value }) => value === row.type)?.label,
    },
    {
      key: 'elements',
      head: t.elements,
      width: 'minmax(0, 2fr)',
      wide: true,
      cell: (row) => (
        <span className="soft">
          {row.points.flatMap(({ elements }) => elements.map(({ label }) => label)).join('、') ||
            '–'}
        </span>
      ),
    },
  ];
}
