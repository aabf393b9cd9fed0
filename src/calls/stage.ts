import type { EndingSlug } from '../ending.ts';
import type { OverflowReason } from '../events.ts';
import type { Key } from './ports.ts';

/**
 * The stages a call goes through, each with what it needs to be resumed after a restart. Stored
 * before it runs.
 */
export type Stage =
  | { name: 'greeting' }
  /** `typed`: a key pressed before the menu spoke. */
  | { name: 'menu'; menuId: string; path: string; repeats: number; typed: Key | null }
  /** The caller keys an order's number and query code; `tries` in vain so far. */
  | { name: 'progress'; queueId: string; tries: number }
  | { name: 'progress-told'; orderId: string; queueId: string }
  /** The caller is told of incidents, then waits; `keepsPlace`: in the place of an earlier call. */
  | {
      name: 'bulletin';
      bulletins: { id: string; promptId: string }[];
      wait: Wait;
      keepsPlace?: boolean;
    }
  | ({ name: 'waiting' } & Wait)
  /** `rings`: found so after a restart, the phone rings on or has just been answered. */
  | { name: 'ringing'; wait: Wait; ring: Ring; rings?: boolean }
  /** `adopted`: caller and seat were joined by an earlier process; `held` is what it left behind. */
  | { name: 'conversation'; wait: Wait; ring: Ring; held: boolean; adopted: boolean }
  /** An agent calls somebody: first the agent's own phone rings, then theirs. */
  | { name: 'dialling'; wait: Wait; ring: Ring }
  /** Somebody outside is called for a caller the agent sent on. */
  | { name: 'outside-ringing'; wait: Wait; outside: Outside }
  /**
   * Caller and somebody outside talk; no agent is there any more. `wait`: if they cannot be joined;
   * missing in what an earlier version stored.
   */
  | { name: 'outside-talk'; wait?: Wait; outside: Outside; adopted: boolean; recorded?: boolean }
  /** A unit's officer is called, to speak to the citizen through the hotline's number (中转通话). */
  | { name: 'relay-calling'; outside: Outside }
  /** The officer is there; `outside`, the citizen, is called. */
  | { name: 'relay-dialling'; outside: Outside }
  | { name: 'relay-talk'; outside: Outside; adopted: boolean; recorded?: boolean }
  | { name: 'rating'; ring: Ring; asked: number }
  /** The caller is told why nobody will answer now. */
  | { name: 'message'; promptId: string; ending: EndingSlug }
  | { name: 'call-back'; wait: Wait; ending: EndingSlug };

/**
 * What is stored of a virtual caller: no stage that is walked, for nobody is on the line. `ring` is
 * the seat that was held while the caller was dialled.
 */
export interface Virtual {
  name: 'virtual';
  wait: Wait;
  ring: Ring | null;
}

/** A caller's claim to be served. */
export interface Wait {
  queueId: string;
  priority: number;
  /** The time that counts for the place; kept through every queue and every failed ring. */
  arrivedAt: number;
  /** What a place kept from an earlier call is worth: so much earlier than by the clock. */
  creditMs?: number;
  /** The virtual caller whose place this is. */
  insteadOf?: string;
  /** Queues this caller was sent on from: a chain of outcomes cannot run in a circle. */
  hops: number;
  /** The caller has spoken with somebody before: the seat was lost, or the agent sent them on. */
  after: 'seat-lost' | 'transfer' | null;
  /** A seat the caller was sent to. */
  wantedSeatId?: string;
  /** Who spoke with the caller last: rung first if free, when the caller enters the queue. */
  lastAgentId?: string;
}

/** Somebody outside the caller was sent on to; the citizen an officer speaks to. */
export interface Outside {
  legId: string;
  number: string;
  /** Who sent the caller there; the officer. */
  agentId: string;
  /** Where they sat, empty for an officer; missing in what an earlier version stored. */
  seatId?: string;
  /** The talk that goes on without them is recorded under this name. */
  recordingId?: string;
}

export interface Ring {
  seatId: string;
  agentId: string;
  queueId: string;
  attempt: number;
  ringTimeoutMs: number;
  legId: string;
  recordingId: string;
}

/** The end of a stage: the next one, or the end of the call. */
export type Next = Stage | { name: 'ended'; ending: EndingSlug };

/** How a call ends that could not be kept in a queue. */
export const endingOf: Record<OverflowReason, EndingSlug> = {
  'too-long': 'waited-too-long',
  full: 'queue-full',
  closed: 'queue-closed',
  nobody: 'nobody-signed-in',
};

const leftAfter = { 'seat-lost': 'seat-lost', transfer: 'left-after-transfer' } as const;

/** A call of our own says so in its ending. */
export function endingOfOutgoing(ending: EndingSlug): EndingSlug {
  if (ending === 'caller-hung-up') return 'out-party-hung-up';
  return ending === 'agent-hung-up' ? 'out-agent-hung-up' : ending;
}

/** The ending of a caller who hangs up during a stage. */
export function endingWhenLeft(stage: Stage): EndingSlug {
  switch (stage.name) {
    case 'greeting':
      return 'left-in-greeting';
    case 'menu':
    case 'progress':
      return 'left-in-menu';
    case 'progress-told':
      return 'self-served';
    case 'bulletin':
      return 'left-in-bulletin';
    case 'waiting':
      return stage.after === null ? 'left-while-waiting' : leftAfter[stage.after];
    case 'ringing':
      return stage.wait.after === null ? 'left-while-ringing' : leftAfter[stage.wait.after];
    case 'conversation':
      return 'caller-hung-up';
    case 'dialling':
      return 'out-given-up';
    case 'outside-ringing':
      return 'left-after-transfer';
    case 'outside-talk':
      return 'transferred-outside';
    case 'relay-calling':
    case 'relay-dialling':
      return 'relay-given-up';
    case 'relay-talk':
      return 'relayed';
    case 'rating':
      return 'agent-hung-up';
    case 'message':
    case 'call-back':
      return stage.ending;
    default:
      return stage satisfies never;
  }
}
