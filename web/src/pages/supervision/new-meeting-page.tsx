import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { MeetingView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { useWords } from '../../text/language.ts';
import { useUnitChoices } from '../orders/units.ts';
import { timeIn } from './meeting-state.ts';
import { meetingsText } from './meetings-text.ts';
import { OrderPicker, type Picked } from './order-picker.tsx';
import { WhenAndWhere } from './when-and-where.tsx';
import '../orders/orders.css';
import './supervision.css';

const nothing = { title: '', at: '', place: '', attendees: [] as string[] };

/** Calling a joint meeting: when, where, with whom, about which orders. */
export function NewMeetingPage() {
  const t = useWords(meetingsText);
  const navigate = useNavigate();
  const attempt = useTry();
  const [typed, setTyped] = useState(nothing);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const call = useMutation({
    mutationFn: () =>
      post<MeetingView>('/supervision/meetings', {
        title: typed.title,
        place: typed.place,
        at: timeIn(typed.at),
        attendees: typed.attendees.join('、'),
        orders: picked.map(({ id }) => id),
      }),
    onSuccess: async (meeting) => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      await navigate({
        to: '/supervision/meetings/$meetingId',
        params: { meetingId: meeting.id },
      });
    },
  });
  return (
    <div className="page order-page">
      <div className="page-head">
        <Link to="/supervision" search={{ part: 'meetings' }}>
          ← {t.back}
        </Link>
      </div>
      <form
        className="order-form meeting-form"
        aria-label={t.call}
        onSubmit={(event) => {
          event.preventDefault();
          if (picked.length > 0) attempt(() => call.mutateAsync());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) event.currentTarget.requestSubmit();
        }}
      >
        <section className="card order-card order-form">
          <h1>{t.call}</h1>
          <MeetingFields typed={typed} set={(change) => setTyped({ ...typed, ...change })} />
        </section>
        <OrderPicker picked={picked} onChange={setPicked} />
        <div className="order-approve-bar order-form-foot">
          <span className="soft num">{t.chosen(picked.length)}</span>
          <Button
            type="primary"
            htmlType="submit"
            disabled={picked.length === 0}
            loading={call.isPending}
          >
            {t.call} <kbd>Ctrl ⏎</kbd>
          </Button>
        </div>
      </form>
    </div>
  );
}

interface FieldsProps {
  typed: typeof nothing;
  set: (change: Partial<typeof nothing>) => void;
}

function MeetingFields({ typed, set }: FieldsProps) {
  const t = useWords(meetingsText);
  const units = useUnitChoices();
  return (
    <>
      <label>
        <span>
          {t.title}
          <em aria-hidden="true">*</em>
        </span>
        <Input
          autoFocus
          required
          maxLength={100}
          value={typed.title}
          onChange={(event) => set({ title: event.target.value })}
        />
      </label>
      <WhenAndWhere value={typed} onChange={set} />
      <label>
        <span>{t.attendees}</span>
        <Select
          mode="tags"
          aria-label={t.attendees}
          placeholder={t.attendeesHint}
          value={typed.attendees}
          options={units.map(({ label }) => ({ value: label, label }))}
          onChange={(attendees: string[]) => set({ attendees })}
        />
      </label>
    </>
  );
}
