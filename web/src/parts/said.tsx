import { useCallback } from 'react';
import { textOf } from '../net/api.ts';
import { useLanguage } from '../text/language.ts';
import { toast } from './toasts.tsx';

/** Runs an action and tells the person in plain words when it did not work. */
export function useTry(): (action: () => Promise<unknown>) => void {
  const lang = useLanguage((s) => s.lang);
  return useCallback(
    (action) => {
      action().catch((error: unknown) => toast(textOf(error, lang), { tone: 'alert' }));
    },
    [lang],
  );
}
