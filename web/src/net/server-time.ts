import { useSyncExternalStore } from 'react';

let offsetMs = 0;

let exact = false;

/** Takes the server's clock from a message that carried it. */
export function learnServerTime(now: number): void {
  offsetMs = now - Date.now();
  exact = true;
}

/** Takes the server's clock from a reply's Date header (whole seconds) while nothing better came. */
export function learnRoughly(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (!exact && !Number.isNaN(at)) offsetMs = at + 500 - Date.now();
}

/** The server's clock, so that a console with a wrong clock counts right. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let ticked = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    ticked = serverNow();
    for (const each of listeners) each();
  }, 500);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The server's time, renewed twice a second for everything that counts. One timer for all. */
export function useNow(): number {
  useSyncExternalStore(subscribe, () => ticked);
  return serverNow();
}
