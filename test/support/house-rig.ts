import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Hotline } from '../../config/hotline.ts';
import { loadHotlineExample, loadServerConfig } from '../../config/load.ts';
import type { ServerConfig } from '../../config/server.ts';
import { launchAsterisk, type RunningAsterisk } from '../../scripts/asterisk/launch.ts';
import { stopLeftover } from '../../scripts/asterisk/leftover.ts';
import {
  asteriskFolders,
  type WithoutServer,
  withoutServerNote,
} from '../../scripts/asterisk/render.ts';
import { Api } from '../../scripts/demo/api.ts';
import { speakTestPrompts } from '../../scripts/prompts/test-prompts.ts';
import { type Outside, promptFolders } from '../../src/app/options.ts';
import { type App, startApp } from '../../src/app.ts';
import type { Clock } from '../../src/kit/clock.ts';
import { createLog, type Log } from '../../src/kit/log.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import { createRecordings } from '../../telephony/recordings.ts';
import { createAloneBook } from '../../telephony/without-server.ts';
import { CallBook } from './call-book.ts';
import { claimPorts, type Ports } from './ports.ts';
import { quickHotline } from './quick-hotline.ts';
import { notedClock, type Seen, watched } from './seen.ts';
import { killed, startProcess } from './server-process.ts';

const ports = await claimPorts();
export const exchange = { host: '127.0.0.1', port: ports.sipPort } as const;
export const adminPassword = 'Rig-only-12345!';

/** The whole house on a real Asterisk, in a data folder of its own. */
export interface House {
  readonly dataDir: string;
  readonly config: ServerConfig;
  readonly url: string;
  readonly asterisk: RunningAsterisk;
  /** The first administrator, who may do everything. */
  readonly admin: Api;
  /** What the server writes down, read beside it. */
  readonly book: CallBook;
  /** What the server complained about (level error and above), if it runs in this process. */
  readonly complaints: readonly string[];
  /** All it wrote to its log, if it runs in this process. */
  readonly logged: readonly string[];
  /** Lines and legs the server has seen, if it runs in this process: what is still alive leaks. */
  readonly seen: Seen;
  /** The server's process, when it has one of its own. */
  readonly process: ChildProcess | undefined;
  /** One look into the exchange: what there is of channels and bridges. */
  left(): Promise<{ channels: string[]; bridges: string[] }>;
  /** Starts another server that takes over from the one that runs, which must end by itself. */
  takeOver(): Promise<void>;
  /** Starts the exchange again after it was killed. */
  restartAsterisk(): Promise<void>;
  /** Starts the server again after it went away; the exchange has been there all the time. */
  startServer(): Promise<void>;
  close(): Promise<void>;
}

interface HouseOptions {
  /** What differs from the quick hotline. */
  hotline?: (doc: Hotline) => void;
  /** Run `src/main.ts` as a process of its own, so that it can be killed. */
  asProcess?: boolean;
  /** That process is the built server of `dist`, as a site runs it: up in half the time. */
  built?: boolean;
  /** What callers meet while no server is connected. */
  withoutServer?: WithoutServer;
  /** What the exchange is configured with beside ours: see `LaunchOptions`. */
  additions?: Readonly<Record<string, string>>;
  /** Ports for sound, where a block of tests has too few. */
  rtp?: Pick<Ports, 'rtpStartPort' | 'rtpEndPort'>;
  /** STUN and TURN servers of browser seats. */
  iceServers?: ServerConfig['sip']['iceServers'];
  /** What differs from `config/default.yaml`. */
  config?: Readonly<Record<string, unknown>>;
  /** Something that stands between the server and the exchange: gives the address to use instead. */
  ariVia?: (asterisk: RunningAsterisk) => Promise<string>;
  /** Puts into the data folder what a house has that is not new. */
  history?: (dataDir: string) => void;
  /** The first administrator gets a one-time password, as at a real first start. */
  firstStart?: (oneTimePassword: string) => void;
  /** Whom agents may call outside, and through which carrier; nobody unless given. */
  outbound?: ServerConfig['sip']['outbound'];
}

