import { create } from 'zustand';
import type { Intent } from './target-list.ts';

/** For which purpose the chooser is open; null when it is not. */
export const useChooser = create<{ intent: Intent | null }>(() => ({ intent: null }));

export const openChooser = (intent: Intent): void => useChooser.setState({ intent });
export const closeChooser = (): void => useChooser.setState({ intent: null });
