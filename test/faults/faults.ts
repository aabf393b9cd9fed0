import { f1 } from './cases/f1-killed-under-load.ts';
import type { Fault } from './fault.ts';

/** Every fault that is tried, in the order of the table. */
export const faults: readonly Fault[] = [f1];
