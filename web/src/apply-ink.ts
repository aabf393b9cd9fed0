import { fontFamily, ink, stateInk, wallInk } from './theme.ts';

/** Hands the tokens to the style sheets as custom properties. */
export function applyInk(root: HTMLElement): void {
  for (const [name, value] of Object.entries(ink)) root.style.setProperty(`--${name}`, value);
  for (const [name, value] of Object.entries(stateInk))
    root.style.setProperty(`--s-${name}`, value);
  for (const [name, value] of Object.entries(wallInk)) root.style.setProperty(`--w-${name}`, value);
  root.style.setProperty('--font', fontFamily);
}
