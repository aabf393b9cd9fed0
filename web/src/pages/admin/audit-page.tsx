import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import Select from 'antd/es/select';
import { useCallback } from 'react';
import type { AuditPage as AuditPageReply } from '../../../../src/people/schema.ts';
import { get } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { type Column, RowList } from '../../parts/row-list.tsx';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { actWords, knownActs } from './act-words.ts';
import { adminText } from './admin-text.ts';
import './admin.css';

type AuditRow = AuditPageReply['rows'][number];

/** Who did what and when. Read only; the filter is in the address bar. */
export function AuditPage() {
  const t = useWords(adminText);
  const navigate = useNavigate();
  const { action } = useSearch({ from: '/frame/audit' });
  const lang = useLanguage((s) => s.lang);
  const pages = useInfiniteQuery({
    queryKey: ['audit', action],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: '100' });
      if (action) query.set('action', action);
      if (pageParam) query.set('before', pageParam);
      return get<AuditPageReply>(`/audit?${query}`);
    },
    getNextPageParam: (page) => (page.next === null ? null : String(page.next)),
  });
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns = useColumns();
  const search = (value: string) =>
    void navigate({ to: '/audit', search: value === '' ? {} : { action: value }, replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.audit}</h1>
        <span className="page-count">{t.auditHelp}</span>
        <div className="page-actions">
          <Select
            className="find"
            aria-label={t.what}
            value={action ?? ''}
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: '', label: t.anyAction },
              ...knownActs.map((act) => ({ value: act, label: actWords(act, lang) })),
            ]}
            onChange={search}
          />
        </div>
      </div>
      {pages.isError ? (
        <Failure error={pages.error} retry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <Waiting rows={12} />
      ) : rows.length === 0 ? (
        <Blank title={t.noAudit} />
      ) : (
        <RowList
          label={t.audit}
          rows={rows}
          total={rows.length + (hasNextPage ? 8 : 0)}
          columns={columns}
          rowKey={(row) => String(row.seq)}
          rowHeight={36}
          onNearEnd={more}
        />
      )}
    </div>
  );
}

function useColumns(): Column<AuditRow>[] {
  const t = useWords(adminText);
  const lang = useLanguage((s) => s.lang);
  return [
    {
      key: 'at',
      head: t.time,
      width: '116px',
      cell: (row) => <span className="num">{moment(row.at, serverNow())}</span>,
    },
    { key: 'who', head: t.who, width: 'minmax(64px, .5fr)', cell: (row) => row.personName || '–' },
    {
      key: 'what',
      head: t.what,
      width: 'minmax(0, .8fr)',
      cell: (row) => <span title={row.action}>{actWords(row.action, lang)}</span>,
    },
    {
      key: 'subject',
      head: t.subject,
      width: 'minmax(0, 1fr)',
      wide: true,
      cell: (row) => row.subject || '–',
    },
    {
      key: 'detail',
      head: t.detail,
      width: 'minmax(0, 1.4fr)',
      wide: true,
      cell: (row) => <span className="soft">{detailWords(row.detail)}</span>,
    },
    {
      key: 'ip',
      head: t.address,
      width: '112px',
      wide: true,
      cell: (row) => <span className="num faint">{row.ip}</span>,
    },
  ];
}

function detailWords(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (detail === null || typeof detail !== 'object') return '';
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('　');
}
