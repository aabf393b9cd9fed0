import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import { useState } from 'react';
import type { Rest, RestQuota } from '../../../../src/leading/schema.ts';
import { useRests } from '../../net/leading.ts';
import { useNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { moment, span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';
import { useDecide } from './use-decide.ts';

/** 小休审批: who asks, who rests, how many may. */
export function RestsPart() {
  const t = useWords(leadingText);
  const rests = useRests();
  if (rests.isError) return <Failure error={rests.error} retry={() => void rests.refetch()} />;
  if (!rests.data) return <Waiting />;
  const { open, past, quotas } = rests.data;
  const asked = open.filter(({ state }) => state === 'asked');
  const resting = open.filter(({ state }) => state === 'approved');
  return (
    <div className="shift-scroll">
      {quotas.length > 0 && <Quotas quotas={quotas} />}
      {asked.length === 0 ? (
        <section className="card">
          <Blank title={t.noRests} help={t.noRestsHelp} />
        </section>
      ) : (
        <Asked rests={asked} />
      )}
      {resting.length > 0 && (
        <section className="card side-card">
          <h2>{t.resting}</h2>
          <ul className="shift-rows">
            {resting.map((rest) => (
              <RestingRow key={rest.id} rest={rest} />
            ))}
          </ul>
        </section>
      )}
      {past.length > 0 && <Past rests={past} />}
    </div>
  );
}

function Quotas({ quotas }: { quotas: readonly RestQuota[] }) {
  const t = useWords(leadingText);
  const names = useNames();
  return (
    <ul className="card quotas">
      {quotas.map(({ queueId, used, quota }) => (
        <li key={queueId ?? ''} data-full={used >= quota}>
          <span className="soft">{queueId === null ? t.quotaFloor : names.queue(queueId)}</span>
          <b className="num">
            {used} / {quota}
          </b>
        </li>
      ))}
    </ul>
  );
}

function Asked({ rests }: { rests: readonly Rest[] }) {
  const t = useWords(leadingText);
  const decide = useDecide();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = rests.map(({ id }) => id).filter((id) => chosen.has(id));
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <section className="card side-card">
      <header className="shift-head">
        <Checkbox
          checked={ids.length === rests.length}
          indeterminate={ids.length > 0 && ids.length < rests.length}
          onChange={({ target }) =>
            setChosen(new Set(target.checked ? rests.map((r) => r.id) : []))
          }
        >
          <b>{t.rests}</b>
        </Checkbox>
        {ids.length > 0 && (
          <span className="shift-acts">
            <Button size="small" onClick={() => decide(ids, false)}>
              {t.refuseAll(ids.length)}
            </Button>
            <Button size="small" type="primary" onClick={() => decide(ids, true)}>
              {t.approveAll(ids.length)}
            </Button>
          </span>
        )}
      </header>
      <ul className="shift-rows">
        {rests.map((rest) => (
          <AskedRow
            key={rest.id}
            rest={rest}
            isChosen={chosen.has(rest.id)}
            onChoose={(on) => choose(rest.id, on)}
          />
        ))}
      </ul>
    </section>
  );
}

function AskedRow(props: { rest: Rest; isChosen: boolean; onChoose: (on: boolean) => void }) {
  const { rest } = props;
  const t = useWords(leadingText);
  const names = useNames();
  const now = useNow();
  const decide = useDecide();
  return (
    <li>
      <Checkbox
        checked={props.isChosen}
        aria-label={`${rest.seatId} ${rest.agentName}`}
        onChange={({ target }) => props.onChoose(target.checked)}
      />
      <span className="shift-what">
        <span>
          <b>{rest.agentName}</b> <span className="faint num">{rest.seatId}</span>{' '}
          {t.asksRest(names.reason(rest.reason))}
          {rest.note !== '' && <span className="soft">：{rest.note}</span>}
        </span>
        <small className="faint num">
          {names.queue(rest.queueId)} · {t.askedAgo(span(now - rest.askedAt))} ·{' '}
          {t.byItself(span(rest.expiresAt - now))}
        </small>
      </span>
      <span className="shift-acts">
        <Button size="small" onClick={() => decide([rest.id], false)}>
          {t.refuse}
        </Button>
        <Button size="small" type="primary" onClick={() => decide([rest.id], true)}>
          {t.approve}
        </Button>
      </span>
    </li>
  );
}

function RestingRow({ rest }: { rest: Rest }) {
  const t = useWords(leadingText);
  const names = useNames();
  const now = useNow();
  return (
    <li>
      <StateMark mark="rest" size={14} />
      <span className="shift-what">
        <span>
          <b>{rest.agentName}</b> <span className="faint num">{rest.seatId}</span>{' '}
          {names.reason(rest.reason)}
        </span>
        <small className="faint">
          {names.queue(rest.queueId)} · {t.restState.approved} · {rest.decidedBy}
        </small>
      </span>
      <span className="num">
        {rest.begunAt === null ? t.restingSoon : span(now - rest.begunAt)}
      </span>
    </li>
  );
}

function Past({ rests }: { rests: readonly Rest[] }) {
  const t = useWords(leadingText);
  const names = useNames();
  const now = useNow();
  return (
    <section className="card side-card">
      <h2>{t.past}</h2>
      <ul className="shift-rows">
        {rests.slice(0, 30).map((rest) => (
          <li key={rest.id}>
            <span className="faint num shift-when">{moment(rest.askedAt, now).slice(0, -3)}</span>
            <span className="shift-what">
              <span>
                {rest.agentName} <span className="faint num">{rest.seatId}</span>{' '}
                {names.reason(rest.reason)}
              </span>
            </span>
            <span className="soft">
              {t.restState[rest.state]}
              {rest.decidedBy !== null && ` · ${rest.decidedBy}`}
              {rest.begunAt !== null && rest.overAt !== null && (
                <span className="num"> · {span(rest.overAt - rest.begunAt)}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
