import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { serverNow } from '../../net/server-time.ts';
import { AgentFilter, QueueFilter } from '../../parts/who-filters.tsx';
import { startOfDay } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { defined, type FiguresSearch, groupings, type View, views } from './figures-search.ts';
import { figuresText } from './figures-text.ts';

const dayMs = 86_400_000;
const spans = ['today', 'yesterday', 'week', 'month'] as const;
type Span = (typeof spans)[number];

/** From (included) and to (excluded); `today` is the start of the city's day. */
function timesOf(span: Span, today: number): Pick<FiguresSearch, 'from' | 'to'> {
  if (span === 'yesterday') return { from: today - dayMs, to: today };
  if (span === 'week') return { from: today - 6 * dayMs };
  if (span === 'month') return { from: today - 29 * dayMs };
  return {};
}

function spanOf({ from, to }: FiguresSearch, today: number): Span | undefined {
  return spans.find((span) => {
    const times = timesOf(span, today);
    return times.from === from && times.to === to;
  });
}

/** The question as a row of plain fields; every change goes straight to the address bar. */
export function FiguresFilters(props: {
  search: FiguresSearch;
  view: View;
  /** May look at others than oneself. */
  all: boolean;
  onChange: (next: FiguresSearch) => void;
}) {
  const t = useWords(figuresText);
  const { search, view, all, onChange } = props;
  const today = startOfDay(serverNow());
  const set = (part: { [K in keyof FiguresSearch]?: FiguresSearch[K] | undefined }) =>
    onChange(defined({ ...search, ...part }));
  return (
    <div className="filters">
      <Segmented<Span | ''>
        value={spanOf(search, today) ?? ''}
        onChange={(span) =>
          span && set({ from: undefined, to: undefined, ...timesOf(span, today) })
        }
        options={spans.map((value) => ({ value, label: t[value] }))}
      />
      <Select
        aria-label={t.by}
        className="filter"
        value={search.by ?? (all ? 'queue' : 'day')}
        onChange={(by) => set({ by, view: by === 'agent' || by === 'team' ? 'work' : search.view })}
        options={groupings.map((value) => ({ value, label: t.byNames[value] }))}
      />
      {all && (
        <>
          <QueueFilter
            label={t.queue}
            any={t.anyQueue}
            value={search.queue}
            onChange={(queue) => set({ queue })}
          />
          <AgentFilter
            label={t.agent}
            any={t.anyAgent}
            value={search.agent}
            onChange={(agent) => set({ agent, view: agent ? 'work' : search.view })}
          />
        </>
      )}
      {all && search.agent === undefined && search.by !== 'agent' && search.by !== 'team' && (
        <Segmented<View>
          value={view}
          onChange={(next) => set({ view: next })}
          options={views.map((value) => ({ value, label: t.views[value] }))}
        />
      )}
    </div>
  );
}
