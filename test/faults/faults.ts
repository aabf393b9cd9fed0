import { f1 } from './cases/f1-killed-under-load.ts';
import { f8 } from './cases/f8-disk-full.ts';
import { f9 } from './cases/f9-database.ts';
import type { Fault } from './fault.ts';

/** Every fault that is tried, in the order of the table. */
export const faults: readonly Fault[] = [f1, f8, f9];
