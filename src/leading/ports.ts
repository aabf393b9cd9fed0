import type { Hotline } from '../../config/hotline.ts';
import type { Auditor, Person } from '../access.ts';
import type { Engine, Input } from '../acd/types.ts';
import type { SeatQueues } from '../events-leading.ts';
import type { Clock } from '../kit/clock.ts';
import type { EventLog } from '../store/event-log.ts';

/** What leading needs of the rest of the house; `app` hands it in. */

/** Who acts, and from where: for the audit. */
export interface By {
  person: Pick<Person, 'id' | 'name'>;
  ip: string;
}

/** The seats people are signed in at, and the door to the queue engine. */
export interface LeadingDispatcher {
  submit(input: Input): void;
  readonly engine: Pick<Engine, 'seat' | 'seats'>;
}

/** What every service of leading stands on. */
export interface LeadingGround {
  clock: Clock;
  events: Pick<EventLog, 'append' | 'keep'>;
  audit: Auditor;
  hotline: () => Hotline;
  dispatcher: LeadingDispatcher;
}

/** Seats as they are arranged, and the move that obeys from the next decision on. */
export interface SeatArrangement {
  all(): readonly { id: string; name: string; queues: SeatQueues['queues'] }[];
  move(seatId: string, queues: SeatQueues['queues']): void;
}
