import { type Deferred, deferred } from '../src/kit/abort.ts';

/**
 * At most `count` pieces of work at once; the others wait their turn in order, at most `longest` of
 * them: what comes then is rejected with `full()`.
 */
export function createSlots(
  count: number,
  longest: number,
  full: () => Error,
): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: Deferred<void>[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else if (queue.length >= longest) throw full();
    else {
      const turn = deferred<void>();
      queue.push(turn);
      await turn.promise;
    }
    try {
      return await work();
    } finally {
      // A place that somebody waits for changes hands without becoming free in between.
      const next = queue.shift();
      if (next) next.resolve();
      else free += 1;
    }
  };
}
