import { join } from 'node:path';
import type { ServerConfig } from '../../config/server.ts';
import type { AloneBook } from '../calls/alone.ts';
import type { Recordings, Telephony } from '../calls/ports.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';

/** The two things outside the process, so that tests can put others in their place. */
export interface Outside {
  telephony: Telephony;
  recordings: Recordings;
  /** What the exchange noted while no server was there; absent when its notes cannot be read. */
  aloneBook?: AloneBook;
  /** Where browsers' phones are passed on to. */
  sipWebSocket: { host: string; port: number };
}

export interface AppOptions {
  config: ServerConfig;
  clock: Clock;
  log: Log;
  outside: Outside;
  /** For `/readyz`: whether the event loop moves; `ok` where nobody watches it. */
  loop?: () => string;
  /**
   * A server before us still writes to the data folder: resolves when it has let go. Called when the
   * whole house is open but for the calls, so that callers wait for their share of it only.
   */
  succeed?: (() => Promise<void>) | undefined;
  /**
   * The calls could not be taken over, and callers would wait in silence: the process is to end, so that
   * the next start takes them up. May come long after the doors were opened.
   */
  giveUp: (error: unknown) => void;
  /** Password of the first administrator; generated when undefined. */
  adminPassword?: string | undefined;
  /** Folder of the built console; tests give another one. */
  consoleFolder?: string;
}

/** Where prompts lie: the machine's, the recordings that replace them, and what is spoken for one call. */
export function promptFolders(dataDir: string) {
  return {
    synthesised: join(dataDir, 'prompts'),
    uploaded: join(dataDir, 'prompts-uploaded'),
    spoken: join(dataDir, 'prompts-spoken'),
  };
}
