/** A channel of ours, as the arguments it entered our application with tell. */
export type Role =
  | { role: 'caller'; dialled: string }
  | { role: 'seat'; legId: string }
  | { role: 'outside'; number: string }
  /** Somebody we called for a call of their own; `dialled` is the number they were shown. */
  | { role: 'called'; number: string; dialled: string }
  /** The open line to a seat's own telephone, and the far half of a call given over it. */
  | { role: 'home' | 'home-leg'; seatId: string };

/**
 * Reads the arguments of `Stasis(<app>,caller,<dialled>)`, `Stasis(<app>,seat,<call>,<leg>)`,
 * `Stasis(<app>,outside,<call>,<leg>,<number>)`, `Stasis(<app>,called,<call>,<shown>,<number>)`,
 * `Stasis(<app>,home,<seat>)` or `Stasis(<app>,home-leg,<seat>)`.
 */
export function roleOf(args: readonly string[]): Role | undefined {
  if (args[0] === 'caller') return { role: 'caller', dialled: args[1] ?? '' };
  if (args[0] === 'seat') return { role: 'seat', legId: args[2] ?? '' };
  if (args[0] === 'outside') return { role: 'outside', number: args[3] ?? '' };
  if (args[0] === 'called')
    return { role: 'called', dialled: args[2] ?? '', number: args[3] ?? '' };
  if (args[0] === 'home' || args[0] === 'home-leg') return { role: args[0], seatId: args[1] ?? '' };
  return undefined;
}