/** Opens a house; about five seconds, the first one on a machine a minute more for the prompts. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const dataDir = await cleanDataDir();
  await lendPrompts(dataDir);
  options.history?.(dataDir);
  const launch = () =>
    launchAsterisk({
      dataDir,
      log: () => {},
      bind: '127.0.0.1',
      ...ports,
      ...options.rtp,
      ...(options.withoutServer && { withoutServer: options.withoutServer }),
      ...(options.additions && { additions: options.additions }),
    });
  let asterisk = await launch();
  const ariUrl = (await options.ariVia?.(asterisk)) ?? asterisk.ariUrl;
  const environment = environmentOf(dataDir, { ...asterisk, ariUrl }, options);
  const config = loadServerConfig(environment);
  const url = `http://127.0.0.1:${ports.httpPort}`;
  const logged: string[] = [];
  const seen: Seen = { lines: new Set(), legs: new Set(), timers: new Set() };
  let app: App | undefined;
  let child: ChildProcess | undefined;

  const onStart = (started: ChildProcess) => {
    child = started;
  };

  async function startServer(): Promise<void> {
    if (options.asProcess) await startProcess(dataDir, environment, options.built, onStart);
    else app = await startInside(config, logged, seen, options);
  }

  try {
    await startServer();
    const admin = new Api(url);
    if (!options.firstStart) {
      await admin.send('POST', '/session', { login: 'admin', password: adminPassword });
      await setHotline(admin, options.hotline);
    }
    const book = new CallBook(dataDir);
    return {
      dataDir,
      config,
      url,
      get asterisk() {
        return asterisk;
      },
      async takeOver() {
        const old = child;
        const gone = old && once(old, 'exit');
        const next = { ...environment, YIHAO_TAKE_OVER: '1' };
        await startProcess(dataDir, next, options.built, onStart);
        await gone;
      },
      async restartAsterisk() {
        asterisk = await launch();
      },
      admin,
      book,
      get complaints() {
        return logged.filter((line) => /"level":[5-9]0/.test(line));
      },
      logged,
      seen,
      get process() {
        return child;
      },
      left: () => leftIn(asterisk),
      startServer,
      async close() {
        book.close();
        await app?.stop(0);
        await killed(child);
        await asterisk.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await app?.stop(0);
    await killed(child);
    await asterisk.stop();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** Always the same folder, so that what a run that was cut off left behind is found and ended. */
async function cleanDataDir(): Promise<string> {
  const dataDir = join(tmpdir(), `yihao-house-${ports.sipPort}`);
  await stopLeftover(asteriskFolders(dataDir), () => {});
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir);
  return dataDir;
}

/** Speaking all prompts takes a minute: once per machine, kept between runs. */
async function lendPrompts(dataDir: string): Promise<void> {
  symlinkSync(await speakTestPrompts(), join(dataDir, 'prompts'));
}

/** The server's settings: a file of its own, which is YAML because JSON is. */
function environmentOf(
  dataDir: string,
  asterisk: RunningAsterisk,
  { outbound = null, iceServers = [], config }: HouseOptions,
): Record<string, string> {
  const file = join(dataDir, 'settings.yaml');
  writeFileSync(file, JSON.stringify({ ...config, sip: { outbound, iceServers } }));
  return {
    YIHAO_CONFIG: file,
    YIHAO_DATA_DIR: dataDir,
    YIHAO_HTTP_PORT: String(ports.httpPort),
    YIHAO_SIP_PORT: String(ports.sipPort),
    YIHAO_ARI_PORT: String(ports.ariPort),
    YIHAO_ARI_URL: asterisk.ariUrl,
    YIHAO_ARI_USER: asterisk.ariUser,
    YIHAO_ARI_PASSWORD: asterisk.ariPassword,
    YIHAO_ADMIN_PASSWORD: adminPassword,
  };
}

async function startInside(
  config: ServerConfig,
  logged: string[],
  seen: Seen,
  { firstStart }: HouseOptions,
): Promise<App> {
  const log = createLog('debug', { write: (line: string) => void logged.push(line) });
  const clock = notedClock(seen.timers);
  const app = await startApp({
    config,
    clock,
    log,
    outside: watched(outsideOf(config, clock, log), seen),
    giveUp(error) {
      throw error;
    },
    adminPassword: firstStart ? undefined : adminPassword,
  });
  if (app.firstPassword !== null) firstStart?.(app.firstPassword);
  return app;
}

function outsideOf(config: ServerConfig, clock: Clock, log: Log): Outside {
  const { dataDir, ari } = config;
  if (!ari.external) throw new Error('the rig always names its exchange');
  const { url, user, password } = ari.external;
  return {
    telephony: createTelephony({
      ariUrl: url,
      user,
      password,
      client: ari.client,
      app: 'yihao',
      prompts: promptFolders(dataDir),
      outbound: config.sip.outbound,
      clock,
      log,
    }),
    recordings: createRecordings({
      spoolFolder: join(dataDir, 'asterisk/spool/monitor'),
      recordingsFolder: join(dataDir, 'recordings'),
      clock,
      log,
    }),
    aloneBook: createAloneBook(withoutServerNote(dataDir)),
    sipWebSocket: { host: '127.0.0.1', port: ports.ariPort },
  };
}

/** Puts the quick hotline in place of the example city's. */
async function setHotline(admin: Api, change: (doc: Hotline) => void = () => {}): Promise<void> {
  const { version } = z.object({ version: z.int() }).parse(await admin.send('GET', '/hotline'));
  const hotline = quickHotline(loadHotlineExample());
  change(hotline);
  await admin.send('PUT', '/hotline', { baseVersion: version, why: 'for this test', hotline });
}

async function leftIn({ ariUrl, ariUser, ariPassword }: RunningAsterisk) {
  const basic = Buffer.from(`${ariUser}:${ariPassword}`).toString('base64');
  const list = async (what: string) => {
    const answer = await fetch(`${ariUrl}/ari/${what}`, {
      headers: { authorization: `Basic ${basic}` },
    });
    return z.array(z.looseObject({ id: z.string() })).parse(await answer.json());
  };
  const [channels, bridges] = await Promise.all([list('channels'), list('bridges')]);
  return { channels: channels.map(({ id }) => id), bridges: bridges.map(({ id }) => id) };
}
