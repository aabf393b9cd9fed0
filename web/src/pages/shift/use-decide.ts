import { Problem, post } from '../../net/api.ts';
import { refresh } from '../../net/leading.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';

/** Approves or refuses rests; with the quota used up, offers to approve all the same. */
export function useDecide(): (ids: readonly string[], approve: boolean) => void {
  const t = useWords(leadingText);
  const attempt = useTry();
  const send = async (ids: readonly string[], approve: boolean, beyondQuota: boolean) => {
    await post('/floor/rests/decide', { ids, approve, beyondQuota }).finally(() =>
      refresh('rests'),
    );
  };
  return (ids, approve) =>
    attempt(async () => {
      try {
        await send(ids, approve, false);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'rest-quota') throw error;
        toast(t.beyondAsk, {
          tone: 'alert',
          id: 'rest-quota',
          action: { label: t.beyond, run: () => attempt(() => send(ids, true, true)) },
        });
      }
    });
}
