import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { useCallback } from 'react';
import type { CallFilter, CallPage } from '../../../../src/calls/schema.ts';
import { get } from '../../net/api.ts';
import { useMay } from '../../net/queries.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { Icon } from '../../parts/icons.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { useWords } from '../../text/language.ts';
import { useCallColumns } from './call-columns.tsx';
import { CallFilters } from './call-filters.tsx';
import { callQuery } from './call-search.ts';
import { callsText } from './calls-text.ts';

/** Every call, newest first; the filter lives in the address bar. */
export function CallsPage() {
  const t = useWords(callsText);
  const filter = useSearch({ from: '/frame/calls' });
  const navigate = useNavigate();
  const mayExport = useMay('calls.export');
  const columns = useCallColumns();
  const pages = useInfiniteQuery({
    queryKey: ['calls', filter],
    initialPageParam: '',
    refetchInterval: 15_000,
    queryFn: ({ pageParam }) =>
      get<CallPage>(
        `/calls${callQuery(filter, { limit: '100', ...(pageParam && { before: pageParam }) })}`,
      ),
    getNextPageParam: (page) => page.next,
  });
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const change = (next: CallFilter) => void navigate({ to: '/calls', search: next, replace: true });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = pages.data?.pages[0]?.total ?? 0;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        {pages.data && <span className="page-count num">{t.count(total)}</span>}
        <div className="page-actions">
          {mayExport && (
            <Button
              icon={<Icon name="export" size={16} />}
              href={`/api/calls.csv${callQuery(filter)}`}
              download
            >
              {t.exportCsv}
            </Button>
          )}
        </div>
      </div>
      <CallFilters filter={filter} onChange={change} />
      {pages.isError ? (
        <Failure error={pages.error} retry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <Waiting rows={12} />
      ) : rows.length === 0 ? (
        <Blank title={t.empty} help={t.emptyHelp}>
          <Button onClick={() => change({})}>{t.clear}</Button>
        </Blank>
      ) : (
        <RowList
          label={t.title}
          rows={rows}
          total={total}
          columns={columns}
          rowKey={(row) => row.id}
          onOpen={(row) => void navigate({ to: '/calls/$callId', params: { callId: row.id } })}
          onNearEnd={more}
        />
      )}
    </div>
  );
}
