import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { CallFilter } from '../../../../src/calls/schema.ts';
import { endingClasses } from '../../../../src/ending.ts';
import { useMay } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { AgentFilter, QueueFilter } from '../../parts/who-filters.tsx';
import { common } from '../../text/common.ts';
import { startOfDay } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { callsText } from './calls-text.ts';
import { type CallClass, type Span, spanOf, timesOf, withOutcome } from './filter-moves.ts';
import './calls.css';

/** The filter as a row of plain fields; every change goes straight to the address bar. */
export function CallFilters(props: { filter: CallFilter; onChange: (next: CallFilter) => void }) {
  const t = useWords(callsText);
  const c = useWords(common);
  const all = useMay('calls.read-all');
  const { filter, onChange } = props;
  const today = startOfDay(serverNow());
  const set = (part: { [K in keyof CallFilter]?: CallFilter[K] | undefined }) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined),
      ) as CallFilter,
    );
  const classes: readonly CallClass[] = endingClasses;
  return (
    <div className="filters">
      <Segmented<Span>
        value={spanOf(filter, today)}
        onChange={(span) => set(timesOf(span, today))}
        options={[
          { value: 'any', label: t.anyTime },
          { value: 'today', label: t.today },
          { value: 'yesterday', label: t.yesterday },
          { value: 'week', label: t.week },
        ]}
      />
      <QueueFilter
        label={t.queue}
        any={t.anyQueue}
        value={filter.queue}
        onChange={(queue) => set({ queue })}
      />
      {all && (
        <AgentFilter
          label={t.agent}
          any={t.anyAgent}
          value={filter.agent}
          onChange={(agent) => set({ agent })}
        />
      )}
      <Select<CallClass | 'live' | ''>
        aria-label={t.ending}
        className="filter"
        value={filter.live === 'yes' ? 'live' : (filter.class ?? '')}
        onChange={(outcome) => set(withOutcome(outcome))}
        options={[
          { value: '' as const, label: t.anyEnding },
          { value: 'live' as const, label: t.live },
          ...classes.map((value) => ({ value, label: t.classes[value] })),
        ]}
      />
      <Select
        aria-label={t.rating}
        className="filter"
        value={filter.rating ?? 0}
        onChange={(rating) => set({ rating: rating || undefined })}
        options={[
          { value: 0, label: t.anyRating },
          ...[5, 4, 3, 2, 1].map((value) => ({ value, label: `${value} ${c.rating[value]}` })),
        ]}
      />
      <CallerField value={filter.caller} onChange={(caller) => set({ caller })} />
    </div>
  );
}

/** Four digits or more are needed before anything is asked. */
function CallerField(props: {
  value: string | undefined;
  onChange: (caller: string | undefined) => void;
}) {
  const t = useWords(callsText);
  const [typed, setTyped] = useState(props.value ?? '');
  return (
    <Input
      aria-label={t.callerHint}
      className="filter filter-caller"
      placeholder={t.callerHint}
      inputMode="numeric"
      allowClear
      value={typed}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, '').slice(0, 20);
        setTyped(digits);
        const next = digits.length >= 4 ? digits : undefined;
        if (next !== props.value) props.onChange(next);
      }}
    />
  );
}
