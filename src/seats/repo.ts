import { eq } from 'drizzle-orm';
import type { SeatState } from '../events.ts';
import type { Store } from '../store/db.ts';
import type { Projection } from '../store/event-log.ts';
import { seatStates, seats } from '../store/tables/seats.ts';
import type { Seat } from './schema.ts';

/** What the store knows of a signed-in seat. */
export type StoredSeatState = typeof seatStates.$inferSelect;

export interface SeatsRepo {
  all(): Seat[];
  find(seatId: string): Seat | undefined;
  insert(seat: Seat): void;
  update(seatId: string, change: SeatUpdate): void;
  remove(seatId: string): void;
  /** Seats somebody is signed in at, as the last event left them. */
  signedIn(): StoredSeatState[];
  /** Another process may have changed seats. */
  reread(): void;
}

/** What changes; undefined stays as it is. */
type SeatUpdate = { [Field in keyof Omit<Seat, 'id'>]?: Seat[Field] | undefined };

/**
 * The seats table, held in memory as well: this process is its only writer, and the floor asks for
 * all seats several times a second.
 */
export function createSeatsRepo({ db }: Store): SeatsRepo {
  const byId = new Map<string, Seat>();
  const reread = () => {
    byId.clear();
    for (const seat of db.select().from(seats).all()) byId.set(seat.id, seat);
  };
  reread();
  const reload = (seatId: string) => {
    const seat = db.select().from(seats).where(eq(seats.id, seatId)).get();
    if (seat) byId.set(seatId, seat);
    else byId.delete(seatId);
  };
  return {
    all: () => [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    find: (seatId) => byId.get(seatId),
    insert(seat) {
      db.insert(seats).values(seat).run();
      reload(seat.id);
    },
    update(seatId, change) {
      if (Object.keys(change).length > 0) {
        db.update(seats).set(change).where(eq(seats.id, seatId)).run();
      }
      reload(seatId);
    },
    remove(seatId) {
      db.delete(seats).where(eq(seats.id, seatId)).run();
      reload(seatId);
    },
    signedIn: () => db.select().from(seatStates).all(),
    reread,
  };
}

interface StateRow {
  seatId: string;
  agentId: string;
  state: SeatState;
  since: number;
  reason: string | null;
  callId: string | null;
  until: number | null;
  notReadyNext: string | null;
}

/** Keeps what every signed-in seat is doing, for the next start. */
export function projectSeatStates(store: Store): Projection {
  const put = store.sql.prepare<[StateRow]>(
    `INSERT INTO seat_states
       (seatId, agentId, state, since, reason, callId, until, notReadyNext)
     VALUES (@seatId, @agentId, @state, @since, @reason, @callId, @until, @notReadyNext)
     ON CONFLICT DO UPDATE SET agentId = @agentId, state = @state, reason = @reason,
       callId = @callId, until = @until, notReadyNext = @notReadyNext,
       -- Told again: more time to write the call up, or a break after it.
       since = iif(state = @state AND callId = @callId, since, @since)`,
  );
  const remove = store.sql.prepare<[string]>('DELETE FROM seat_states WHERE seatId = ?');
  return (event) => {
    if (event.kind === 'seat.signed-out') remove.run(event.seatId);
    if (event.kind !== 'seat.state' || event.state === 'offline') return;
    const { seatId, agentId, state, at: since, reason, callId, until, notReadyNext = null } = event;
    put.run({ seatId, agentId, state, since, reason, callId, until, notReadyNext });
  };
}
