import type { Pop } from '../../../../src/calls/schema.ts';
import type { Desk } from '../../../../src/seats/schema.ts';
import { useNow } from '../../net/server-time.ts';
import { RevealNumber } from '../../parts/reveal-number.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { span, waitTone } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { CallBackCard } from './call-back-card.tsx';
import { deskText } from './desk-text.ts';

/** Who is calling, filled while the phone still rings. */
export function PopPanel({ desk, pop }: { desk: Desk; pop: Pop | null }) {
  const t = useWords(deskText);
  if (!pop) {
    const ready = desk.state === 'ready';
    return (
      <section className="desk-pop desk-pop-idle" aria-label={t.caller}>
        <StateMark mark={ready ? 'ready' : 'not-ready'} size={28} />
        <h2>{t.idleTitle}</h2>
        <p className="soft">{ready ? t.idleReady : t.idleNotReady}</p>
        {desk.state === 'not-ready' && (
          <p className="faint">
            <kbd>F9</kbd> {t.pressReady}
          </p>
        )}
      </section>
    );
  }
  return <CallerCard key={pop.callId} pop={pop} desk={desk} />;
}

function CallerCard({ pop, desk }: { pop: Pop; desk: Desk }) {
  const ringing = desk.state === 'ringing';
  const t = useWords(deskText);
  const c = useWords(common);
  const names = useNames();
  const facts: [string, React.ReactNode][] = [
    [t.queue, <b key="q">{names.queue(pop.queueId)}</b>],
    [t.choice, names.choice(pop.choice) || <span className="faint">{t.noChoice}</span>],
    [t.languageOf, c.language[pop.language]],
    [t.entry, names.entry(pop.entryId)],
    [
      t.dialled,
      <span key="d" className="num">
        {pop.dialled}
      </span>,
    ],
  ];
  return (
    <section className="desk-pop" aria-label={t.caller} data-ringing={ringing}>
      <header className="pop-who">
        <p className="pop-number num">{pop.callerMasked || c.withheld}</p>
        <p className="pop-known">
          {pop.callsBefore > 0 ? t.calledBefore(pop.callsBefore) : t.first}
        </p>
        {pop.callerMasked !== '' && <RevealNumber path={`/calls/${pop.callId}`} />}
      </header>
      {pop.registered && <Registered of={pop.registered} />}
      {pop.callBack ? (
        <CallBackCard wish={pop.callBack} desk={desk} connectedAt={pop.connectedAt} />
      ) : (
        <WaitedFor pop={pop} ringing={ringing} />
      )}
      <dl className="pop-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="pop-tags">
        {pop.priority > 0 && <span className="tag">{t.priority(pop.priority)}</span>}
        {pop.language !== 'zh' && <span className="tag">{c.language[pop.language]}</span>}
        {pop.attempt > 1 && <span className="tag tag-warn">{t.attempt(pop.attempt)}</span>}
      </p>
    </section>
  );
}

/** What the register of known callers says of this one. */
function Registered({ of }: { of: NonNullable<Pop['registered']> }) {
  const c = useWords(common);
  return (
    <p className="pop-registered">
      {of.name !== '' && <b>{of.name}</b>}
      {of.attributes.map((attribute) => (
        <span key={attribute} className="tag tag-warn">
          {c.attribute[attribute]}
        </span>
      ))}
      {of.note !== '' && <span className="soft">{of.note}</span>}
    </p>
  );
}

/** Time waited counts while it rings and stands still once answered. */
function WaitedFor({ pop, ringing }: { pop: Pop; ringing: boolean }) {
  const t = useWords(deskText);
  const target = useNames().target(pop.queueId);
  const now = useNow();
  const waitedMs =
    ringing && pop.connectedAt === null
      ? Math.max(pop.waitedMs, now - pop.arrivedAt)
      : pop.waitedMs;
  const tone = waitTone(waitedMs, target);
  return (
    <p className="pop-waited">
      <span>{ringing ? t.waited : t.waitedBefore}</span>
      <b className={tone === 'calm' ? 'num' : `num tone-${tone}`}>{span(waitedMs)}</b>
    </p>
  );
}
