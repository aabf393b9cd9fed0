import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { League } from '../../../../src/order-rates/schema.ts';
import { get } from '../../net/api.ts';
import { serverNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { day } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { supervisionText } from './supervision-text.ts';

/** The first and the last day of a month, `2026-11`. */
function daysOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return `from=${month}-01&to=${month}-${String(last).padStart(2, '0')}`;
}

/** The table of units (效能榜): the rule first, then each group of comparable units. */
export function LeaguePart() {
  const t = useWords(supervisionText);
  const lang = useLanguage((s) => s.lang);
  const [month, setMonth] = useState(day(serverNow()).slice(0, 7));
  const table = useQuery({
    queryKey: ['league', month],
    queryFn: () => get<League>(`/supervision/league?${daysOf(month)}`),
  });
  if (table.isError) return <Failure error={table.error} retry={() => void table.refetch()} />;
  if (!table.data) return <Waiting />;
  const { measures, leastOrders, groups } = table.data;
  return (
    <div className="league">
      <section className="card order-card">
        <div className="progress-head">
          <h2>{t.formula}</h2>
          <label>
            {t.month}{' '}
            <input
              type="month"
              className="native-select"
              value={month}
              onChange={(event) => event.target.value !== '' && setMonth(event.target.value)}
            />
          </label>
        </div>
        <p>{t.formulaText}</p>
        <p className="soft">
          {measures
            .map(
              ({ name, weight, isAgainst }) =>
                `${name[lang]}${isAgainst ? t.against : ''} ${weight}`,
            )
            .join(' · ')}{' '}
          · {t.least(leastOrders)}
        </p>
        <Link to="/order-rates" search={{ by: 'unit' }}>
          {t.definitions} →
        </Link>
      </section>
      {groups.length === 0 && <Blank title={t.empty} help="" />}
      {groups.map((group) => (
        <Group key={group.peers} group={group} measures={measures} />
      ))}
    </div>
  );
}

interface GroupProps {
  group: League['groups'][number];
  measures: League['measures'];
}

function Group({ group, measures }: GroupProps) {
  const t = useWords(supervisionText);
  const lang = useLanguage((s) => s.lang);
  return (
    <section className="card order-card league-group">
      <h2>{group.peers || t.noPeers}</h2>
      <div
        className="league-scroll"
        tabIndex={0}
        role="region"
        aria-label={group.peers || t.noPeers}
      >
        <table>
          <thead>
            <tr>
              <th>{t.rank}</th>
              <th>{t.unit}</th>
              <th>{t.score}</th>
              <th>{t.orders}</th>
              {measures.map(({ rate, name }) => (
                <th key={rate}>{name[lang]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {group.units.map((unit) => (
              <tr key={unit.unitId}>
                <td className="num">{unit.rank ?? '–'}</td>
                <td>{unit.name}</td>
                <td className="num">
                  <b>{unit.score?.toFixed(1) ?? '–'}</b>
                </td>
                <td className="num">{unit.orders}</td>
                {measures.map(({ rate }) => (
                  <td key={rate} className="num">
                    {shareOf(unit.figures[rate])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** `96.4% 27/28`: the share with what it is made of. */
function shareOf(figure: { n: number; d: number } | undefined) {
  if (!figure || figure.d === 0) return '–';
  return (
    <>
      {((100 * figure.n) / figure.d).toFixed(1)}%{' '}
      <span className="faint">
        {figure.n}/{figure.d}
      </span>
    </>
  );
}
