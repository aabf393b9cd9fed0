import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { NewOrder, OrderView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { ordersText } from './orders-text.ts';
import { useTypeWords } from './type-words.ts';
import './orders.css';

type Draft = Omit<NewOrder, 'callerNumber' | 'callId' | 'againstUnitId'> & { callerNumber: string };
const urgencies: readonly Draft['urgency'][] = ['normal', 'urgent', 'emergency'];
const parties: readonly Draft['party'][] = ['person', 'enterprise', 'other'];
const empty: Draft = {
  type: 'help',
  urgency: 'normal',
  party: 'person',
  matter: '',
  area: '',
  title: '',
  content: '',
  place: '',
  callerName: '',
  callerNumber: '',
  confidential: false,
  point: null,
  answers: {},
};

/** Taking down a request: required elements first, keyboard only, ready when the call ends. */
export function NewOrderPage() {
  const t = useWords(ordersText);
  const navigate = useNavigate();
  const attempt = useTry();
  const { call } = useSearch({ from: '/frame/orders/new' });
  const shelf = `yihao.order.${call ?? 'new'}`;
  const [draft, setDraft] = useState<Draft>(() => keptDraft(shelf));
  // What is typed survives a reload and a walk to another page, until it is an order.
  const set = (change: Partial<Draft>) =>
    setDraft((before) => {
      const next = { ...before, ...change };
      localStorage.setItem(shelf, JSON.stringify(next));
      return next;
    });
  const save = useMutation({
    mutationFn: async (andSubmit: boolean) => {
      const { callerNumber, ...rest } = draft;
      const body = {
        ...rest,
        ...(callerNumber !== '' && { callerNumber }),
        ...(call !== undefined && { callId: call }),
      };
      const { id } = await post<OrderView>('/orders', body);
      localStorage.removeItem(shelf);
      if (andSubmit) await post(`/orders/${encodeURIComponent(id)}/moves`, { do: 'submit' });
      await queryClient.invalidateQueries({ queryKey: ['orders'] });
      await navigate({ to: '/orders/$orderId', params: { orderId: id } });
    },
  });
  return (
    <div className="page order-page">
      <div className="page-head">
        <Link to="/orders">← {t.back}</Link>
      </div>
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
        <Choices draft={draft} set={set} />
        <Words draft={draft} set={set} hasCall={call !== undefined} />
        <div className="order-form-foot">
          <Button onClick={() => attempt(() => save.mutateAsync(false))}>{t.form.save}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t.form.submit} <kbd>Ctrl ⏎</kbd>
          </Button>
        </div>
      </form>
    </div>
  );
}

function keptDraft(shelf: string): Draft {
  try {
    return { ...empty, ...(JSON.parse(localStorage.getItem(shelf) ?? '{}') as Partial<Draft>) };
  } catch {
    return empty;
  }
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function Choices({ draft, set }: PartProps) {
  const t = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  const types = useTypeWords(lang);
  return (
    <>
      <label>
        <span>{t.form.type}</span>
        <Segmented
          value={draft.type}
          options={types}
          onChange={(type) => set({ type })}
          aria-label={t.form.type}
        />
      </label>
      <label>
        <span>{t.form.urgency}</span>
        <Segmented
          value={draft.urgency}
          options={urgencies.map((value) => ({ value, label: t.urgency[value] }))}
          onChange={(urgency) => set({ urgency })}
          aria-label={t.form.urgency}
        />
      </label>
      <label>
        <span>{t.form.party}</span>
        <Segmented
          value={draft.party}
          options={parties.map((value) => ({ value, label: t.party[value] }))}
          onChange={(party) => set({ party })}
          aria-label={t.form.party}
        />
      </label>
    </>
  );
}

function Words({ draft, set, hasCall }: PartProps & { hasCall: boolean }) {
  const t = useWords(ordersText);
  const line = (key: 'title' | 'matter' | 'area' | 'place' | 'callerName', required = false) => (
    <label key={key}>
      <span>
        {t.form[key]}
        {required && <em aria-hidden="true">*</em>}
      </span>
      <Input
        value={draft[key]}
        required={required}
        autoFocus={key === 'title'}
        onChange={(event) => set({ [key]: event.target.value })}
      />
    </label>
  );
  return (
    <>
      {line('title', true)}
      <label>
        <span>
          {t.form.content}
          <em aria-hidden="true">*</em>
        </span>
        <Input.TextArea
          value={draft.content}
          required
          autoSize={{ minRows: 5, maxRows: 16 }}
          onChange={(event) => set({ content: event.target.value })}
        />
      </label>
      <div className="order-form-pair">
        {line('matter', true)}
        {line('area')}
      </div>
      {line('place')}
      <div className="order-form-pair">
        {line('callerName')}
        <label>
          <span>{t.form.callerNumber}</span>
          <Input
            value={draft.callerNumber}
            inputMode="tel"
            placeholder={hasCall ? t.form.sameNumber : ''}
            onChange={(event) =>
              set({ callerNumber: event.target.value.replaceAll(/[^\d+]/g, '') })
            }
          />
        </label>
      </div>
      <Checkbox
        checked={draft.confidential}
        onChange={(event) => set({ confidential: event.target.checked })}
      >
        {t.form.confidential}
      </Checkbox>
    </>
  );
}
