import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { OrderView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { queryClient, useMay } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { supervisionText } from '../supervision/supervision-text.ts';

type Task = OrderView['tasks'][number];

/** Instructions (批示) and decisions of meetings: answered here by the unit, settled by who gave them. */
export function OrderTasks({ order }: { order: OrderView }) {
  const t = useWords(supervisionText);
  if (order.tasks.length === 0) return null;
  return (
    <section className="card order-card">
      <h2>{t.tasks}</h2>
      <ul className="order-tasks">
        {order.tasks.toReversed().map((task) => (
          <li key={task.id} data-open={task.closedAt === null}>
            <p>
              <em className="order-flag">{t.kind[task.kind]}</em> {task.text}
            </p>
            <p className="faint">
              {task.givenBy} · {task.unit ?? t.hotline}
              {task.dueAt !== null &&
                ` · ${t.until} ${moment(task.dueAt, serverNow()).slice(0, -3)}`}
              {task.closedAt !== null && ` · ${t.settled}`}
              {task.meeting && (
                <>
                  {' · '}
                  <MeetingName meeting={task.meeting} />
                </>
              )}
            </p>
            {task.feedback && (
              <blockquote>
                {task.feedback.text} <span className="faint">{task.feedback.person}</span>
              </blockquote>
            )}
            {task.closedAt === null && <TaskActs order={order} task={task} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whoever supervises looks the meeting up; a unit reads its name. */
function MeetingName({ meeting: { id, title } }: { meeting: NonNullable<Task['meeting']> }) {
  if (!useMay('orders.supervise')) return title;
  return (
    <Link to="/supervision/meetings/$meetingId" params={{ meetingId: id }}>
      {title}
    </Link>
  );
}

function TaskActs({ order, task }: { order: OrderView; task: Task }) {
  const t = useWords(supervisionText);
  const attempt = useTry();
  const [why, setWhy] = useState('');
  const send = useMutation({
    mutationFn: (body: object) =>
      post<OrderView>(`/orders/${encodeURIComponent(order.id)}/moves`, {
        taskId: task.id,
        ...body,
      }),
    onSuccess: async (changed) => {
      setWhy('');
      queryClient.setQueryData(['order', order.id], changed);
      // The board and the meeting that decided it show how it stands.
      const shown = ['supervision', 'meetings', 'meeting'].map((key) => [key]);
      await Promise.all(shown.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
  const answers = order.mayAnswer && task.feedback === null;
  const settles = order.maySettle && task.feedback !== null;
  if (!answers && !settles) return null;
  return (
    <div className="order-form">
      <label>
        <span>{answers ? t.feedback : t.askAgainWhy}</span>
        <Input.TextArea
          value={why}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => setWhy(event.target.value)}
        />
      </label>
      <div className="order-form-foot">
        {answers && (
          <Button
            type="primary"
            disabled={why.trim() === ''}
            onClick={() => attempt(() => send.mutateAsync({ do: 'feedback', why }))}
          >
            {t.sendFeedback}
          </Button>
        )}
        {settles && (
          <>
            <Button
              disabled={why.trim() === ''}
              onClick={() => attempt(() => send.mutateAsync({ do: 'settle', settled: false, why }))}
            >
              {t.askAgain}
            </Button>
            <Button
              type="primary"
              onClick={() => attempt(() => send.mutateAsync({ do: 'settle', settled: true }))}
            >
              {t.settle}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
