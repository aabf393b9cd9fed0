import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { OrderView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { useMe } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { type Fact, FactList } from '../../parts/facts.tsx';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { supervisionText } from '../supervision/supervision-text.ts';
import { CallCitizen } from './call-citizen.tsx';
import { callWords } from './call-citizen-text.ts';
import { DueMark } from './due-mark.tsx';
import { MovePanel } from './move-panel.tsx';
import { OrderFiles } from './order-files.tsx';
import { useOrderRules } from './order-rules.ts';
import { OrderTasks } from './order-tasks.tsx';
import { ordersText } from './orders-text.ts';
import { Viewers } from './viewers.tsx';
import { visitText } from './visit-text.ts';
import { VisitTries } from './visit-tries.tsx';
import { Watermark } from './watermark.tsx';
import '../supervision/supervision.css';
import './orders.css';

/** One work order: what is asked, what is due, what happened, what the viewer may do. */
export function OrderPage() {
  const t = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  const rules = useOrderRules();
  const me = useMe();
  const { orderId } = useParams({ from: '/frame/orders/$orderId' });
  const order = useQuery({
    queryKey: ['order', orderId],
    queryFn: () => get<OrderView>(`/orders/${encodeURIComponent(orderId)}`),
  });
  if (order.isError) return <Failure error={order.error} retry={() => void order.refetch()} />;
  if (!order.data) return <Waiting />;
  const row = order.data;
  return (
    <div className="page order-page">
      {me && <Watermark text={`${me.name} ${me.staffNo} ${moment(serverNow(), 0)}`} />}
      <div className="page-head">
        <Link to="/orders">← {t.back}</Link>
      </div>
      <header className="order-head">
        <h1>{row.title}</h1>
        <span className="order-state">{rules.state(row.state, lang)}</span>
        <DueMark {...row} />
        <span className="num soft">{row.number ?? t.draft}</span>
        {row.sealed && <em className="order-flag">{t.sealed}</em>}
      </header>
      <div className="order-columns">
        <div className="order-column">
          <section className="card order-card">
            <h2>{t.content}</h2>
            <p className="order-content">{row.content}</p>
            {row.place && (
              <p className="soft">
                {t.place} {row.place}
              </p>
            )}
          </section>
          <Answers order={row} />
          {row.mayCall && <CallCitizen orderId={row.id} />}
          {row.visit && <VisitTries order={row} visit={row.visit} />}
          <OrderTasks order={row} />
          <MovePanel order={row} />
          <Timeline order={row} />
        </div>
        <div className="order-column">
          <Clocks order={row} />
          <Facts order={row} />
          <OrderFiles order={row} />
          <Together order={row} />
          <Viewers orderId={row.id} />
        </div>
      </div>
    </div>
  );
}

/** What the template asked for. */
function Answers({ order }: { order: OrderView }) {
  const t = useWords(ordersText);
  const answered = order.answers.filter(({ value }) => value !== '');
  if (answered.length === 0) return null;
  return (
    <section className="card order-card">
      <h2>{order.point ?? t.answers}</h2>
      <dl className="order-facts">
        {answered.map(({ key, label, value }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Orders about the same thing: what this one repeats, and what was merged into it. */
function Together({ order }: { order: OrderView }) {
  const t = useWords(ordersText);
  const { repeatOf, merged } = order;
  if (repeatOf === null && merged.length === 0) return null;
  return (
    <section className="card order-card">
      {repeatOf !== null && (
        <>
          <h2>{order.state === 'merged' ? t.mergedInto : t.repeatOf}</h2>
          <Link to="/orders/$orderId" params={{ orderId: repeatOf.id }}>
            {repeatOf.title} <span className="num soft">{repeatOf.number}</span>
          </Link>
        </>
      )}
      {merged.length > 0 && (
        <>
          <h2>{t.merged(merged.length)}</h2>
          <ul className="order-merged">
            {merged.map(({ id, number, visitedAt }) => (
              <li key={id}>
                <Link to="/orders/$orderId" params={{ orderId: id }} className="num">
                  {number}
                </Link>
                <span className="soft">{visitedAt === null ? t.notVisited : t.visited}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Clocks({ order }: { order: OrderView }) {
  const t = useWords(ordersText);
  if (order.clocks.length === 0) return null;
  return (
    <section className="card order-card">
      <h2>{t.clocks}</h2>
      <ul className="order-clocks">
        {order.clocks.map((clock) => (
          <li key={clock.kind} data-stopped={clock.stoppedAt !== null}>
            <span>{t.clock[clock.kind] ?? clock.kind}</span>
            <span className="faint">{clock.ownerName}</span>
            <span className="num soft">{moment(clock.dueAt, serverNow()).slice(0, -3)}</span>
            {clock.stoppedAt !== null ? (
              <span className="faint">{t.stopped}</span>
            ) : clock.paused ? (
              <span className="soft">{t.paused}</span>
            ) : (
              <DueMark dueAt={clock.dueAt} warning={clock.warning} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ order }: { order: OrderView }) {
  const t = useWords(ordersText);
  const facts: Fact[] = [
    [t.caller, [order.callerName, order.callerMasked].filter(Boolean).join(' ') || t.hidden],
    [t.matter, order.matterPath],
    [t.area, order.areaPath || '–'],
    [t.unit, order.leadUnit ?? '–'],
    [t.coUnits, order.coUnits.join('、') || '–'],
    [t.responsible, order.responsible ?? '–'],
    [t.pack, order.pack ?? '–'],
    [t.queryCode, order.queryCode ?? t.hidden],
    [t.hops, order.hops],
    [t.reworks, order.reworks],
    [t.urged, order.urged],
  ];
  return (
    <section className="card order-card">
      <h2>{t.facts}</h2>
      <FactList className="order-facts" facts={facts} />
      {order.callIds.map((callId, at) => (
        <Link key={callId} className="order-call" to="/calls/$callId" params={{ callId }}>
          {t.calls(at + 1)} →
        </Link>
      ))}
    </section>
  );
}

function Timeline({ order }: { order: OrderView }) {
  const t = useWords(ordersText);
  const s = useWords(supervisionText);
  const v = useWords(visitText);
  const lang = useLanguage((s) => s.lang);
  const rules = useOrderRules();
  return (
    <section className="card order-card" aria-label={t.timeline}>
      <h2>{t.timeline}</h2>
      <ol className="order-timeline">
        {order.timeline.toReversed().map((step) => (
          <li key={`${step.at} ${step.move} ${step.step}`}>
            <span className="num soft">{moment(step.at, serverNow())}</span>
            <span>
              <b>
                {t.step[step.step]}
                {t.extra[step.move] ?? rules.move(step.move, lang)}
              </b>{' '}
              <span className="soft">
                {rules.actor(step.actor, lang)} {step.person}
                {step.unit !== null && ` · ${step.unit}`}
              </span>
              {step.tried && <p className="soft">{v.tried[step.tried]}</p>}
              {step.call && <p className="soft">☎ {callWords(step.call, lang)}</p>}
              {step.why !== '' && <p className="soft">{step.why}</p>}
              {step.rule && <p className="soft">{t.rule(step.rule.matter, step.rule.area)}</p>}
              {step.site && (
                <p className="soft">
                  {step.site.place} · {step.site.parties} ·{' '}
                  <span className="num">{moment(step.site.at, serverNow())}</span>
                  {step.site.fileIds.length > 0 && ` · ${s.photos(step.site.fileIds.length)}`}
                </p>
              )}
              {step.publicReply !== null && <blockquote>{step.publicReply}</blockquote>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
