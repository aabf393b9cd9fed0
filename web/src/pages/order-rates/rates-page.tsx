import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { RateDefinitions, Rates } from '../../../../src/order-rates/schema.ts';
import { get } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { percent } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { RateCard } from './rate-card.tsx';
import { groups, type RatesSearch, type Span, spans } from './rates-search.ts';
import { ratesText } from './rates-text.ts';
import './rates.css';

const dayMs = 86_400_000;

/** The published rates of work orders: the list, and for one of them trend, definition and orders. */
export function RatesPage() {
  const t = useWords(ratesText);
  const lang = useLanguage((s) => s.lang);
  const search = useSearch({ from: '/frame/order-rates' });
  const navigate = useNavigate();
  // One moment for the whole visit, so that all its questions are about the same period.
  const [now] = useState(serverNow);
  const { span = 'month', by = 'all' } = search;
  const period = `from=${now - spans[span] * dayMs}&to=${now + 1}`;
  const rates = useQuery({
    queryKey: ['order-rates', period, by],
    queryFn: () => get<Rates>(`/order-rates?${period}&by=${by}`),
  });
  const definitions = useQuery({
    queryKey: ['order-rate-definitions'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => get<RateDefinitions>('/order-rates/definitions'),
  });
  const change = (next: RatesSearch) =>
    void navigate({ to: '/order-rates', search: { ...search, ...next }, replace: true });
  const failed = rates.error ?? definitions.error;
  const chosen = definitions.data?.rates.find(({ id }) => id === search.rate);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="page-count">{t.help}</span>
        <div className="page-actions">
          <Link to="/orders">{t.back}</Link>
        </div>
      </div>
      <div className="filters">
        <Segmented<Span>
          aria-label={t.period}
          value={span}
          onChange={(next) => change({ span: next })}
          options={(['week', 'month', 'quarter', 'year'] as const).map((value) => ({
            value,
            label: t.spans[value],
          }))}
        />
        <Segmented
          aria-label={t.by}
          value={by}
          onChange={(next) => change({ by: next })}
          options={groups.map((value) => ({ value, label: t.byNames[value] }))}
        />
      </div>
      {failed ? (
        <Failure error={failed} retry={() => void rates.refetch()} />
      ) : !rates.data || !definitions.data ? (
        <Waiting rows={12} />
      ) : (
        <div className="rates">
          <table className="card rates-list" aria-label={t.title}>
            <thead>
              <tr>
                <th scope="col">{t.rate}</th>
                <th scope="col">{t.share}</th>
                <th scope="col">{t.counted}</th>
              </tr>
            </thead>
            <tbody>
              {definitions.data.rates.map(({ id, name }) => {
                const { n, d } = rates.data.total.figures[id] ?? { n: 0, d: 0 };
                return (
                  <tr key={id} data-chosen={id === search.rate}>
                    <th scope="row">
                      <button
                        type="button"
                        className="rates-name"
                        onClick={() => change({ rate: id })}
                      >
                        {name[lang]}
                      </button>
                    </th>
                    <td className="num">{percent(n, d)}</td>
                    <td className="num faint">{id === 'three-rate' ? '–' : `${n} / ${d}`}</td>
                  </tr>
                );
              })}
            </tbody>
            <caption>{t.calls}</caption>
          </table>
          {chosen ? (
            <RateCard
              rate={chosen}
              rates={rates.data}
              period={period}
              search={search}
              onChange={change}
            />
          ) : (
            <p className="soft rates-hint">{t.choose}</p>
          )}
        </div>
      )}
    </div>
  );
}
