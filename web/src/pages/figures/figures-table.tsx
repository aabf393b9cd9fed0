import type {
  Definitions,
  Figures,
  FiguresRow,
  Metric,
  MetricId,
} from '../../../../src/figures/schema.ts';
import { day, shortClock } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { figureWords, fractionWords } from './figure-words.ts';
import type { View } from './figures-search.ts';
import { figuresText } from './figures-text.ts';
import { MetricHead } from './metric-head.tsx';

const columnsOf: Record<View, readonly MetricId[]> = {
  service: [
    'offered',
    'answered',
    'abandoned',
    'turned-away',
    'call-backs',
    'call-back-rate',
    'connect-rate',
    'rate-15',
    'rate-20',
    'rate-target',
    'speed-of-answer',
    'abandon-rate',
    'repeat-rate',
  ],
  exact: [
    'connect-rate',
    'connect-rate-without-short',
    'rate-15',
    'rate-15-without-short',
    'rate-20',
    'rate-20-without-short',
    'abandon-rate',
    'abandon-rate-without-short',
  ],
  work: [
    'conversations',
    'talk-time',
    'hold-time',
    'wrap-up-time',
    'handle-time',
    'transfer-rate',
    'satisfaction-rate',
    'rating-average',
    'rating-participation',
    'occupancy',
    'utilisation',
  ],
};

/** All rows with the total on top; every share with what it was made of. */
export function FiguresTable(props: { figures: Figures; definitions: Definitions; view: View }) {
  const t = useWords(figuresText);
  const { figures, definitions, view } = props;
  const { rows, total, by } = figures;
  const metrics = columnsOf[view].flatMap(
    (id) => definitions.metrics.find((metric) => metric.id === id) ?? [],
  );
  const shown = metrics.filter(({ id }) => [total, ...rows].some((row) => row.figures[id]));
  const nameOf = useRowName(by);
  return (
    <section className="card figures-table" tabIndex={0} aria-label={t.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.heads[by]}</th>
            {shown.map((metric) => (
              <th key={metric.id} scope="col">
                <MetricHead metric={metric} rules={definitions.rules} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name={t.total} row={total} metrics={shown} isTotal />
          {rows.map((row) => (
            <Row key={row.key} name={nameOf(row.key)} row={row} metrics={shown} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row(props: {
  name: React.ReactNode;
  row: FiguresRow;
  metrics: readonly Metric[];
  isTotal?: boolean;
}) {
  const t = useWords(figuresText);
  const { row, metrics } = props;
  return (
    <tr data-total={props.isTotal}>
      <th scope="row">{props.name}</th>
      {metrics.map(({ id, unit, about }) => {
        const figure = row.figures[id];
        if (!figure) {
          return (
            <td key={id} className="faint" title={t.notOfRow}>
              <span className="visually-hidden">{t.notOfRow}</span>
            </td>
          );
        }
        const fraction = fractionWords(figure, unit, about);
        return (
          <td key={id}>
            <b>{figureWords(figure, unit)}</b>
            {fraction !== '' && <small>{fraction}</small>}
          </td>
        );
      })}
    </tr>
  );
}

function useRowName(by: Figures['by']): (key: string) => React.ReactNode {
  const t = useWords(figuresText);
  const names = useNames();
  const at = (key: string) => `${day(Number(key)).slice(5)} ${shortClock(Number(key))}`;
  switch (by) {
    case 'queue':
      return (id) => (
        <>
          <span className="faint num">{names.queueCode(id)}</span> {names.queue(id)}
        </>
      );
    case 'agent':
      return (id) => names.person(id) || id;
    case 'entry':
      return (id) => names.entry(id);
    case 'team':
      return (team) => team || t.noTeam;
    case 'day':
      return (key) => day(Number(key));
    default:
      return at;
  }
}
