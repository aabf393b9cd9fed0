import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { PublicOrder } from '../../../../src/orders/schema.ts';
import { post, textOf } from '../../net/api.ts';
import { day, moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { ordersText } from './orders-text.ts';
import { ProgressActs } from './progress-acts.tsx';
import './orders.css';

/** A citizen follows a request by its number and query code; nobody signs in here. */
export function ProgressPage() {
  const t = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  const [number, setNumber] = useState('');
  const [queryCode, setQueryCode] = useState('');
  const [order, setOrder] = useState<PublicOrder | null>(null);
  const ask = useMutation({
    mutationFn: () => post<PublicOrder>('/progress', { number, queryCode }),
    onSuccess: setOrder,
    onError: () => setOrder(null),
  });
  return (
    <main className="progress-page">
      <h1>{t.progress}</h1>
      <form
        className="card order-card order-form"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <p className="soft">{t.progressHelp}</p>
        <label>
          <span>{t.number}</span>
          <Input
            value={number}
            inputMode="numeric"
            autoComplete="off"
            required
            onChange={(event) => setNumber(event.target.value.replaceAll(/\D/g, ''))}
          />
        </label>
        <label>
          <span>{t.queryCode}</span>
          <Input
            value={queryCode}
            inputMode="numeric"
            autoComplete="off"
            required
            onChange={(event) => setQueryCode(event.target.value.trim())}
          />
        </label>
        <Button type="primary" htmlType="submit" size="large" loading={ask.isPending}>
          {t.ask}
        </Button>
        {ask.isError && (
          <p className="order-refused" role="alert">
            {textOf(ask.error, lang)}
          </p>
        )}
      </form>
      {order && <Progress order={order} queryCode={queryCode} onChanged={setOrder} />}
    </main>
  );
}

interface ProgressProps {
  order: PublicOrder;
  queryCode: string;
  onChanged: (order: PublicOrder) => void;
}

function Progress({ order, queryCode, onChanged }: ProgressProps) {
  const t = useWords(ordersText);
  return (
    <section className="card order-card" aria-live="polite">
      <div className="progress-head">
        <h2>{order.title}</h2>
        <span className="order-state">{order.state}</span>
      </div>
      <p className="soft num">
        {order.number}
        {order.dueAt !== null && ` · ${t.expected} ${day(order.dueAt - 1)}`}
      </p>
      <ProgressActs order={order} queryCode={queryCode} onChanged={onChanged} />
      <ol className="order-timeline">
        {order.timeline.toReversed().map((step) => (
          <li key={`${step.at} ${step.what}`}>
            <span className="num soft">{moment(step.at, 0).slice(0, -3)}</span>
            <span>
              <b>{step.what}</b>
              {step.text !== '' && <blockquote>{step.text}</blockquote>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
