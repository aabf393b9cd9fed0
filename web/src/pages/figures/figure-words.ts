import type { Figure, Metric } from '../../../../src/figures/schema.ts';
import { percent, span } from '../../text/format.ts';

/** The figure as people read it; a dash when there was nothing to divide by. */
export function figureWords({ n, d }: Figure, unit: Metric['unit']): string {
  if (d === null) return n.toLocaleString('en');
  if (d === 0) return '–';
  switch (unit) {
    case 'share':
      return percent(n, d);
    case 'ms':
      return n / d < 60_000 ? `${(n / d / 1000).toFixed(1)} s` : span(n / d);
    case 'score':
      return (n / d).toFixed(2);
    default:
      return n.toLocaleString('en');
  }
}

/** Numerator and denominator below it; nothing for a plain count. */
export function fractionWords(
  { n, d }: Figure,
  unit: Metric['unit'],
  about: Metric['about'],
): string {
  if (d === null) return '';
  if (unit !== 'ms' && about !== 'seats')
    return `${n.toLocaleString('en')} / ${d.toLocaleString('en')}`;
  const right = unit === 'ms' ? d.toLocaleString('en') : span(d);
  return `${span(n)} / ${right}`;
}
