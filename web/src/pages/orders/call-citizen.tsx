import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useEffect, useRef, useState } from 'react';
import type { RelayView } from '../../../../src/orders/schema.ts';
import { get, post, put } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { callCitizenText, callWords } from './call-citizen-text.ts';

/** While a call goes on, how it stands is asked for this often. */
const LOOK_EVERY_MS = 2_000;

/** An officer's button to the citizen: the hotline calls both, and nobody sees the other's number. */
export function CallCitizen({ orderId }: { orderId: string }) {
  const t = useWords(callCitizenText);
  const attempt = useTry();
  const path = `/orders/${encodeURIComponent(orderId)}/relay`;
  const key = ['order-relay', orderId];
  const relay = useQuery({
    queryKey: key,
    queryFn: () => get<RelayView>(path),
    refetchInterval: ({ state }) => (isLive(state.data) ? LOOK_EVERY_MS : false),
  });
  const [changing, setChanging] = useState(false);
  const live = isLive(relay.data);
  useOrderAfter(orderId, live);
  if (!relay.data) return null;
  const { phoneMasked, last } = relay.data;
  const call = () =>
    attempt(async () => queryClient.setQueryData(key, await post<RelayView>(path)));
  return (
    <section className="card order-card order-call-citizen" aria-label={t.title}>
      <h2>{t.title}</h2>
      <p className="faint">{t.help}</p>
      {phoneMasked === null || changing ? (
        <OwnPhone
          canCancel={changing}
          onDone={async () => {
            setChanging(false);
            await queryClient.invalidateQueries({ queryKey: ['order-relay'] });
          }}
        />
      ) : (
        <div className="order-call-row">
          <Button type="primary" size="large" disabled={live} onClick={call}>
            {last ? t.again : t.call}
          </Button>
          <span className="soft">
            {t.own} <span className="num">{phoneMasked}</span>
            <Button type="link" size="small" disabled={live} onClick={() => setChanging(true)}>
              {t.change}
            </Button>
          </span>
        </div>
      )}
      <LastCall last={last} />
    </section>
  );
}

/** How the call stands, or how the last one ended. */
function LastCall({ last }: Pick<RelayView, 'last'>) {
  const t = useWords(callCitizenText);
  const lang = useLanguage((s) => s.lang);
  const stage = last?.stage ?? null;
  return (
    <div aria-live="polite">
      {stage !== null && <p className="order-calling">☎ {t.stage[stage] ?? stage}</p>}
      {last && stage === null && (
        <p className="soft">
          {t.last} <span className="num">{moment(last.at, serverNow())}</span> ·{' '}
          {last.ending === null ? t.notPlaced : callWords(last, lang)}
          {last.ending === 'relayed' && ` · ${t.proof}`}
        </p>
      )}
    </div>
  );
}

interface OwnPhoneProps {
  canCancel: boolean;
  onDone: () => Promise<void>;
}

/** The officer's own number, told once. */
function OwnPhone({ canCancel, onDone }: OwnPhoneProps) {
  const t = useWords(callCitizenText);
  const attempt = useTry();
  const [number, setNumber] = useState('');
  const keep = () =>
    attempt(async () => {
      await put('/orders/relay-phone', { number });
      await onDone();
    });
  return (
    <form
      className="order-call-row"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Input
        className="order-own-phone num"
        type="tel"
        autoComplete="tel"
        aria-label={t.own}
        placeholder={`${t.own} · ${t.ownHelp}`}
        maxLength={24}
        autoFocus={canCancel}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={number.trim().length < 3}>
        {t.keep}
      </Button>
      {canCancel && <Button onClick={() => void onDone()}>{t.cancel}</Button>}
    </form>
  );
}

function isLive(relay: RelayView | undefined): boolean {
  return relay?.last?.stage != null;
}

/** Once a call is over the order tells of it. */
function useOrderAfter(orderId: string, live: boolean): void {
  const was = useRef(live);
  useEffect(() => {
    if (was.current !== live) void queryClient.invalidateQueries({ queryKey: ['order', orderId] });
    was.current = live;
  }, [orderId, live]);
}
