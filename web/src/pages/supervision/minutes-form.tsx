import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import type { HeldMeeting, MeetingView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useDraft } from '../../parts/use-draft.ts';
import { useWords } from '../../text/language.ts';
import { useUnitChoices } from '../orders/units.ts';
import { AgendaHead } from './agenda-head.tsx';
import { decisionsOf, isBegun, type TypedDecision, undecided } from './meeting-state.ts';
import { meetingsText } from './meetings-text.ts';

interface Typed {
  minutes: string;
  decisions: Record<string, TypedDecision>;
}

/** Minutes and a decision per order, written into all of them in one act; kept while it is typed. */
export function MinutesForm({ meeting }: { meeting: MeetingView }) {
  const t = useWords(meetingsText);
  const attempt = useTry();
  const start: Typed = { minutes: '', decisions: {} };
  const { draft, set, drop } = useDraft(`yihao.minutes.${meeting.id}`, start);
  const decisions = decisionsOf(meeting.orders, draft.decisions);
  const send = useMutation({
    mutationFn: () =>
      post<MeetingView>(`/supervision/meetings/${encodeURIComponent(meeting.id)}/minutes`, {
        minutes: draft.minutes,
        decisions,
      } satisfies HeldMeeting),
    onSuccess: async (held) => {
      drop();
      toast(t.recorded(decisions.length));
      queryClient.setQueryData(['meeting', meeting.id], held);
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      await queryClient.invalidateQueries({ queryKey: ['order'] });
    },
  });
  return (
    <form
      className="order-form meeting-form"
      aria-label={t.record}
      onSubmit={(event) => {
        event.preventDefault();
        attempt(() => send.mutateAsync());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.requestSubmit();
      }}
    >
      <section className="card order-card order-form">
        <label>
          <span>
            {t.minutes}
            <em aria-hidden="true">*</em>
          </span>
          <Input.TextArea
            autoFocus
            required
            value={draft.minutes}
            placeholder={t.minutesHint}
            maxLength={8_000}
            autoSize={{ minRows: 4, maxRows: 20 }}
            onChange={(event) => set({ minutes: event.target.value })}
          />
        </label>
      </section>
      {meeting.orders.map((order) => (
        <DecisionFields
          key={order.id}
          order={order}
          typed={draft.decisions[order.id] ?? undecided}
          onChange={(typed) => set({ decisions: { ...draft.decisions, [order.id]: typed } })}
        />
      ))}
      <div className="order-approve-bar order-form-foot">
        <span className="soft">{t.writes(decisions.length)}</span>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t.record} <kbd>Ctrl ⏎</kbd>
        </Button>
      </div>
    </form>
  );
}

interface DecisionProps {
  order: MeetingView['orders'][number];
  typed: TypedDecision;
  onChange: (typed: TypedDecision) => void;
}

/** What is decided about one order; only one in dispute is given another lead unit. */
function DecisionFields({ order, typed, onChange }: DecisionProps) {
  const t = useWords(meetingsText);
  const units = useUnitChoices();
  const set = (change: Partial<TypedDecision>) => onChange({ ...typed, ...change });
  return (
    <section className="card order-card order-form">
      <AgendaHead order={order} />
      {order.mayDecide ? (
        <>
          <label>
            <span>{t.decision}</span>
            <Input.TextArea
              value={typed.text}
              required={isBegun(typed)}
              placeholder={t.decisionHint}
              maxLength={1_000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              onChange={(event) => set({ text: event.target.value })}
            />
          </label>
          <div className="meeting-fields">
            {order.mayRule && (
              <label>
                <span>{t.leadUnit}</span>
                <Select
                  allowClear
                  aria-label={t.leadUnit}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={typed.unitId || null}
                  options={units}
                  onChange={(unitId: string | undefined) => set({ unitId: unitId ?? '' })}
                />
              </label>
            )}
            <label>
              <span>{t.coUnits}</span>
              <Select
                mode="multiple"
                aria-label={t.coUnits}
                showSearch={{ optionFilterProp: 'label' }}
                value={typed.coUnitIds}
                options={units}
                onChange={(coUnitIds: string[]) => set({ coUnitIds })}
              />
            </label>
            <label>
              <span>{t.until}</span>
              <input
                type="date"
                className="native-select"
                value={typed.until}
                onChange={(event) => set({ until: event.target.value })}
              />
            </label>
          </div>
        </>
      ) : (
        <p className="faint">{t.cannotDecide}</p>
      )}
    </section>
  );
}
