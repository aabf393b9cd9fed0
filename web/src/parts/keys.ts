import { useEffect, useRef } from 'react';

/** The name of a key press as our tables spell it, e.g. `Alt+1`, `Ctrl+K`, `F2`, `?`. */
export function keyName(event: {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): string {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  // Alt changes `key` on some keyboards, the digit row stays where it is.
  const key =
    event.altKey && digit ? digit : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  return `${control}${event.altKey ? 'Alt+' : ''}${key}`;
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  );
}

/** Runs actions on keys anywhere on the page. Plain characters are left alone while typing. */
export function useKeys(actions: Record<string, (() => void) | undefined>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.isComposing) return;
      const name = keyName(event);
      const action = latest.current[name];
      if (!action || (name.length === 1 && typing(event.target))) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
