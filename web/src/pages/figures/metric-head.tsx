import Popover from 'antd/es/popover';
import type { Definitions, Metric } from '../../../../src/figures/schema.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { figuresText } from './figures-text.ts';

/** A column's name; on hover its formula, on click all that defines it. */
export function MetricHead({ metric, rules }: { metric: Metric; rules: Definitions['rules'] }) {
  const lang = useLanguage((s) => s.lang);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      // On a narrow screen it moves aside rather than over the edge.
      align={{ overflow: { adjustY: true, shiftX: 12 } }}
      title={metric.name[lang]}
      content={<Definition metric={metric} rules={rules} />}
    >
      <button type="button" className="plain metric-head" title={metric.formula[lang]}>
        {metric.name[lang]}
      </button>
    </Popover>
  );
}

function Definition({ metric, rules }: { metric: Metric; rules: Definitions['rules'] }) {
  const t = useWords(figuresText);
  const lang = useLanguage((s) => s.lang);
  const { numerator, denominator } = metric;
  const speaksOfShort = [numerator, denominator].some((sum) =>
    [...(sum?.plus ?? []), ...(sum?.minus ?? [])].includes('abandonedShort'),
  );
  const lines: [string, string | undefined][] = [
    [t.formula, metric.formula[lang]],
    [t.numerator, numerator.words[lang]],
    [t.denominator, denominator?.words[lang]],
    [t.shortAbandon, speaksOfShort ? rules.shortAbandon[lang] : undefined],
    [t.basis, metric.timeBasis[lang]],
    [t.source, metric.source],
  ];
  return (
    <dl className="definition">
      {lines.map(([name, text]) =>
        text === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
