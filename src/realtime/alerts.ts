import type { DomainEvent } from '../events.ts';
import type { Alert } from './protocol.ts';

interface AlertRules {
  /** Scores up to this one are low: `hotline.rating.lowAtMost`. */
  lowAtMost: number;
  agentName: (agentId: string) => string | null;
}

const nobody = { callId: null, seatId: null, agentName: null, queueId: null, score: null };

/** What a shift leader should hear of at once, or null. */
export function alertOf(event: DomainEvent, { lowAtMost, agentName }: AlertRules): Alert | null {
  const head = { ...nobody, id: `event-${String(event.seq)}`, at: event.at };
  if (event.kind === 'call.rated' && event.score <= lowAtMost) {
    const { callId, seatId, queueId, score } = event;
    const who = agentName(event.agentId);
    return { ...head, kind: 'low-rating', callId, seatId, queueId, score, agentName: who };
  }
  if (event.kind === 'seat.state' && event.reason === 'unreachable') {
    const { seatId } = event;
    return { ...head, kind: 'seat-unreachable', seatId, agentName: agentName(event.agentId) };
  }
  if (event.kind === 'recording.failed') {
    return { ...head, kind: 'recording-failed', callId: event.callId };
  }
  return null;
}

/** The telephone exchange is away: nobody can call. */
export function exchangeLost(at: number): Alert {
  return { ...nobody, id: `exchange-${String(at)}`, at, kind: 'exchange-lost' };
}
