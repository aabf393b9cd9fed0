import type { SeatLive } from '../../../../src/floor/schema.ts';
import { post } from '../../net/api.ts';
import { useDesk } from '../../net/desk-store.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useMonitor } from '../../talk/use-monitor.ts';
import { useWords } from '../../text/language.ts';
import { words } from '../../text/words.ts';

const text = words(
  {
    ready: '设为就绪',
    'not-ready': '设为示忙',
    release: '结束通话',
    'sign-out': '强制签出',
    listen: '旁听',
    whisper: '耳语',
    barge: '强插',
    intercept: '拦截',
    done: (seat: string, act: string) => `座席 ${seat}：${act}`,
    needSeat: '签入自己的座席后可旁听、耳语、强插和拦截',
  },
  {
    ready: 'Set ready',
    'not-ready': 'Set not ready',
    release: 'End the call',
    'sign-out': 'Sign out',
    listen: 'Listen',
    whisper: 'Whisper',
    barge: 'Barge in',
    intercept: 'Take over',
    done: (seat: string, act: string) => `Seat ${seat}: ${act}`,
    needSeat: 'Take a seat of your own to listen, whisper, barge in or take over',
  },
);
const withTalk = ['listen', 'whisper', 'barge', 'intercept'] as const;
type Act = 'ready' | 'not-ready' | 'release' | 'sign-out' | (typeof withTalk)[number];

/** What a shift leader may do with a seat in this state. */
function actsFor(state: SeatLive['state'], mayListen: boolean): Act[] {
  switch (state) {
    case 'offline':
      return [];
    case 'talking':
    case 'hold':
      return [...(mayListen ? withTalk : []), 'not-ready', 'release'];
    case 'not-ready':
      return ['ready', 'sign-out'];
    case 'wrap-up':
      return ['ready', 'not-ready', 'sign-out'];
    case 'ready':
    case 'ringing':
      return ['not-ready', 'sign-out'];
  }
}

export interface SeatAct {
  verb: Act;
  label: string;
  /** With the talk itself, on the leader's own phone. */
  isWithTalk: boolean;
  run: () => void;
}

/** The acts that make sense at a seat now, in words, ready to run; the server audits each. */
export function useSeatActs({ seatId, state }: Pick<SeatLive, 'seatId' | 'state'>): {
  acts: SeatAct[];
  /** Why a leader cannot be with this talk, or null. */
  hint: string | null;
} {
  const t = useWords(text);
  const attempt = useTry();
  const monitor = useMonitor(seatId);
  const own = useDesk((s) => s.desk?.seatId);
  const isTalk = state === 'talking' || state === 'hold';
  const force = (verb: Act) =>
    attempt(async () => {
      await post(`/floor/seats/${seatId}/${verb}`);
      toast(t.done(seatId, t[verb]));
    });
  const run = (verb: Act) => {
    if (verb === 'intercept') monitor.intercept();
    else if (verb === 'listen' || verb === 'whisper' || verb === 'barge') monitor.begin(verb);
    else force(verb);
  };
  const acts = actsFor(state, own !== undefined && own !== seatId).map((verb) => ({
    verb,
    label: t[verb],
    isWithTalk: withTalk.some((one) => one === verb),
    run: () => run(verb),
  }));
  return { acts, hint: isTalk && own === undefined ? t.needSeat : null };
}
