import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import Segmented from 'antd/es/segmented';
import { lazy, Suspense } from 'react';
import type { Rate, Rates, RatesRow } from '../../../../src/order-rates/schema.ts';
import type { OrderRowView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { percent } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import type { RatesSearch, Side } from './rates-search.ts';
import { ratesText } from './rates-text.ts';

const RateChart = lazy(() => import('./rate-chart.tsx'));
const most = 100;

/** One rate: its definition, its trend, its groups, and the orders behind it. */
export function RateCard(props: {
  rate: Rate;
  rates: Rates;
  /** `from=…&to=…` */
  period: string;
  search: RatesSearch;
  onChange: (next: RatesSearch) => void;
}) {
  const t = useWords(ratesText);
  const lang = useLanguage((s) => s.lang);
  const { rate, rates, period, search, onChange } = props;
  const name = rate.name[lang];
  const by = search.span === 'year' || search.span === 'quarter' ? 'month' : 'day';
  const trend = useQuery({
    queryKey: ['order-rates', period, by],
    queryFn: () => get<Rates>(`/order-rates?${period}&by=${by}`),
  });
  const told: [string, string][] = [
    [t.numerator, rate.numerator[lang]],
    [t.denominator, rate.denominator[lang]],
    [t.basis, rate.basis[lang]],
    [t.source, rate.source[lang]],
  ];
  return (
    <div className="rate-card">
      <section className="card rate-words">
        <h2>{name}</h2>
        <dl>
          {told.map(([word, text]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="card rate-trend">
        <h2>{t.trend(name)}</h2>
        {trend.data && (
          <Suspense fallback={<div className="rate-chart" />}>
            <RateChart rows={trend.data.rows} rate={rate.id} by={by} label={t.trend(name)} />
          </Suspense>
        )}
      </section>
      {rates.by !== 'all' && (
        <Groups rate={rate} rows={rates.rows} search={search} onChange={onChange} />
      )}
      {rate.parts === null && (
        <Behind rate={rate} period={period} search={search} onChange={onChange} />
      )}
    </div>
  );
}

function Groups(props: {
  rate: Rate;
  rows: readonly RatesRow[];
  search: RatesSearch;
  onChange: (next: RatesSearch) => void;
}) {
  const t = useWords(ratesText);
  const { rate, rows, search, onChange } = props;
  return (
    <section className="card rate-groups">
      <h2>{t.groups}</h2>
      <table>
        <tbody>
          {rows.map(({ key, name, figures }) => {
            const { n, d } = figures[rate.id] ?? { n: 0, d: 0 };
            if (d === 0) return null;
            return (
              <tr key={key} data-chosen={search.key === key}>
                <th scope="row">
                  <button type="button" className="rates-name" onClick={() => onChange({ key })}>
                    {name === '' ? t.unnamed : name}
                  </button>
                </th>
                <td className="num">{percent(n, d)}</td>
                <td className="num faint">
                  {n} / {d}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Behind(props: {
  rate: Rate;
  period: string;
  search: RatesSearch;
  onChange: (next: RatesSearch) => void;
}) {
  const t = useWords(ratesText);
  const lang = useLanguage((s) => s.lang);
  const { rate, period, search, onChange } = props;
  const { side = 'others', by = 'all', key } = search;
  const ofKey = by === 'all' || key === undefined ? '' : `&key=${encodeURIComponent(key)}`;
  const query = `?${period}&by=${by}&rate=${rate.id}&side=${side}&limit=${most}${ofKey}`;
  const { data, error } = useQuery({
    queryKey: ['order-rates-behind', query],
    queryFn: () => get<{ rows: OrderRowView[] }>(`/order-rates/orders${query}`),
  });
  return (
    <section className="card rate-behind">
      <header>
        <h2>{t.behind(rate.name[lang])}</h2>
        <Segmented<Side>
          aria-label={t.behind(rate.name[lang])}
          value={side}
          onChange={(next) => onChange({ side: next })}
          options={[
            { value: 'others', label: t.others },
            { value: 'numerator', label: t.good },
            { value: 'denominator', label: t.all },
          ]}
        />
      </header>
      {error ? (
        <Failure error={error} />
      ) : !data ? (
        <Waiting rows={4} />
      ) : data.rows.length === 0 ? (
        <p className="soft">{t.none}</p>
      ) : (
        <ul>
          {data.rows.map(({ id, number, title, leadUnit }) => (
            <li key={id}>
              <Link to="/orders/$orderId" params={{ orderId: id }}>
                {title}
              </Link>
              <span className="num faint">{number}</span>
              <span className="soft">{leadUnit ?? ''}</span>
            </li>
          ))}
        </ul>
      )}
      {data?.rows.length === most && <p className="faint">{t.most(most)}</p>}
    </section>
  );
}
