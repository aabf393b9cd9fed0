import { join } from 'node:path';
import { loadServerConfig } from '../../config/load.ts';
import type { ServerConfig } from '../../config/server.ts';
import type { Outside } from '../../src/app/options.ts';
import { type App, startApp } from '../../src/app.ts';
import type { Clock } from '../../src/kit/clock.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { createLog, type Log } from '../../src/kit/log.ts';
import { FakeTelephony } from './fake-telephony.ts';

/** The first administrator of a house that `startWithoutExchange` has opened. */
export const adminPassword = 'Correct-Horse-1';

/**
 * The whole house as production builds it, on a port of its own, with an exchange that is not there:
 * nobody calls but through `outside.telephony`, and nothing has been recorded.
 */
export function startWithoutExchange(options: {
  dataDir: string;
  clock?: Clock;
  log?: Log;
  outside?: Partial<Outside>;
  configure?: (config: ServerConfig) => void;
  giveUp?: (error: unknown) => void;
  succeed?: () => Promise<void>;
}): Promise<App> {
  const { dataDir, clock = systemClock, log = createLog('silent'), outside, configure } = options;
  const { succeed, giveUp = rethrow } = options;
  const config = loadServerConfig({});
  config.http.port = 0;
  config.dataDir = dataDir;
  configure?.(config);
  return startApp({
    config,
    clock,
    log,
    outside: {
      telephony: new FakeTelephony(),
      recordings: {
        finish: () => Promise.reject(new Error('no recording here')),
        unfinished: () => Promise.resolve([]),
        pathOf: (file) => join(dataDir, 'recordings', file),
        remove: () => Promise.resolve(),
      },
      sipWebSocket: { host: '127.0.0.1', port: 9 },
      ...outside,
    },
    succeed,
    giveUp,
    adminPassword,
    consoleFolder: dataDir,
  });
}

function rethrow(error: unknown): never {
  throw error;
}
