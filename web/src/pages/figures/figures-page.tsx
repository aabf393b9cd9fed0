import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { lazy, Suspense } from 'react';
import type { Definitions, Figures } from '../../../../src/figures/schema.ts';
import { get } from '../../net/api.ts';
import { useMay } from '../../net/queries.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { Icon } from '../../parts/icons.tsx';
import { startOfDay } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { ink } from '../../theme.ts';
import { FiguresFilters } from './figures-filters.tsx';
import { type FiguresSearch, figuresQuery } from './figures-search.ts';
import { FiguresTable } from './figures-table.tsx';
import { figuresText } from './figures-text.ts';
import '../calls/calls.css';
import './figures.css';

const DayChart = lazy(() => import('../../parts/day-chart.tsx'));
const quarterMs = 900_000;
const dayMs = 86_400_000;

/** Every published figure, by whatever one asks for; an agent sees the own ones. */
export function FiguresPage() {
  const t = useWords(figuresText);
  const search = useSearch({ from: '/frame/figures' });
  const navigate = useNavigate();
  const all = useMay('floor.watch');
  const asked: FiguresSearch = all ? search : { by: 'day', ...search, agent: 'self' };
  const ofAgents = asked.agent !== undefined || asked.by === 'agent' || asked.by === 'team';
  const view = ofAgents ? 'work' : (search.view ?? 'service');
  const query = figuresQuery(asked);
  const figures = useQuery({
    queryKey: ['figures', query],
    refetchInterval: 60_000,
    queryFn: () => get<Figures>(`/figures${query}`),
  });
  const definitions = useQuery({
    queryKey: ['metric-definitions'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => get<Definitions>('/metrics/definitions'),
  });
  const change = (next: FiguresSearch) =>
    void navigate({ to: '/figures', search: next, replace: true });
  const failed = figures.error ?? definitions.error;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="page-count">{t.help}</span>
        <div className="page-actions">
          <Button
            icon={<Icon name="export" size={16} />}
            href={`/api/figures.csv${query}`}
            download
          >
            {t.exportCsv}
          </Button>
        </div>
      </div>
      <FiguresFilters search={asked} view={view} all={all} onChange={change} />
      {failed ? (
        <Failure error={failed} retry={() => void figures.refetch()} />
      ) : !figures.data || !definitions.data ? (
        <Waiting rows={12} />
      ) : figures.data.rows.length === 0 ? (
        <Blank title={t.empty} help={t.emptyHelp}>
          <Button onClick={() => change({})}>{t.clear}</Button>
        </Blank>
      ) : (
        <>
          {!ofAgents && <Curve search={asked} />}
          <FiguresTable figures={figures.data} definitions={definitions.data} view={view} />
        </>
      )}
    </div>
  );
}

/** Calls by quarter of the day; of several days, added up. */
function Curve({ search }: { search: FiguresSearch }) {
  const t = useWords(figuresText);
  const query = figuresQuery({ ...search, by: 'quarter' });
  const { data } = useQuery({
    queryKey: ['figures', query],
    refetchInterval: 60_000,
    queryFn: () => get<Figures>(`/figures${query}`),
  });
  const isOneDay = !data || startOfDay(data.from) === startOfDay(data.to - 1);
  return (
    <section className="card figures-curve">
      <h2>{isOneDay ? t.curve : t.curveDays}</h2>
      {data && (
        <Suspense>
          <DayChart
            quarters={quartersOf(data)}
            names={[t.offered, t.answered]}
            look={{ text: ink.faint, line: ink.line, offered: ink.faint, answered: ink.accent }}
            scale="page"
          />
        </Suspense>
      )}
    </section>
  );
}

function quartersOf({ rows, from, to }: Figures): { offered: number; answered: number }[] {
  const midnight = startOfDay(from);
  const last = startOfDay(to - 1) === midnight ? (to - midnight) / quarterMs : 96;
  const quarters = Array.from({ length: last }, () => ({ offered: 0, answered: 0 }));
  for (const { key, figures } of rows) {
    const quarter = quarters[((Number(key) - midnight) % dayMs) / quarterMs];
    if (!quarter) continue;
    quarter.offered += figures.offered?.n ?? 0;
    quarter.answered += figures.answered?.n ?? 0;
  }
  return quarters;
}
