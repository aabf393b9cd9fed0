import type { OrderRowView } from '../../../../src/orders/schema.ts';
import { serverNow } from '../../net/server-time.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { longSpan } from './long-span.ts';
import { ordersText } from './orders-text.ts';

type Props = Pick<OrderRowView, 'dueAt' | 'warning'>;

/** How much time is left, in a colour and in words. */
export function DueMark({ dueAt, warning }: Props) {
  const t = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  if (dueAt === null || warning === null) return <span className="faint">{t.noClock}</span>;
  const left = dueAt - serverNow();
  return (
    <span className={`due due-${warning} num`} title={t.warning[warning]}>
      <i aria-hidden="true" />
      {left < 0 ? t.overdueBy(longSpan(-left, lang)) : t.left(longSpan(left, lang))}
    </span>
  );
}
