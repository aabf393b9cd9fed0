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
