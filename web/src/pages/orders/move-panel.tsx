import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { OrderView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { useDesk } from '../../net/desk-store.ts';
import { queryClient, useMe, usePeopleNames } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { supervisionText } from '../supervision/supervision-text.ts';
import { DayField, PositionField } from './move-date.tsx';
import { bodyOf, type Field, longFields, moveFields, moveSays, numbers } from './move-fields.ts';
import { useOrderRules } from './order-rules.ts';
import { ordersText } from './orders-text.ts';
import { ReplyCheck, ReplyFindings } from './reply-check.tsx';
import { useUnitChoices } from './units.ts';
import { withdrawalText } from './withdrawal-text.ts';

/** What the viewer may do now; a move that carries something opens its form in place. */
export function MovePanel({ order }: { order: OrderView }) {
  const t = useWords(ordersText);
  const w = useWords(withdrawalText);
  const lang = useLanguage((s) => s.lang);
  const rules = useOrderRules();
  const attempt = useTry();
  const navigate = useNavigate();
  const [open, setOpen] = useState<string | null>(null);
  const wordOf = (move: string) => t.extra[move] ?? rules.move(move, lang);
  const send = useMutation({
    mutationFn: (body: object) =>
      post<OrderView>(`/orders/${encodeURIComponent(order.id)}/moves`, body),
    onSuccess: async (changed) => {
      setOpen(null);
      queryClient.setQueryData(['order', order.id], changed);
      await queryClient.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  const make = (move: string, values: object) =>
    attempt(() => {
      const body = bodyOf(move, values, order, serverNow());
      return send.mutateAsync({ do: move, ...body, ...moveSays[move] });
    });
  const press = (move: string) => {
    if (move === 'revise') {
      void navigate({ to: '/orders/new', search: { draft: order.id } });
    } else if (move === 'merge' && order.repeatOf !== null) {
      make(move, { masterId: order.repeatOf.id });
    } else if (moveFields[move]) setOpen(open === move ? null : move);
    else make(move, {});
  };
  return (
    <section className="card order-card" aria-label={t.actions}>
      <h2>{t.actions}</h2>
      {order.pending && (
        <p className="order-pending">
          {t.pending(wordOf(order.pending.move), order.pending.askedBy)}
        </p>
      )}
      {order.withdrawal && (
        <p className="order-pending">
          {w.asked(order.withdrawal.why, moment(order.withdrawal.at, serverNow()))}
        </p>
      )}
      {order.reply && <ReplyFindings findings={order.reply.findings} />}
      {order.moves.length === 0 ? (
        <p className="faint">{t.nothing}</p>
      ) : (
        <div className="order-moves">
          {order.moves.map((move, at) => (
            <Button
              key={move}
              type={open === move || (open === null && at === 0) ? 'primary' : 'default'}
              aria-expanded={open === move}
              loading={send.isPending && send.variables !== undefined && open === move}
              onClick={() => press(move)}
            >
              {wordOf(move)}
            </Button>
          ))}
        </div>
      )}
      {open !== null && (
        <MoveForm
          key={open}
          move={open}
          fields={moveFields[open] ?? []}
          orderId={order.id}
          onCancel={() => setOpen(null)}
          onSend={(values) => make(open, values)}
        />
      )}
    </section>
  );
}

interface MoveFormProps {
  orderId: string;
  move: string;
  fields: readonly Field[];
  onCancel: () => void;
  onSend: (values: Partial<Record<Field, string | number>>) => void;
}

function MoveForm({ move, orderId, fields, onCancel, onSend }: MoveFormProps) {
  const t = useWords(ordersText);
  const s = useWords(supervisionText);
  // Whoever withdraws an order has its caller on the line, or just had.
  const atDesk = useDesk(({ desk }) => desk?.callId ?? '');
  const [values, setValues] = useState<Partial<Record<Field, string | number>>>(
    fields.includes('callId') ? { callId: atDesk } : {},
  );
  const set = (field: Field, value: string) =>
    setValues((before) => ({
      ...before,
      [field]: numbers.has(field) ? Number(value) : value,
    }));
  return (
    <form
      className="order-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.requestSubmit();
      }}
    >
      {fields.map((field, at) => (
        <label key={field}>
          <span>{(field === 'why' && s.whyOf[move]) || t.field[field]}</span>
          <FieldInput
            field={field}
            start={values[field]}
            autoFocus={at === 0}
            onChange={(value) => set(field, value)}
          />
        </label>
      ))}
      {fields.includes('publicReply') && (
        <ReplyCheck orderId={orderId} reply={String(values.publicReply ?? '')} />
      )}
      <div className="order-form-foot">
        <Button onClick={onCancel}>{t.cancel}</Button>
        <Button type="primary" htmlType="submit">
          {t.send} <kbd>Ctrl ⏎</kbd>
        </Button>
      </div>
    </form>
  );
}

interface FieldInputProps {
  field: Field;
  start: string | number | undefined;
  autoFocus: boolean;
  onChange: (value: string) => void;
}

function FieldInput({ field, start = '', autoFocus, onChange }: FieldInputProps) {
  const t = useWords(ordersText);
  const me = useMe();
  const people = usePeopleNames();
  const units = useUnitChoices();
  if (field === 'unitId' || field === 'suggestedUnitId' || field === 'owner') {
    const named = (people.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
    return (
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        autoFocus={autoFocus}
        options={field === 'owner' ? named : units}
        {...(field === 'owner' && me && { placeholder: me.name })}
        onChange={(value: string) => onChange(value)}
      />
    );
  }
  if (field === 'until') return <DayField autoFocus={autoFocus} onChange={onChange} />;
  if (field === 'position') return <PositionField onChange={onChange} />;
  const choices = field === 'rating' ? t.ratings : field === 'solved' ? t.solvedWords : null;
  if (choices) {
    // A radio group: one key to reach it, arrows to choose.
    return (
      <Segmented
        options={Object.entries(choices).map(([value, label]) => ({ value, label }))}
        aria-label={t.field[field]}
        defaultValue=""
        onChange={onChange}
      />
    );
  }
  if (longFields.has(field)) {
    return (
      <Input.TextArea
        autoFocus={autoFocus}
        autoSize={{ minRows: field === 'publicReply' ? 4 : 2, maxRows: 12 }}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const isCount = numbers.has(field);
  return (
    <Input
      autoFocus={autoFocus}
      defaultValue={start}
      inputMode={isCount ? 'numeric' : 'text'}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
