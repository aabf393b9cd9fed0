import type { EndingSlug } from '../ending.ts';
import type { House } from './house.ts';
import type { LiveCall } from './live-call.ts';
import { ChannelGone } from './ports.ts';
import { endingOfOutgoing, endingWhenLeft, type Next, type Stage } from './stage.ts';
import { bulletin } from './stages/bulletin.ts';
import { conversation } from './stages/conversation.ts';
import { dialling } from './stages/dialling.ts';
import { enterStage } from './stages/enter-stage.ts';
import { callBack, message } from './stages/farewell.ts';
import { greeting } from './stages/greeting.ts';
import { menu } from './stages/menu.ts';
import { outsideRinging, outsideTalk } from './stages/outside.ts';
import { progress, progressTold } from './stages/progress.ts';
import { beginRating, rating } from './stages/rating.ts';
import { relayCalling, relayDialling, relayTalk } from './stages/relay.ts';
import { ringing } from './stages/ringing.ts';
import { enterLine, waiting } from './stages/waiting.ts';

/**
 * The life of a call, from the stage given to its end. Each stage is stored before it runs, so a
 * restarted server takes up every live call where it was. What happens in one moment is stored in one
 * transaction: each waits for the disk. While a call is walked, this function alone closes the line and
 * writes the ending; everybody else only asks. What nobody walks is ended where it is found: by a
 * restarted server what ended in the gap (`adoption.ts`), by `call-backs.ts` who has no line, by
 * `without-server.ts` whom the exchange had alone.
 */
export async function walk(call: LiveCall, house: House, from: Stage): Promise<void> {
  let stage: Stage = from;
  let ending: EndingSlug | null = null;
  while (ending === null) {
    const next = await runSafely(call, house, stage);
    if (next.name === 'ended') ending = next.ending;
    else stage = next;
  }
  const last = { stage, ending };
  house.together(() => writeEnding(call, house, last));
  await call.line.hangUp();
}

/** Nobody is left in a queue, and the call is closed in the books. */
function writeEnding(
  call: LiveCall,
  house: House,
  { stage, ending: slug }: { stage: Stage; ending: EndingSlug },
): void {
  leaveQueue(call, house);
  const isOutgoing = call.line.direction === 'out' && !call.isCallBack;
  if (slug === 'telephony-lost' && !isOutgoing) wantCallBack(call, house, stage);
  const ending = isOutgoing ? endingOfOutgoing(slug) : slug;
  house.record({ kind: 'call.ended', at: house.clock.now(), callId: call.callId, ending });
}

/**
 * Stores a stage, and what comes of it in the same moment: a place in the queue, a seat that is free.
 * @returns the next stage, when it is over with that
 */
function begin(call: LiveCall, house: House, stage: Stage): Next | null {
  // Written down with what brought it.
  if (call.stage === stage) return null;
  return house.together(() => {
    enterStage(call, house, stage);
    if (stage.name === 'rating') beginRating(call, house, stage);
    const next = stage.name === 'waiting' ? enterLine(call, house, stage) : null;
    if (next?.name === 'ringing') enterStage(call, house, next);
    return next;
  });
}

/** Who was cut off by a death of the exchange is to be called back, unless all had been said. */
function wantCallBack({ callId, line, entry }: LiveCall, house: House, stage: Stage): void {
  if (line.callerNumber === '' || isFarewell(stage)) return;
  const queueId = queueOf(stage) ?? entry.queue;
  const at = house.clock.now();
  house.record({ kind: 'call.call-back-requested', at, callId, queueId, isMissed: true });
}

function isFarewell({ name }: Stage): boolean {
  return name === 'rating' || name === 'message' || name === 'call-back';
}

function queueOf(stage: Stage): string | null {
  if (stage.name === 'waiting') return stage.queueId;
  if ('ring' in stage) return stage.ring.queueId;
  return 'wait' in stage ? stage.wait.queueId : null;
}

/** Runs a stage; a caller who leaves, a lost exchange, a defect of ours each become an ending. */
async function runSafely(call: LiveCall, house: House, stage: Stage): Promise<Next> {
  try {
    return begin(call, house, stage) ?? (await run(call, house, stage));
  } catch (error) {
    if (error instanceof ChannelGone) return { name: 'ended', ending: endingOfGone(error, stage) };
    house.log.error({ err: error, callId: call.callId, stage: stage.name }, 'a stage failed');
    return { name: 'ended', ending: 'error' };
  }
}

function run(call: LiveCall, house: House, stage: Stage): Promise<Next> {
  switch (stage.name) {
    case 'greeting':
      return greeting(call, house);
    case 'menu':
      return menu(call, house, stage);
    case 'progress':
      return progress(call, house, stage);
    case 'progress-told':
      return progressTold(call, house, stage);
    case 'bulletin':
      return bulletin(call, house, stage);
    case 'waiting':
      return waiting(call, house, stage);
    case 'ringing':
      return ringing(call, house, stage.wait, stage.ring);
    case 'conversation':
      return conversation(call, house, stage);
    case 'dialling':
      return dialling(call, house, stage);
    case 'outside-ringing':
      return outsideRinging(call, house, stage);
    case 'outside-talk':
      return outsideTalk(call, house, stage);
    case 'relay-calling':
      return relayCalling(call, stage);
    case 'relay-dialling':
      return relayDialling(call, house, stage);
    case 'relay-talk':
      return relayTalk(call, house, stage);
    case 'rating':
      return rating(call, house, stage.ring, stage.asked);
    case 'message':
      return message(call, stage.promptId, stage.ending);
    case 'call-back':
      return callBack(call, house, stage.wait, stage.ending);
    default:
      return stage satisfies never;
  }
}

function endingOfGone(gone: ChannelGone, stage: Stage): EndingSlug {
  if (gone.why === 'telephony-lost') return 'telephony-lost';
  if (gone.why === 'vanished') return 'server-lost';
  return endingWhenLeft(stage);
}

/** Whoever ends while still waiting or being rung gives up the place; harmless for the others. */
function leaveQueue(call: LiveCall, house: House): void {
  const { callId, line } = call;
  const { reason } = line.gone;
  const abandoned = reason instanceof ChannelGone && reason.why === 'hung-up';
  house.dispatcher.submit({ kind: 'caller-left', callId, abandoned });
}
