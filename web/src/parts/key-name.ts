/** The name of a key press as our tables spell it, e.g. `Alt+1`, `Ctrl+K`, `F2`, `Shift+F1`, `?`. */
export function keyName(event: {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey?: boolean;
}): string {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  // Alt changes `key` on some keyboards, the digit row stays where it is.
  const key =
    event.altKey && digit ? digit : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  // Elsewhere shift is part of the character.
  const shift = event.shiftKey && /^F\d+$/.test(event.key) ? 'Shift+' : '';
  return `${shift}${control}${event.altKey ? 'Alt+' : ''}${key}`;
}
