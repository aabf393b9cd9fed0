import type { SeatLive } from '../../../../src/floor/schema.ts';
import { post } from '../../net/api.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { words } from '../../text/words.ts';

const text = words(
  {
    ready: '设为就绪',
    'not-ready': '设为示忙',
    release: '结束通话',
    'sign-out': '强制签出',
    done: (seat: string, act: string) => `座席 ${seat}：${act}`,
  },
  {
    ready: 'Set ready',
    'not-ready': 'Set not ready',
    release: 'End the call',
    'sign-out': 'Sign out',
    done: (seat: string, act: string) => `Seat ${seat}: ${act}`,
  },
);
type Act = 'ready' | 'not-ready' | 'release' | 'sign-out';

/** What a shift leader may do with a seat in this state. */
function actsFor(state: SeatLive['state']): Act[] {
  switch (state) {
    case 'offline':
      return [];
    case 'talking':
    case 'hold':
      return ['not-ready', 'release'];
    case 'not-ready':
      return ['ready', 'sign-out'];
    case 'wrap-up':
      return ['ready', 'not-ready', 'sign-out'];
    case 'ready':
    case 'ringing':
      return ['not-ready', 'sign-out'];
  }
}

/** The acts that make sense at a seat now, in words, ready to run; the server audits each. */
export function useSeatActs(
  seat: Pick<SeatLive, 'seatId' | 'state'>,
): { verb: Act; label: string; run: () => void }[] {
  const t = useWords(text);
  const attempt = useTry();
  return actsFor(seat.state).map((verb) => ({
    verb,
    label: t[verb],
    run: () =>
      attempt(async () => {
        await post(`/floor/seats/${seat.seatId}/${verb}`);
        toast(t.done(seat.seatId, t[verb]));
      }),
  }));
}
