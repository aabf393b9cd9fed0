import type { NewEvent } from '../../src/events.ts';
import { City, queueIds } from './city.ts';
import { CityCalls } from './city-calls.ts';

export interface CityDay {
  calls: number;
  seats: number;
  /** When the first caller comes. */
  from: number;
  /** Callers come within so long. */
  spreadMs?: number;
  seed: number;
}

/**
 * A day of calls through the real engine in virtual time: arrivals, rings (not all answered), holds,
 * transfers, lost seats, overflow, full queues, impatience, places kept and missed calls called back, with
 * retries, ratings, breaks, shifts. The same seed gives the same events, in the order in which a house
 * would store them.
 */
export function* cityDay({
  calls,
  seats,
  from,
  spreadMs = 86_400_000,
  seed,
}: CityDay): Generator<NewEvent> {
  const city = new City(seed, from);
  const callers = new CityCalls(city);
  for (let at = 0; at < seats; at += 1) shift(city, String(8001 + at), spreadMs);
  for (let at = 0; at < calls; at += 1) callers.come(at, spreadMs);
  yield* city.run();
}

/** An agent's day: in, a break or two, out. */
function shift(city: City, seatId: string, spreadMs: number): void {
  const start = city.from + city.between(0, Math.floor(spreadMs / 4));
  const end = city.from + city.between(Math.floor(spreadMs / 2), spreadMs + 3_600_000);
  const at = Number(seatId) % queueIds.length;
  const served = [queueIds[at] ?? 'consumer', queueIds[(at + 1) % queueIds.length] ?? 'consumer'];
  const memberships = served.map((queueId, i) => ({ queueId, level: i + 1 }));
  const agentId = `agent-${seatId}`;
  city.at(start, () => {
    city.tell({ kind: 'seat-signed-in', seatId, agentId, memberships });
    city.tell({ kind: 'seat-ready', seatId });
  });
  for (let pause = 0; pause < 3; pause += 1) {
    const begins = city.between(start, end);
    city.at(begins, () => city.tell({ kind: 'seat-not-ready', seatId, reason: 'rest' }));
    city.at(begins + 600_000, () => city.tell({ kind: 'seat-ready', seatId }));
  }
  const out = () => {
    city.tell({ kind: 'seat-signed-out', seatId });
    // Refused while a caller is on the line.
    if (city.engine.seat(seatId)) city.in(30_000, out);
  };
  city.at(end, out);
}
