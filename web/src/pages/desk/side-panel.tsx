import { Link } from '@tanstack/react-router';
import type { Pop } from '../../../../src/calls/schema.ts';
import type { Desk } from '../../../../src/seats/schema.ts';
import { useFloor } from '../../net/floor-store.ts';
import { useMay } from '../../net/queries.ts';
import { serverNow, useNow } from '../../net/server-time.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { Live } from '../../parts/veil.tsx';
import { endingMark, endingWords } from '../../text/call-words.ts';
import { moment, span, waitTone } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { DeskNewsPanel } from './desk-news.tsx';
import { deskText } from './desk-text.ts';

/** During a call what this caller said before; always how the own queues stand. */
export function SidePanel({ desk, pop }: { desk: Desk; pop: Pop | null }) {
  const t = useWords(deskText);
  return (
    <aside className="desk-side">
      {pop && (
        <section>
          <h2 className="side-title">{t.history}</h2>
          {pop.lastCalls.length === 0 ? (
            <p className="side-none">{t.noHistory}</p>
          ) : (
            <ol className="history">
              {pop.lastCalls.map((call) => (
                <PastCall key={call.id} call={call} />
              ))}
            </ol>
          )}
        </section>
      )}
      <DeskNewsPanel />
      <section className="side-queues">
        <h2 className="side-title">{t.queues}</h2>
        <MyQueues queueIds={desk.queueIds} />
      </section>
    </aside>
  );
}

function PastCall({ call }: { call: Pop['lastCalls'][number] }) {
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  return (
    <li>
      <p className="history-head">
        <StateMark mark={endingMark(call.ending)} size={12} />
        <Link to="/calls/$callId" params={{ callId: call.id }} className="num">
          {moment(call.arrivedAt, serverNow()).slice(0, -3)}
        </Link>
        <span className="clip">{names.queue(call.queueId)}</span>
        {call.rating !== null && <span className="tag num">★ {call.rating}</span>}
      </p>
      <p className="history-note">
        {call.note || <span className="faint">{endingWords(call.ending, lang)}</span>}
      </p>
      {(call.resultCode !== null || call.agentId !== null) && (
        <p className="faint history-foot">
          {[names.result(call.resultCode), names.person(call.agentId)].filter(Boolean).join(' · ')}
        </p>
      )}
    </li>
  );
}

function MyQueues({ queueIds }: { queueIds: string[] }) {
  const t = useWords(deskText);
  const names = useNames();
  const mayWatch = useMay('floor.watch');
  const floor = useFloor(mayWatch);
  const now = useNow();
  if (queueIds.length === 0) return <p className="side-none">{t.noQueues}</p>;
  return (
    <Live lastAt={floor?.now ?? null}>
      <ul className="my-queues">
        {queueIds.map((id) => {
          const queue = floor?.queues.find((each) => each.queueId === id);
          const longestMs = queue?.longestSince ? now - queue.longestSince : 0;
          const tone = waitTone(longestMs, names.target(id));
          return (
            <li key={id}>
              <span className="clip">{names.queue(id)}</span>
              {queue && (
                <>
                  <span className={queue.waiting > 0 ? 'num' : 'num faint'}>
                    {t.waiting} <b>{queue.waiting}</b>
                  </span>
                  <span className={`num queue-longest tone-${tone}`}>
                    {queue.waiting > 0 ? span(longestMs) : ''}
                  </span>
                  <span className="num soft">
                    <StateMark mark="ready" size={11} /> {queue.seats.ready}
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Live>
  );
}
