import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { OrderView, VisitView } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { DialOrder } from '../../talk/dial-back.tsx';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { visitText } from './visit-text.ts';

type Tried = VisitView['tries'][number]['why'];

/** Visits in vain: how often and when, the next that counts, and what to do when it was enough. */
export function VisitTries({ order, visit }: { order: OrderView; visit: VisitView }) {
  const t = useWords(visitText);
  const attempt = useTry();
  const send = useMutation({
    mutationFn: (body: object) =>
      post<OrderView>(`/orders/${encodeURIComponent(order.id)}/moves`, body),
    onSuccess: async (changed) => {
      queryClient.setQueryData(['order', order.id], changed);
      await queryClient.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  const make = (body: object) => attempt(() => send.mutateAsync(body));
  const giveUp = order.state === 'merged' ? 'merged-visit' : 'close';
  return (
    <section className="card order-card order-visits" aria-label={t.title}>
      <h2>
        {t.title} <span className="num soft">{t.counted(visit.counted, visit.needed)}</span>
      </h2>
      <p>{nextWords(visit, t)}</p>
      <p className="faint">{t.rule}</p>
      {visit.tries.length > 0 && (
        <ol className="order-visit-tries">
          {visit.tries.toReversed().map((one) => (
            <li key={one.at}>
              <span className="num soft">{shown(one.at)}</span>
              <span>
                {t.tried[one.why]}
                {one.until !== null && <b className="num"> → {shown(one.until)}</b>}
              </span>
              <span className="faint">{one.person}</span>
            </li>
          ))}
        </ol>
      )}
      <TryForm onSend={(body) => make({ do: 'visit-try', ...body })} />
      <div className="order-form-foot">
        <DialOrder orderId={order.id} />
        <Button disabled={!visit.mayClose} onClick={() => make({ do: giveUp, notReached: true })}>
          {t.giveUp}
        </Button>
      </div>
    </section>
  );
}

/** Why it was in vain this time; one key reaches the choices, arrows choose. */
function TryForm({ onSend }: { onSend: (body: { tried: Tried; until?: number }) => void }) {
  const t = useWords(visitText);
  const [tried, setTried] = useState<Tried>('no-answer');
  const [until, setUntil] = useState('');
  const isLater = tried === 'call-later';
  return (
    <form
      className="order-call-row"
      onSubmit={(event) => {
        event.preventDefault();
        onSend({ tried, ...(isLater && { until: Date.parse(`${until}:00+08:00`) }) });
        setUntil('');
      }}
    >
      <Segmented<Tried>
        aria-label={t.reason}
        className="order-visit-why"
        options={Object.entries(t.tried).map(([value, label]) => ({
          value: value as Tried,
          label,
        }))}
        value={tried}
        onChange={setTried}
      />
      {isLater && (
        <input
          type="datetime-local"
          required
          className="native-select"
          aria-label={t.until}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      )}
      <Button type="primary" htmlType="submit" disabled={isLater && until === ''}>
        {t.keep}
      </Button>
    </form>
  );
}

function nextWords({ mayClose, nextAt }: VisitView, t: (typeof visitText)['zh']): string {
  if (mayClose || nextAt === null) return t.enough;
  return nextAt <= serverNow() ? t.now : t.from(shown(nextAt));
}

/** To the minute. */
function shown(at: number): string {
  return moment(at, serverNow()).slice(0, -3);
}
