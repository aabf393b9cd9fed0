/** What we need of the tab's session storage. */
interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

const kept = 'yihao.ready';
/** A reload takes a second or two; after this the agent may have walked away. */
const reloadMs = 20_000;

/** The page goes away while its seat is ready. */
export function keepReady(shelf: Pick<Shelf, 'setItem'>, seatId: string, at: number): void {
  shelf.setItem(kept, `${seatId} ${at}`);
}

/**
 * Was this tab ready at this seat a moment ago? While a page reloads its phone is gone, so the
 * server sets the seat not ready; that was no decision of the agent's.
 */
export function wasReadyJustNow(
  shelf: Pick<Shelf, 'getItem'>,
  seatId: string,
  now: number,
): boolean {
  const [seat, at] = (shelf.getItem(kept) ?? '').split(' ');
  return seat === seatId && now - Number(at) < reloadMs;
}
