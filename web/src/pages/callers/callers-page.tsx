import { useInfiniteQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { CallerPage, CallerRow } from '../../../../src/callers/schema.ts';
import { get } from '../../net/api.ts';
import { useMay } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { common } from '../../text/common.ts';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { CallerDrawer } from './caller-drawer.tsx';
import { callersText } from './callers-text.ts';
import { ImportButton } from './import-button.tsx';
import './callers.css';

/** The register of known callers: who comes earlier by the rules, and what agents should know. */
export function CallersPage() {
  const t = useWords(callersText);
  const c = useWords(common);
  const mayChange = useMay('callers.change');
  const [wanted, setWanted] = useState('');
  const [attribute, setAttribute] = useState('');
  const [open, setOpen] = useState<CallerRow | 'new'>();
  const list = useCallers(wanted.trim(), attribute);
  const columns = useColumns();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="page-count num">{t.count(total)}</span>
        <div className="page-actions">
          <select
            className="native-select caller-attribute"
            aria-label={t.attributes}
            value={attribute}
            onChange={(event) => setAttribute(event.target.value)}
          >
            <option value="">{t.all}</option>
            {Object.entries(c.attribute).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Input
            allowClear
            className="caller-find"
            aria-label={t.find}
            placeholder={t.find}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
          {mayChange && <ImportButton />}
          {mayChange && (
            <Button type="primary" onClick={() => setOpen('new')}>
              {t.add}
            </Button>
          )}
        </div>
      </div>
      <p className="faint callers-help">{t.help}</p>
      {list.isError ? (
        <Failure error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Waiting rows={8} />
      ) : rows.length === 0 ? (
        <Blank title={t.none} help={t.noneHelp} />
      ) : (
        <RowList
          label={t.title}
          rows={rows}
          total={total}
          columns={columns}
          rowKey={(row) => row.id}
          onOpen={setOpen}
          onNearEnd={() => list.hasNextPage && !list.isFetching && void list.fetchNextPage()}
        />
      )}
      {open && (
        <CallerDrawer
          key={open === 'new' ? 'new' : open.id}
          caller={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}

function useCallers(text: string, attribute: string) {
  return useInfiniteQuery({
    queryKey: ['callers', text, attribute],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({
        ...(text && { text }),
        ...(attribute && { attribute }),
        ...(pageParam && { before: pageParam }),
      });
      return get<CallerPage>(`/callers?${query.toString()}`);
    },
    getNextPageParam: ({ next }) => next,
  });
}

function useColumns(): Column<CallerRow>[] {
  const t = useWords(callersText);
  const c = useWords(common);
  return [
    {
      key: 'number',
      head: t.number,
      width: '140px',
      cell: (row) => <span className="num">{row.numberMasked}</span>,
    },
    { key: 'name', head: t.name, width: 'minmax(0, 1fr)', cell: (row) => row.name },
    {
      key: 'attributes',
      head: t.attributes,
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <span className="caller-tags">
          {row.attributes.map((attribute) => (
            <span key={attribute} className="tag">
              {c.attribute[attribute]}
            </span>
          ))}
        </span>
      ),
    },
    {
      key: 'language',
      head: t.language,
      width: '80px',
      wide: true,
      cell: (row) => (row.language ? c.language[row.language] : ''),
    },
    {
      key: 'note',
      head: t.note,
      width: 'minmax(0, 2fr)',
      wide: true,
      cell: (row) => <span className="soft">{row.note}</span>,
    },
    {
      key: 'updated',
      head: t.updated,
      width: '120px',
      wide: true,
      cell: (row) => <span className="num faint">{moment(row.updatedAt, serverNow())}</span>,
    },
  ];
}
