import { join } from 'node:path';
import { ConfigError } from '../config/error.ts';
import { loadServerConfig } from '../config/load.ts';
import type { ServerConfig } from '../config/server.ts';
import { createTelephony } from '../telephony/asterisk.ts';
import { createRecordings } from '../telephony/recordings.ts';
import { createAloneBook } from '../telephony/without-server.ts';
import { askHandOver, isServed, offerHandOver } from './app/hand-over.ts';
import { type Outside, promptFolders } from './app/options.ts';
import { startWatchdog, type Watchdog } from './app/watchdog.ts';
import { type App, startApp } from './app.ts';
import { type Clock, systemClock } from './kit/clock.ts';
import { createLog, type Log } from './kit/log.ts';

/** The process: settings in, the house up, signals, drain. Nothing else knows the environment. */
async function main(): Promise<void> {
  const config = loadServerConfig();
  const log = createLog(config.logLevel);
  const endAfterMs = config.endWhenStuckSeconds * 1_000;
  let watchdog: Watchdog | null = null;
  const outside = openOutside(config, systemClock, log);
  const succeed = await successionOf(config, outside);
  const app = await startApp({
    config,
    clock: systemClock,
    log,
    outside,
    loop: () => watchdog?.words() ?? 'ok',
    succeed,
    giveUp(error) {
      log.fatal({ err: error }, 'the calls could not be taken over: the next start does it');
      process.exit(1);
    },
    adminPassword: process.env['YIHAO_ADMIN_PASSWORD'],
  });
  // Opening a large database and taking over a full house may hold the loop up; from here on nothing may.
  watchdog = startWatchdog({ clock: systemClock, log, endAfterMs });
  log.info({ url: app.url }, 'the house is open');
  process.send?.({ ready: true, adminLogin: 'admin', adminPassword: app.firstPassword });
  stopOnSignal(app, config, log);
  offerHandOver(config.dataDir, log, {
    letGo: () => app.letGo(outside.telephony.succeeded()),
    end: () => process.exit(0),
  });
}

/**
 * Two servers never write to one data folder. A server that runs there keeps it, unless
 * `YIHAO_TAKE_OVER=1` says that this one is its successor: then its events come to us first, and when
 * it has let go, its calls do.
 * @returns how it is succeeded; nothing when none runs there
 */
async function successionOf(
  { dataDir }: ServerConfig,
  { telephony }: MainOutside,
): Promise<(() => Promise<void>) | undefined> {
  const isSuccessor = process.env['YIHAO_TAKE_OVER'] === '1';
  const isThere = await isServed(dataDir);
  if (isThere && !isSuccessor) {
    throw new ConfigError(
      'YIHAO_DATA_DIR',
      `数据目录 ${dataDir} 已有服务在运行`,
      `a server runs on the data folder ${dataDir} already`,
    );
  }
  if (!isThere && isSuccessor) {
    throw new ConfigError(
      'YIHAO_TAKE_OVER',
      `数据目录 ${dataDir} 没有可接管的服务（未运行，或路径过长无法打开 server.sock）`,
      `no server of the data folder ${dataDir} can be asked to hand over: none runs, or the path is too long for server.sock`,
    );
  }
  if (!isThere) return undefined;
  return async () => {
    // From here on the other one hears nothing any more; who started us has to know.
    process.send?.({ takesEvents: true });
    try {
      await telephony.hear();
    } catch (error) {
      // The exchange refuses us: nothing was taken.
      process.send?.({ takesEvents: false });
      throw error;
    }
    await askHandOver(dataDir);
  };
}

type MainOutside = Outside & { telephony: ReturnType<typeof createTelephony> };

/** The exchange and the folders it shares with us. */
function openOutside(config: ServerConfig, clock: Clock, log: Log): MainOutside {
  const { dataDir, ari } = config;
  const { external } = ari;
  if (!external) {
    throw new ConfigError(
      'YIHAO_ARI_URL',
      '未指明电话交换系统：请用 npm start 启动，或在配置中写明 ari.external',
      'no exchange named: start with npm start, or set ari.external',
    );
  }
  const url = new URL(external.url);
  const telephony = createTelephony({
    ariUrl: url.origin,
    user: external.user,
    password: external.password,
    client: config.ari.client,
    app: 'yihao',
    prompts: promptFolders(dataDir),
    outbound: config.sip.outbound,
    clock,
    log,
  });
  const recordings = createRecordings({
    spoolFolder: join(dataDir, 'asterisk/spool/monitor'),
    recordingsFolder: join(dataDir, 'recordings'),
    clock,
    log,
  });
  const aloneBook = createAloneBook(join(dataDir, 'asterisk/spool/without-server'));
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return { telephony, recordings, aloneBook, sipWebSocket: { host: url.hostname, port } };
}

/** The first signal drains; a second one, or the limit, ends what is left. */
function stopOnSignal(app: App, config: ServerConfig, log: Log): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal, drainSeconds: config.drainSeconds }, 'draining: no new calls');
    void app.stop(config.drainSeconds * 1_000).then(
      (left) => {
        if (left.length > 0) log.warn({ left }, 'calls were still going on at the limit');
        process.exit(0);
      },
      (error: unknown) => {
        log.fatal({ err: error }, 'the house could not be closed properly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

try {
  await main();
} catch (error) {
  const shown = error instanceof ConfigError ? error.message : error;
  console.error(shown);
  process.send?.({ failed: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
