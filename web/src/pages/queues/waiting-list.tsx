import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import type { QueueLive } from '../../../../src/floor/schema.ts';
import type { WaitingCaller } from '../../../../src/leading/schema.ts';
import { Overlay } from '../../frame/overlay.tsx';
import { post } from '../../net/api.ts';
import { useWaiting } from '../../net/leading.ts';
import { queryClient } from '../../net/queries.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { span, waitTone } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';

const priorityMax = 10;

/** Who waits in a queue, in the order of the places; a leader may move one up or down. */
export function WaitingList(props: { queue: QueueLive; now: number; onClose: () => void }) {
  const { queue, now } = props;
  const t = useWords(leadingText);
  const c = useWords(common);
  const names = useNames();
  const waiting = useWaiting(queue.queueId, `${queue.waiting} ${queue.longestSince ?? ''}`);
  const title = t.waitingIn(names.queue(queue.queueId));
  return (
    <Overlay label={title} onClose={props.onClose}>
      <div className="waiting-list">
        <header>
          <h2>{title}</h2>
          <Button size="small" onClick={props.onClose}>
            {c.close}
          </Button>
        </header>
        {waiting.isError ? (
          <Failure error={waiting.error} retry={() => void waiting.refetch()} />
        ) : !waiting.data ? (
          <Waiting rows={4} />
        ) : waiting.data.length === 0 ? (
          <Blank title={t.nobodyWaits} />
        ) : (
          <ol>
            {waiting.data.map((caller) => (
              <Caller key={caller.callId} caller={caller} now={now} />
            ))}
          </ol>
        )}
      </div>
    </Overlay>
  );
}

function Caller({ caller, now }: { caller: WaitingCaller; now: number }) {
  const t = useWords(leadingText);
  const c = useWords(common);
  const names = useNames();
  const attempt = useTry();
  const waitedMs = now - caller.enteredAt;
  const tone = waitTone(waitedMs, names.target(caller.queueId));
  const give = (priority: number) =>
    attempt(async () => {
      await post(`/floor/calls/${caller.callId}/priority`, { priority });
      await queryClient.invalidateQueries({ queryKey: ['waiting'] });
    });
  return (
    <li>
      <b className="num waiting-place" title={t.place}>
        {caller.place}
      </b>
      <span className="waiting-who">
        <Link to="/calls/$callId" params={{ callId: caller.callId }} className="num">
          {caller.callerMasked || c.withheld}
        </Link>
        <small className="faint">
          {caller.isRinging ? (
            <>
              <StateMark mark="ringing" size={11} /> {t.ringingNow}
            </>
          ) : (
            t.reason[caller.reason]
          )}
        </small>
      </span>
      <b className={`num tone-${tone}`}>{span(waitedMs)}</b>
      <span className="waiting-priority" role="group" aria-label={t.priority}>
        <Button
          size="small"
          aria-label={`${t.lower} ${caller.place}`}
          title={t.lower}
          disabled={caller.priority === 0 || caller.isRinging}
          onClick={() => give(caller.priority - 1)}
        >
          −
        </Button>
        <span className="num" title={t.priority}>
          {caller.priority}
        </span>
        <Button
          size="small"
          aria-label={`${t.raise} ${caller.place}`}
          title={t.raise}
          disabled={caller.priority >= priorityMax || caller.isRinging}
          onClick={() => give(caller.priority + 1)}
        >
          +
        </Button>
      </span>
    </li>
  );
}
