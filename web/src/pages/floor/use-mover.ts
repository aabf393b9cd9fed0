import { useCallback, useMemo } from 'react';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { mapText } from './map-text.ts';
import { fallbackQueues } from './memberships.ts';
import { moveSeats, takeBack } from './moves.ts';

const undoMs = 10_000;

/** Moves seats and offers the way back for ten seconds. */
export function useMover(): (seatIds: readonly string[], queueId: string) => void {
  const t = useWords(mapText);
  const names = useNames();
  const attempt = useTry();
  const fallbacks = useMemo(() => fallbackQueues(names.hotline), [names.hotline]);
  return useCallback(
    (seatIds, queueId) =>
      attempt(() =>
        moveSeats(seatIds, queueId, fallbacks, (undo) =>
          toast(
            t.done(
              undo.length,
              undo[0]?.seatId ?? '',
              `${names.queueCode(queueId)} ${names.queue(queueId)}`,
            ),
            {
              keepMs: undoMs,
              action: {
                label: t.undo,
                run: () => attempt(() => takeBack(undo).then(() => toast(t.undone))),
              },
            },
          ),
        ),
      ),
    [attempt, fallbacks, names, t],
  );
}
