import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { useState } from 'react';
import type { OrderView } from '../../../../src/orders/schema.ts';
import { get, post, put } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { NewOrderFields } from './new-order-fields.tsx';
import { draftOf, useOrderDraft } from './order-draft.ts';
import { ordersText } from './orders-text.ts';
import { Repeats } from './repeats.tsx';
import './orders.css';

const pathOf = (id: string) => `/orders/${encodeURIComponent(id)}`;

/** Taking down a request, or going on with a draft that was saved. */
export function NewOrderPage() {
  const { draft: id } = useSearch({ from: '/frame/orders/new' });
  const saved = useQuery({
    queryKey: ['order', id],
    enabled: id !== undefined,
    queryFn: () => get<OrderView>(pathOf(id ?? '')),
  });
  if (id !== undefined && !saved.data) return <Waiting />;
  return <OrderForm key={id} saved={saved.data} />;
}

/** Required elements first, keyboard only, ready when the call ends. */
function OrderForm({ saved }: { saved: OrderView | undefined }) {
  const t = useWords(ordersText);
  const navigate = useNavigate();
  const attempt = useTry();
  const { call } = useSearch({ from: '/frame/orders/new' });
  const shelf = `yihao.order.${saved?.id ?? call ?? 'new'}`;
  const { draft, set, drop } = useOrderDraft(shelf, saved && draftOf(saved));
  const [repeatOf, setRepeatOf] = useState<string | null>(null);
  const goTo = async (id: string) => {
    drop();
    await queryClient.invalidateQueries({ queryKey: ['orders'] });
    await queryClient.invalidateQueries({ queryKey: ['order', id] });
    await navigate({ to: '/orders/$orderId', params: { orderId: id } });
  };
  const save = useMutation({
    mutationFn: async (andSubmit: boolean) => {
      const { callerNumber, ...rest } = draft;
      const body = {
        ...rest,
        ...(callerNumber !== '' && { callerNumber }),
        ...(call !== undefined && { callId: call }),
      };
      const { id } = saved
        ? await put<OrderView>(pathOf(saved.id), body)
        : await post<OrderView>('/orders', body);
      if (andSubmit) {
        const masterId = repeatOf === null ? {} : { masterId: repeatOf };
        await post(`${pathOf(id)}/moves`, { do: 'submit', ...masterId });
      }
      await goTo(id);
    },
  });
  const add = async (id: string) => {
    const why = [draft.title, draft.content].filter(Boolean).join('：') || t.repeats.again;
    await post(`${pathOf(id)}/moves`, { do: 'supplement', why, callId: call });
    toast(t.repeats.added);
    await goTo(id);
  };
  return (
    <div className="page order-page">
      <div className="page-head">
        <Link to="/orders">← {t.back}</Link>
      </div>
      <div className="order-intake">
        <form
          className="card order-card order-form order-new-form"
          aria-label={t.newOrder}
          onSubmit={(event) => {
            event.preventDefault();
            attempt(() => save.mutateAsync(true));
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.requestSubmit();
          }}
        >
          <h1>{t.newOrder}</h1>
          <NewOrderFields draft={draft} set={set} hasCall={call !== undefined} />
          <div className="order-form-foot">
            <Button onClick={() => attempt(() => save.mutateAsync(false))}>{t.form.save}</Button>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t.form.submit} <kbd>Ctrl ⏎</kbd>
            </Button>
          </div>
        </form>
        <Repeats
          draft={draft}
          call={call}
          chosen={repeatOf}
          onChoose={setRepeatOf}
          onAdd={(id) => attempt(() => add(id))}
        />
      </div>
    </div>
  );
}
