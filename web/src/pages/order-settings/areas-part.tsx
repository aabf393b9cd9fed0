import Button from 'antd/es/button';
import { useMemo, useState } from 'react';
import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { useWords } from '../../text/language.ts';
import { AreaDrawer } from './area-drawer.tsx';
import { type Area, type AreaRow, treeRows } from './area-tree.ts';
import { FindBar } from './find-bar.tsx';
import { settingsText } from './settings-text.ts';

/** The city's places: city, district, street, community. */
export function AreasPart({ catalogue }: { catalogue: OrderSettingsView['catalogue'] }) {
  const t = useWords(settingsText);
  const { areas } = catalogue.body;
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState(() => tops(areas));
  const [edited, setEdited] = useState<{ area: Area | null; around: string } | null>(null);
  const rows = useMemo(() => treeRows(areas, typed, opened), [areas, typed, opened]);
  const toggle = (code: string) => {
    const next = new Set(opened);
    if (!next.delete(code)) next.add(code);
    setOpened(next);
  };
  const columns = useColumns(opened, toggle, (around) => setEdited({ area: null, around }));
  return (
    <>
      <FindBar
        catalogue={catalogue}
        find={t.findArea}
        typed={typed}
        onType={setTyped}
        count={t.areaCount(areas.length)}
        add={t.newArea}
        onAdd={() => setEdited({ area: null, around: '' })}
      />
      <RowList
        label={t.parts.areas}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.code}
        onOpen={({ code, name, enabled }) =>
          setEdited({ area: { code, name, enabled }, around: '' })
        }
      />
      {edited !== null && (
        <AreaDrawer {...edited} catalogue={catalogue} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

/** A small city is shown whole; of a large one what lies at the top. */
function tops(areas: readonly Area[]): ReadonlySet<string> {
  const some = areas.length <= 200 ? areas : areas.filter(({ code }) => code.length <= 4);
  return new Set(some.map(({ code }) => code));
}

function useColumns(
  opened: ReadonlySet<string>,
  toggle: (code: string) => void,
  addWithin: (code: string) => void,
): Column<AreaRow>[] {
  const t = useWords(settingsText);
  const only = (act: () => void) => (event: React.MouseEvent) => {
    event.stopPropagation();
    act();
  };
  return [
    {
      key: 'name',
      head: t.area,
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <span style={{ paddingLeft: row.depth * 20 }} className={row.enabled ? '' : 'faint'}>
          <button
            type="button"
            className="plain settings-fold"
            aria-label={t.fold(row.name)}
            aria-expanded={opened.has(row.code)}
            disabled={row.within === 0}
            onClick={only(() => toggle(row.code))}
          >
            {row.within === 0 ? '·' : opened.has(row.code) ? '▾' : '▸'}
          </button>
          {row.name}
          {!row.enabled && ` · ${t.retired}`}
        </span>
      ),
    },
    { key: 'code', head: t.code, width: '128px', cell: (row) => <b className="num">{row.code}</b> },
    {
      key: 'level',
      head: t.level,
      width: '120px',
      wide: true,
      cell: (row) => t.levels[String(row.code.length)] ?? '',
    },
    {
      key: 'within',
      head: t.within,
      width: '92px',
      wide: true,
      align: 'right',
      cell: (row) => <span className="num soft">{row.within || '–'}</span>,
    },
    {
      key: 'add',
      head: '',
      width: '108px',
      wide: true,
      align: 'right',
      cell: (row) =>
        row.enabled &&
        row.code.length < 12 && (
          <Button size="small" onClick={only(() => addWithin(row.code))}>
            {t.addWithin}
          </Button>
        ),
    },
  ];
}
