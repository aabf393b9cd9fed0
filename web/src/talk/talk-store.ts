import { create } from 'zustand';
import type { Intent } from './target-list.ts';

/** What lies over the page: the chooser for a purpose, the number to call, the keypad; or nothing. */
type Over = Intent | 'dial' | 'keypad';

export const useOver = create<{ over: Over | null }>(() => ({ over: null }));

export const openOver = (over: Over): void => useOver.setState({ over });
export const closeOver = (): void => useOver.setState({ over: null });
