import { f1 } from './cases/f1-killed-under-load.ts';
import { f2 } from './cases/f2-killed-again-and-again.ts';
import { f3 } from './cases/f3-connection-cut.ts';
import { f4 } from './cases/f4-half-open.ts';
import { f5 } from './cases/f5-stalled-server.ts';
import { f6 } from './cases/f6-taken-over.ts';
import { f7 } from './cases/f7-exchange-dies.ts';
import { f8 } from './cases/f8-disk-full.ts';
import { f9 } from './cases/f9-database.ts';
import { f11 } from './cases/f11-clock-jumps.ts';
import { f12 } from './cases/f12-browser-dies.ts';
import { f13 } from './cases/f13-network-away.ts';
import { f15 } from './cases/f15-unruly-events.ts';
import { f16 } from './cases/f16-requests-fail.ts';
import { f18 } from './cases/f18-malformed-callers.ts';
import { f19 } from './cases/f19-web-attack.ts';
import { f20 } from './cases/f20-loop-blocked.ts';
import { f22 } from './cases/f22-migration-fails.ts';
import { f25 } from './cases/f25-shift-change.ts';
import type { Fault } from './fault.ts';

/** Every fault that is tried, in the order of the table. */
export const faults: readonly Fault[] = [
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f11,
  f12,
  f13,
  f15,
  f16,
  f18,
  f19,
  f20,
  f22,
  f25,
];
