import type { DomainEvent } from '../events.ts';
import type { Alert } from './protocol.ts';

/** What a shift leader should hear of at once, or null. */
export function alertOf(
  event: DomainEvent,
  agentName: (agentId: string) => string | null,
): Alert | null {
  if (event.kind !== 'alert.raised') return null;
  const { alertId: id, at, alert: kind, about } = event;
  const { agentId, ...rest } = about;
  return { id, at, kind, agentName: agentId === null ? null : agentName(agentId), ...rest };
}
