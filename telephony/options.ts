import type { Clock } from '../src/kit/clock.ts';
import type { Log } from '../src/kit/log.ts';
import type { AriLimits } from './ari-link.ts';
import type { OutboundRules } from './outbound.ts';
import type { PromptFolders } from './prompts.ts';

/** How to reach Asterisk, and what the telephony works with. */
export interface TelephonyOptions {
  /** Base address of Asterisk's HTTP server, e.g. `http://127.0.0.1:8088`. */
  ariUrl: string;
  user: string;
  password: string;
  /** What carries requests and events; `direct` unless given. */
  client?: 'direct' | 'ari-client';
  /** Name of our application in the dialplan's `Stasis(…)`. */
  app: string;
  prompts: PromptFolders;
  /** How numbers outside may be called; without it, none is. */
  outbound?: OutboundRules | null;
  clock: Clock;
  log: Log;
  limits?: Partial<AriLimits>;
}

/** Of a server that takes over from another one. */
export interface Hearing {
  /**
   * From now on the events come to us, and to nobody else who speaks for this application; what is
   * alive is looked up by `connect`, when the other server has let go.
   */
  hear(): Promise<void>;
  /**
   * The other side of it: resolves when another server hears in our place and all that had come to us
   * before has been told to whom it concerns. At once when we are not connected anyway.
   */
  succeeded(): Promise<void>;
}
