import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import type { CallBack } from '../../../../src/calls/schema.ts';
import { post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { serverNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { callBacksText } from './call-backs-text.ts';

type Act = 'now' | 'done' | 'cancel';

/** What a leader may do for one: dial without the pause, settle, or give up after a second click. */
export function CallBackActs({ row }: { row: CallBack }) {
  const t = useWords(callBacksText);
  const c = useWords(common);
  const attempt = useTry();
  const [asksAgain, setAsksAgain] = useState(false);
  const act = useMutation({
    mutationFn: (verb: Act) => post(`/call-backs/${row.callId}/${verb}`),
    onSuccess: (_reply, verb) => {
      if (verb === 'now') toast(t.calling(row.callerMasked || c.withheld));
      return queryClient.invalidateQueries({ queryKey: ['call-backs'] });
    },
  });
  if (row.doneAt !== null) return null;
  const run = (verb: Act) => attempt(() => act.mutateAsync(verb));
  return (
    <span
      className="call-back-acts"
      onClick={(event) => event.stopPropagation()}
      onBlur={() => setAsksAgain(false)}
    >
      {canBeHurried(row) && (
        <Button size="small" disabled={act.isPending} onClick={() => run('now')}>
          {t.now}
        </Button>
      )}
      {row.state !== 'dialling' && (
        <Button
          size="small"
          title={t.doneHelp}
          disabled={act.isPending}
          onClick={() => run('done')}
        >
          {t.done}
        </Button>
      )}
      <Button
        size="small"
        danger={asksAgain}
        disabled={act.isPending}
        onClick={() => (asksAgain ? run('cancel') : setAsksAgain(true))}
      >
        {asksAgain ? t.sure : t.cancel}
      </Button>
    </span>
  );
}

/** Nobody dials them now: they are on the list, given up, or in a pause. */
function canBeHurried({ state, nextAt }: CallBack): boolean {
  const isLater = nextAt !== null && nextAt > serverNow();
  return state === 'listed' || state === 'failed' || state === 'paused' || isLater;
}
