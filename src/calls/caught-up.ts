import type { Leg } from './ports.ts';
import type { CallRecord } from './repo.ts';
import type { Stage, Virtual } from './stage.ts';

/**
 * A caller who was called back has picked up the phone: they go on talking, as if the seat held for
 * them had just answered, or wait on the line in their place.
 */
export function answeredMeanwhile({ wait, ring }: Virtual, talks: boolean): Stage {
  return ring && talks ? { name: 'ringing', wait, ring } : { name: 'waiting', ...wait };
}

/** Somebody outside is there: answered before the server went away or meanwhile. */
export function withOutside(stage: Stage): Stage {
  if (stage.name === 'relay-talk') return { ...stage, adopted: true, recorded: true };
  if (stage.name !== 'outside-ringing' && stage.name !== 'outside-talk') return stage;
  const recorded = stage.name === 'outside-talk';
  return { ...stage, name: 'outside-talk', adopted: true, recorded };
}

/** The place has been given to a virtual caller: all that is left is to say so, and nobody stands twice. */
export function promised({ name }: Stage): Stage {
  const promptId = name === 'call-back' ? 'call-back-confirmed' : 'call-back-kept';
  return { name: 'message', promptId, ending: 'call-back-requested' };
}

/**
 * The stage a call has really reached: a server may die between an event and the stage that follows
 * from it. A conversation that has ended is not taken up again, one that has just begun is not cut
 * off, and nobody is asked twice for a rating.
 */
export function caughtUp(stage: Stage, record: CallRecord, talks: boolean, leg?: Leg): Stage {
  if (stage.name === 'rating' && record.rating !== null) {
    return { name: 'message', promptId: 'rating-thanks', ending: 'agent-hung-up' };
  }
  if (stage.name === 'dialling') {
    const { wait, ring } = stage;
    return { name: 'conversation', wait, ring, held: false, adopted: true };
  }
  if (stage.name === 'ringing') {
    const { wait, ring } = stage;
    const rings = leg?.legId === ring.legId;
    if (rings && talks) return { name: 'conversation', wait, ring, held: false, adopted: true };
    return { name: 'ringing', wait, ring, rings };
  }
  if (stage.name === 'outside-ringing') return { name: 'waiting', ...stage.wait };
  if (stage.name === 'conversation' && !talks) {
    const { wait, ring } = stage;
    if (record.endedBy === 'agent') return { name: 'rating', ring, asked: 0 };
    return { name: 'waiting', ...wait, queueId: ring.queueId, hops: 0, after: 'seat-lost' };
  }
  return stage;
}
