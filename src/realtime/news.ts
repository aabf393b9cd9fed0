import type { DomainEvent } from '../events.ts';
import type { Cancel, Clock } from '../kit/clock.ts';
import type { Topic } from '../leading/schema.ts';

/** The same topic is told at most this often: a notice read at 500 desks is one thing to look up. */
const GAP_MS = 250;

/** What of leading is different after an event, and whose desk shows it besides the leaders'. */
export function newsOf(event: DomainEvent): { topic: Topic; personId: string | null } | null {
  switch (event.kind) {
    case 'rest.asked':
    case 'rest.decided':
      return { topic: 'rests', personId: event.agentId };
    case 'alert.raised':
      return { topic: 'alerts', personId: event.about.agentId };
    case 'alert.over':
    case 'alert.acknowledged':
      return { topic: 'alerts', personId: null };
    case 'notice.read':
      return { topic: 'notices', personId: event.personId };
    default:
      return null;
  }
}

/** Is everybody to look something up after this event? */
export function newsForAll(event: DomainEvent): Topic | null {
  if (event.kind === 'notice.posted' || event.kind === 'notice.withdrawn') return 'notices';
  return event.kind === 'emergency.began' || event.kind === 'emergency.ended' ? 'emergency' : null;
}

/** Tells leaders of a topic at once, and again once the gap is over when more came meanwhile. */
export function createNewsTeller(
  clock: Clock,
  send: (topic: Topic) => void,
): { touched(topic: Topic): void; stop(): void } {
  const resting = new Map<Topic, { again: boolean; cancel: Cancel }>();
  function tell(topic: Topic): void {
    send(topic);
    const cancel = clock.after(GAP_MS, () => {
      const { again } = resting.get(topic) ?? { again: false };
      resting.delete(topic);
      if (again) tell(topic);
    });
    resting.set(topic, { again: false, cancel });
  }
  return {
    touched(topic) {
      const rest = resting.get(topic);
      if (rest) rest.again = true;
      else tell(topic);
    },
    stop() {
      for (const { cancel } of resting.values()) cancel();
      resting.clear();
    },
  };
}
