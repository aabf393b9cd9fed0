import { create } from 'zustand';
import type { SeatLive } from '../../../../src/floor/schema.ts';
import type { Seat } from '../../../../src/seats/schema.ts';
import { get, put } from '../../net/api.ts';
import { homeOf, movedTo } from './memberships.ts';

/** A seat on its way: ordered here, not yet told by the floor stream. */
export interface Move {
  from: string;
  to: string;
}

export const useMoves = create<{ moves: ReadonlyMap<string, Move> }>(() => ({ moves: new Map() }));

function change(edit: (moves: Map<string, Move>) => void): void {
  useMoves.setState(({ moves }) => {
    const next = new Map(moves);
    edit(next);
    return { moves: next };
  });
}

/** The moves that the floor has not confirmed yet; the same map when nothing changed. */
function stillMoving(
  moves: ReadonlyMap<string, Move>,
  seats: readonly SeatLive[],
): ReadonlyMap<string, Move> {
  if (moves.size === 0) return moves;
  const arrived = seats.filter((seat) => moves.get(seat.seatId)?.to === homeOf(seat));
  if (arrived.length === 0) return moves;
  const left = new Map(moves);
  for (const { seatId } of arrived) left.delete(seatId);
  return left;
}

/** Takes the floor's word for what has arrived. */
export function settle(seats: readonly SeatLive[]): void {
  const { moves } = useMoves.getState();
  const left = stillMoving(moves, seats);
  if (left !== moves) useMoves.setState({ moves: left });
}

/** One seat's new queues. */
interface Order {
  seatId: string;
  from: string;
  queues: Seat['queues'];
}

/** What the seats had before, to put it back. */
type Undo = Order[];

const first = (queues: Seat['queues']) => queues[0]?.queueId ?? '';

/**
 * Sends every order; each seat shows as moving until the stream confirms it.
 * @throws the first refusal, after the others are through; `undo` is told what did work before.
 */
async function send(orders: readonly Order[], worked: (undo: Undo) => void): Promise<void> {
  change((moves) => {
    for (const { seatId, from, queues } of orders) moves.set(seatId, { from, to: first(queues) });
  });
  const replies = await Promise.allSettled(
    orders.map(async ({ seatId, queues }) => {
      const path = `/floor/seats/${seatId}/queues`;
      const { before } = await put<{ before: Seat['queues'] }>(path, { queues });
      return { seatId, from: first(queues), queues: before };
    }),
  );
  const refused = orders.filter((_, at) => replies[at]?.status === 'rejected');
  change((moves) => {
    for (const { seatId } of refused) moves.delete(seatId);
  });
  const undo = replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value] : []));
  if (undo.length > 0) worked(undo);
  const failure = replies.find((reply) => reply.status === 'rejected');
  if (failure) throw failure.reason;
}

/** Moves seats into a queue, keeping the fallback queues they had. Those already there stay. */
export async function moveSeats(
  seatIds: readonly string[],
  target: string,
  fallbacks: ReadonlySet<string>,
  worked: (undo: Undo) => void,
): Promise<void> {
  const { rows } = await get<{ rows: Seat[] }>('/seats');
  const wanted = new Set(seatIds);
  const orders = rows
    .filter(({ id, queues }) => wanted.has(id) && first(queues) !== target)
    .map(({ id, queues }) => ({
      seatId: id,
      from: first(queues),
      queues: movedTo(queues, target, fallbacks),
    }));
  await send(orders, worked);
}

/** Puts back what the seats had. */
export function takeBack(undo: Undo): Promise<void> {
  return send(undo, () => undefined);
}
