import { useEffect, useRef } from 'react';
import type { Desk } from '../../../src/seats/schema.ts';
import { toast } from '../parts/toasts.tsx';
import { useWords } from '../text/language.ts';
import { talkText } from './talk-text.ts';
import { useWhoAt } from './use-targets.ts';

/** The agent sends somebody away: their leaving is no news. */
let isExpected = false;
export function expectFarewell(): void {
  isExpected = true;
}

/** Says when somebody who was asked in was not reached, or has left, while the call goes on. */
export function useFarewells(desk: Desk | null): void {
  const t = useWords(talkText);
  const party = desk?.isGuest ? null : (desk?.party ?? null);
  const callId = desk?.callId ?? null;
  const inCall = desk?.state === 'talking' || desk?.state === 'hold';
  const atSeat = useWhoAt(party?.seatId ?? null);
  const who = party?.number ?? atSeat;
  const last = useRef({ who: '', isIn: false, callId: null as string | null });
  useEffect(() => {
    const before = last.current;
    last.current = { who, isIn: party?.isIn ?? false, callId: party ? callId : null };
    if (party || before.callId === null) return;
    if (!isExpected && inCall && before.callId === callId)
      toast(before.isIn ? t.left(before.who) : t.notReached(before.who), { id: 'party' });
    isExpected = false;
  }, [party, who, callId, inCall, t]);
}
