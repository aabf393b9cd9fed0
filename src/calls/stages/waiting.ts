import type { Outcome } from '../../../config/hotline.ts';
import { placeAt } from '../../acd/world.ts';
import type { OverflowReason } from '../../events.ts';
import { newId } from '../../kit/ids.ts';
import { type House, isOpenNow, queueConfig } from '../house.ts';
import { kinds, type LiveCall, type NewsOf } from '../live-call.ts';
import { endingOf, type Next, type Ring, type Wait } from '../stage.ts';
import { announcePlace } from './announce-place.ts';

/** A caller is sent on this often at most; then a message, whatever the configuration says. */
const HOPS_MAX = 3;

/**
 * Gives the caller a place in the queue, unless there is one already.
 * @returns what follows at once, for a seat may be free; null when the caller has to wait
 */
export function enterLine(call: LiveCall, house: House, wait: Wait): Next | null {
  const { callId, line } = call;
  const { dispatcher } = house;
  const queue = queueConfig(house, wait.queueId);
  // A stop of an earlier ring has been dealt with by the stage that rang.
  call.news.drop((news) => news.kind === 'stop-ringing');
  if (!dispatcher.engine.place(callId)) {
    const closed = !isOpenNow(house, queue?.hours ?? null);
    if (closed && queue?.onClosed.do !== 'wait') return notKept(call, house, wait, 'closed');
    const withKept = takingKeptPlace(call, house, wait);
    if (withKept) return { name: 'waiting', ...withKept };
    const { queueId, priority, arrivedAt, wantedSeatId, creditMs, insteadOf } = wait;
    // Who was sent on by an agent has just been spoken with.
    const lastAgentId = wait.after === null ? (wait.lastAgentId ?? null) : null;
    dispatcher.submit({
      kind: 'caller-entered',
      callId,
      queueId,
      priority,
      arrivedAt,
      lastAgentId,
      ...(creditMs !== undefined && { creditMs }),
      ...(insteadOf !== undefined && { insteadOf }),
      ...(wantedSeatId !== undefined && { wantedSeatId }),
    });
  }
  if (line.gone.aborted) return null;
  const news = call.news.takeNow(isDecision);
  return news && nextAfter(news, call, house, wait);
}

const isDecision = kinds('ring', 'not-kept', 'call-back-wanted');

function nextAfter(
  news: NewsOf<'ring' | 'not-kept' | 'call-back-wanted'>,
  call: LiveCall,
  house: House,
  wait: Wait,
): Next {
  if (news.kind === 'not-kept') return notKept(call, house, wait, news.why);
  if (news.kind === 'call-back-wanted') return keepPlace(call, house, wait);
  return { name: 'ringing', wait, ring: ringFrom(call, news) };
}

/** Music, the place in the queue now and then, until a seat is offered or the queue lets go. */
export async function waiting(call: LiveCall, house: House, wait: Wait): Promise<Next> {
  const { line } = call;
  const offered = new AbortController();
  const announcing = announcePlace(call, house, wait, AbortSignal.any([offered.signal, line.gone]));
  try {
    return nextAfter(await call.news.take(isDecision, line.gone), call, house, wait);
  } finally {
    offered.abort();
    await announcing;
  }
}

/**
 * Who asked to be called back in this queue and calls again stands where they stood: nobody stands
 * twice. Stored as a stage of its own before the engine hears of it, so a restart changes nothing.
 */
function takingKeptPlace({ line }: LiveCall, house: House, wait: Wait): Wait | null {
  if (wait.insteadOf !== undefined || wait.after !== null) return null;
  const kept = house.callBacks.keptFor(line.callerNumber, wait.queueId);
  if (!kept) return null;
  const creditMs = Math.max(0, placeAt(wait.arrivedAt, wait.priority) - kept.placeAt);
  return { ...wait, creditMs, insteadOf: kept.callId };
}

/** The caller hangs up and keeps the place; one who is being rung for is about to be served. */
function keepPlace(call: LiveCall, house: House, wait: Wait): Next {
  const place = house.dispatcher.engine.place(call.callId);
  if (!place || place.isRung) return { name: 'waiting', ...wait };
  house.callBacks.take(call, { ...wait, queueId: place.queueId });
  return { name: 'message', promptId: 'call-back-kept', ending: 'call-back-requested' };
}

/** The ring to carry out: under ids of its own, or those of a phone that rings already. */
export function ringFrom(call: Pick<LiveCall, 'rung'>, news: NewsOf<'ring'>): Ring {
  const { seatId, agentId, queueId, attempt, ringTimeoutMs } = news;
  const { rung } = call;
  call.rung = null;
  const { legId, recordingId } =
    rung?.seatId === seatId ? rung : { legId: `leg-${newId()}`, recordingId: newId() };
  return { seatId, agentId, queueId, attempt, ringTimeoutMs, legId, recordingId };
}

/** The queue cannot keep the caller: the outcome configured with it, never a dead line. */
function notKept(call: LiveCall, house: House, wait: Wait, why: OverflowReason): Next {
  const { callId } = call;
  const outcome = outcomeOf(call, house, wait, why);
  if (outcome.do === 'wait') return { name: 'waiting', ...wait };
  if (outcome.do === 'queue') {
    const next = { ...wait, queueId: outcome.queue, hops: wait.hops + 1 };
    // Harmless for a caller who was refused at the door.
    house.dispatcher.submit({ kind: 'caller-moved', callId, queueId: outcome.queue, why });
    return { name: 'waiting', ...next };
  }
  house.dispatcher.submit({ kind: 'caller-left', callId, abandoned: false });
  const { queueId } = wait;
  house.record({ kind: 'call.turned-away', at: house.clock.now(), callId, queueId, why });
  const ending = endingOf[why];
  if (outcome.do === 'call-back') return { name: 'call-back', wait, ending };
  return { name: 'message', promptId: outcome.prompt, ending };
}

const defaultMessages: Record<OverflowReason, string> = {
  'too-long': 'queue-too-long',
  full: 'queue-full',
  closed: 'queue-closed',
  nobody: 'queue-nobody',
};

function outcomeOf(call: LiveCall, house: House, wait: Wait, why: OverflowReason): Outcome {
  const message: Outcome = { do: 'message', prompt: defaultMessages[why] };
  const queue = queueConfig(house, wait.queueId);
  if (!queue) return removedOutcome(call, house, wait) ?? message;
  const byReason = {
    'too-long': queue.onTooLong,
    full: queue.onFull,
    closed: queue.onClosed,
    nobody: queue.onNobody,
  };
  const outcome = byReason[why];
  return outcome.do === 'queue' && wait.hops >= HOPS_MAX ? message : outcome;
}

/** The queue was taken away meanwhile: the caller goes on in the entry's, in the same place. */
function removedOutcome({ entry }: LiveCall, house: House, wait: Wait): Outcome | null {
  const { entries, queues } = house.hotline();
  const now = entries.find(({ id }) => id === entry.id);
  const queue = now?.queue ?? queues[0]?.id;
  return queue === undefined || wait.hops >= HOPS_MAX ? null : { do: 'queue', queue };
}
