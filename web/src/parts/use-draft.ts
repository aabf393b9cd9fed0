import { useCallback, useState } from 'react';

/** What is typed survives a reload and a walk to another page, until it is sent and dropped. */
export function useDraft<T extends object>(shelf: string, start: T) {
  const [draft, setDraft] = useState<T>(() => kept(shelf, start));
  const set = useCallback(
    (change: Partial<T>) =>
      setDraft((before) => {
        const next = { ...before, ...change };
        localStorage.setItem(shelf, JSON.stringify(next));
        return next;
      }),
    [shelf],
  );
  return { draft, set, drop: () => localStorage.removeItem(shelf) };
}

function kept<T extends object>(shelf: string, start: T): T {
  try {
    return { ...start, ...(JSON.parse(localStorage.getItem(shelf) ?? '{}') as Partial<T>) };
  } catch {
    return start;
  }
}
