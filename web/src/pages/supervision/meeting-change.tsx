import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { MeetingView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { fieldOf, minuteOf, timeIn } from './meeting-state.ts';
import { meetingsText } from './meetings-text.ts';
import { WhenAndWhere } from './when-and-where.tsx';

/** What was changed about a meeting before it was held: the latest first. */
export function MeetingChanges({ changes }: Pick<MeetingView, 'changes'>) {
  const t = useWords(meetingsText);
  if (changes.length === 0) return null;
  return (
    <section className="card order-card">
      <h2>{t.changes}</h2>
      <ul className="order-tasks">
        {changes.toReversed().map(({ kind, at, person, why, was }) => (
          <li key={at}>
            <p>
              <em className={`meeting-standing meeting-${kind}`}>{t.change[kind]}</em>
              {why}
            </p>
            <p className="faint num">
              {[person, minuteOf(at, serverNow())].join(' · ')}
              {' · '}
              {t.was} {[minuteOf(was.at, serverNow()), was.place].filter(Boolean).join(' ')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A meeting that is still to be held is moved or cancelled, with a reason its orders are told. */
export function ChangeMeeting({ meeting }: { meeting: MeetingView }) {
  const t = useWords(meetingsText);
  const [kind, setKind] = useState<'moved' | 'cancelled' | null>(null);
  if (kind !== null) {
    return <ChangeForm meeting={meeting} kind={kind} onDone={() => setKind(null)} />;
  }
  return (
    <div className="order-form-foot">
      <Button onClick={() => setKind('moved')}>{t.move}</Button>
      <Button danger onClick={() => setKind('cancelled')}>
        {t.cancel}
      </Button>
    </div>
  );
}

interface FormProps {
  meeting: MeetingView;
  kind: 'moved' | 'cancelled';
  onDone: () => void;
}

function ChangeForm({ meeting, kind, onDone }: FormProps) {
  const t = useWords(meetingsText);
  const attempt = useTry();
  const { id, at, place, orders } = meeting;
  const [typed, setTyped] = useState({ at: fieldOf(at), place, why: '' });
  const set = (change: Partial<typeof typed>) => setTyped({ ...typed, ...change });
  const isMove = kind === 'moved';
  const send = useMutation({
    mutationFn: () => {
      const path = `/supervision/meetings/${encodeURIComponent(id)}`;
      const { why } = typed;
      return isMove
        ? post<MeetingView>(`${path}/move`, { at: timeIn(typed.at), place: typed.place, why })
        : post<MeetingView>(`${path}/cancel`, { why });
    },
    onSuccess: async (changed) => {
      toast(t[kind](orders.length));
      onDone();
      queryClient.setQueryData(['meeting', id], changed);
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      await queryClient.invalidateQueries({ queryKey: ['order'] });
    },
  });
  return (
    <form
      className="order-form meeting-change"
      aria-label={isMove ? t.move : t.cancel}
      onSubmit={(event) => {
        event.preventDefault();
        attempt(() => send.mutateAsync());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
        if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.requestSubmit();
      }}
    >
      {isMove && <WhenAndWhere value={typed} autoFocus onChange={set} />}
      <label>
        <span>
          {t.why}
          <em aria-hidden="true">*</em>
        </span>
        <Input
          autoFocus={!isMove}
          required
          maxLength={500}
          value={typed.why}
          placeholder={t.whyHint}
          onChange={(event) => set({ why: event.target.value })}
        />
      </label>
      <div className="order-form-foot">
        <Button onClick={onDone}>{t.keep}</Button>
        <Button
          type="primary"
          danger={!isMove}
          htmlType="submit"
          disabled={isMove && typed.at === fieldOf(at) && typed.place === place}
          loading={send.isPending}
        >
          {isMove ? t.moveNow : t.cancelNow} <kbd>Ctrl ⏎</kbd>
        </Button>
      </div>
    </form>
  );
}
