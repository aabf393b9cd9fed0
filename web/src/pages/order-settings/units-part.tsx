import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import { get } from '../../net/api.ts';
import { usePeopleNames } from '../../net/queries.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { useWords } from '../../text/language.ts';
import { settingsText } from './settings-text.ts';
import { type Unit, UnitDrawer } from './unit-drawer.tsx';

interface Tree {
  units: Unit[];
  members: { personId: string; unitId: string }[];
}
type Row = Unit & { depth: number; members: string[] };

/** Units as the tree they are, with who acts for each. */
export function UnitsPart() {
  const t = useWords(settingsText);
  const columns = useColumns();
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  const tree = useQuery({
    queryKey: ['unit-tree'],
    queryFn: () => get<Tree>('/units/tree'),
  });
  if (tree.isError) return <Failure error={tree.error} retry={() => void tree.refetch()} />;
  if (!tree.data) return <Waiting />;
  const rows = inOrder(tree.data, null, 0);
  return (
    <>
      <div className="settings-bar">
        <span className="faint">{t.unitsHelp}</span>
        <Button type="primary" onClick={() => setOpen('new')}>
          {t.newUnit}
        </Button>
      </div>
      <RowList
        label={t.parts.units}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={setOpen}
      />
      {open !== null && (
        <UnitDrawer
          unit={open === 'new' ? null : open}
          units={tree.data.units}
          members={open === 'new' ? [] : open.members}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function inOrder(tree: Tree, parentId: string | null, depth: number): Row[] {
  const here = tree.units.filter((unit) => unit.parentId === parentId);
  return here.flatMap((unit) => [
    {
      ...unit,
      depth,
      members: tree.members.filter((one) => one.unitId === unit.id).map((one) => one.personId),
    },
    ...inOrder(tree, unit.id, depth + 1),
  ]);
}

function useColumns(): Column<Row>[] {
  const t = useWords(settingsText);
  const people = usePeopleNames().data ?? [];
  const nameOf = (id: string) => people.find((each) => each.id === id)?.name ?? id;
  return [
    {
      key: 'name',
      head: t.unit,
      width: 'minmax(0, 1.6fr)',
      cell: (row) => (
        <span style={{ paddingLeft: row.depth * 20 }} className={row.enabled ? '' : 'faint'}>
          {row.depth > 0 && '└ '}
          {row.name}
          {!row.enabled && ` · ${t.off}`}
        </span>
      ),
    },
    { key: 'id', head: t.id, width: '120px', wide: true, cell: (row) => row.id },
    {
      key: 'duty',
      head: t.duty,
      width: 'minmax(0, 1fr)',
      cell: (row) =>
        row.dutyPersonId === null ? (
          <span className="settings-lack">{t.noDuty}</span>
        ) : (
          nameOf(row.dutyPersonId)
        ),
    },
    {
      key: 'peers',
      head: t.peers,
      width: '140px',
      wide: true,
      cell: (row) => <span className="soft">{row.peers || '–'}</span>,
    },
    {
      key: 'members',
      head: t.members,
      width: 'minmax(0, 2fr)',
      wide: true,
      cell: (row) => <span className="soft">{row.members.map(nameOf).join('、') || '–'}</span>,
    },
  ];
}
