import { Link } from '@tanstack/react-router';
import type { MeetingView } from '../../../../src/orders/schema.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useOrderRules } from '../orders/order-rules.ts';
import { meetingsText } from './meetings-text.ts';

/** An order on the agenda: what it is, where it lies. */
export function AgendaHead({ order }: { order: MeetingView['orders'][number] }) {
  const t = useWords(meetingsText);
  const lang = useLanguage((s) => s.lang);
  const { state } = useOrderRules();
  return (
    <p className="meeting-order">
      <Link to="/orders/$orderId" params={{ orderId: order.id }}>
        {order.title}
      </Link>
      <span className="faint">
        <span className="num">{order.number}</span> · {state(order.state, lang)}
        {order.leadUnit !== null && ` · ${t.untilNow} ${order.leadUnit}`}
      </span>
    </p>
  );
}
