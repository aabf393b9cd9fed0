import { useCallback, useEffect, useRef, useState } from 'react';
import type { CurvePoint, StaffAnswer, StaffNews } from '../../../../src/staffing/schema.ts';
import { lines } from '../../net/api.ts';

/** A question to the server as it is being answered. */
export interface StaffRun {
  state: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  done: number;
  of: number;
  curve: readonly CurvePoint[];
  answer: StaffAnswer | null;
  error: unknown;
}

const nothing: StaffRun = { state: 'idle', done: 0, of: 0, curve: [], answer: null, error: null };

/** Asks, and follows the simulation point by point; leaving the page stops it. */
export function useStaffing() {
  const [run, setRun] = useState<StaffRun>(nothing);
  const asking = useRef<AbortController>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const ask = useCallback(async (query: string): Promise<void> => {
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    setRun({ ...nothing, state: 'running' });
    try {
      for await (const line of lines(`/staffing${query}`, { signal: mine.signal })) {
        const news = JSON.parse(line) as StaffNews;
        if ('failed' in news) throw new Error(news.failed);
        setRun((before) => after(before, news));
      }
    } catch (error) {
      if (!mine.signal.aborted) setRun((before) => ({ ...before, state: 'failed', error }));
    }
  }, []);

  return {
    run,
    ask,
    stop() {
      asking.current?.abort();
      setRun((before) => ({ ...before, state: 'stopped' }));
    },
  };
}

function after(before: StaffRun, news: Exclude<StaffNews, { failed: string }>): StaffRun {
  if ('answer' in news) {
    return { ...before, state: 'done', answer: news.answer, curve: news.answer.curve };
  }
  return { ...before, done: news.done, of: news.of, curve: [...before.curve, news.point] };
}
