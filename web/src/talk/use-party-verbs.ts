import type { Desk } from '../../../src/seats/schema.ts';
import { deskDo, deskUndo } from '../net/desk-store.ts';
import { useKeys } from '../parts/keys.ts';
import { useTry } from '../parts/said.tsx';
import { expectFarewell } from './use-farewells.ts';

/**
 * What can be done about somebody who was asked in, by hand and by key: F7 leaves the caller to
 * them, F10 lets all three talk, F6 goes back to the caller alone.
 */
export function usePartyVerbs({ state, party, isGuest }: Desk) {
  const attempt = useTry();
  const isHeld = state === 'hold';
  const isIn = party?.isIn === true && !isGuest;
  const handOver = isIn ? () => attempt(() => deskDo('consult/complete')) : undefined;
  const threeWay = isIn && isHeld ? () => attempt(() => deskDo('consult/three-way')) : undefined;
  const dismiss = () => {
    expectFarewell();
    attempt(() => (isHeld ? deskDo('consult/return') : deskUndo('conference')));
  };
  const leave = () => attempt(() => deskDo('hang-up'));
  useKeys({
    F6: party && !isGuest ? dismiss : undefined,
    F7: handOver,
    F10: threeWay,
  });
  return { handOver, threeWay, dismiss, leave };
}
