import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AsteriskProgram } from './program.ts';

const templateFolder = fileURLToPath(new URL('../../asterisk-conf', import.meta.url));

export const ariUser = 'yihao';

/** A carrier or gateway whose calls are accepted, recognised by where they come from. */
export interface Trunk {
  /** Lower-case letters, digits and hyphens. */
  id: string;
  /** Addresses or CIDR ranges. */
  match: readonly string[];
}

/** The example's only trunk: every SIP program on this machine can dial the hotline. */
export const loopbackTrunk: Trunk = { id: 'loopback', match: ['127.0.0.0/8'] };

/** What the exchange does with callers while no server is connected. */
export interface WithoutServer {
  /** Music for this long, then … */
  afterSeconds: number;
  /** … the phones of these seats ring … */
  emergencySeats: readonly string[];
  /** … for so long. After that, and in turn again: key 1 leaves the number to be called back. */
  ringSeconds: number;
}

const withoutServerUsually: WithoutServer = {
  afterSeconds: 60,
  emergencySeats: [],
  ringSeconds: 20,
};

/** Addresses and ports an Asterisk listens on. */
export interface AsteriskPorts {
  /** Address SIP is bound to. ARI is always on 127.0.0.1. */
  bind: string;
  sipPort: number;
  ariPort: number;
  rtpStartPort: number;
  rtpEndPort: number;
}

/** Where one Asterisk keeps its things, all below the data folder. */
export interface AsteriskFolders {
  etc: string;
  lib: string;
  spool: string;
  run: string;
  log: string;
  music: string;
  prompts: string;
}

export function asteriskFolders(dataDir: string): AsteriskFolders {
  const base = resolve(dataDir, 'asterisk');
  return {
    etc: join(base, 'etc'),
    lib: join(base, 'lib'),
    spool: join(base, 'spool'),
    run: join(base, 'run'),
    log: join(base, 'log'),
    music: join(base, 'music'),
    prompts: resolve(dataDir, 'prompts'),
  };
}

/** Makes the folders and the spool folders Asterisk expects to find; harmless when they are there. */
export function makeFolders(folders: AsteriskFolders): void {
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o750 });
  // MixMonitor writes to monitor/; without recording/ every ARI recording answers 500.
  for (const name of ['monitor', 'recording', 'tmp']) {
    mkdirSync(join(folders.spool, name), { recursive: true, mode: 0o750 });
  }
  mkdirSync(join(folders.lib, 'keys'), { recursive: true, mode: 0o750 });
}

/** The ARI password of this data folder, made at its first start. */
export function ariPasswordOf(dataDir: string): string {
  const file = join(resolve(dataDir, 'asterisk'), 'ari-password');
  if (!existsSync(file))
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * Fills the templates of `asterisk-conf/` and writes them into the data folder. `additions` is text for
 * the end of a file, or a file of its own.
 * @returns the path of the main configuration file, for `asterisk -C`.
 */
export function renderConfiguration(
  dataDir: string,
  program: Pick<AsteriskProgram, 'folders'>,
  ports: AsteriskPorts,
  trunks: readonly Trunk[],
  withoutServer = withoutServerUsually,
  additions: Readonly<Record<string, string>> = {},
): string {
  const folders = asteriskFolders(dataDir);
  makeFolders(folders);
  const values = {
    ...placeholders(folders, program, ports, trunks, ariPasswordOf(dataDir)),
    ...withoutServerValues(dataDir, withoutServer),
  };
  for (const name of readdirSync(templateFolder)) {
    const filled = fill(readFileSync(join(templateFolder, name), 'utf8'), values, name);
    const target = join(folders.etc, name);
    writeFileSync(target, filled, { mode: 0o600 });
    chmodSync(target, 0o600);
  }
  for (const [name, text] of Object.entries(additions)) {
    const put = existsSync(join(templateFolder, name)) ? appendFileSync : writeFileSync;
    put(join(folders.etc, name), `\n${text}`, { mode: 0o600 });
  }
  return join(folders.etc, 'asterisk.conf');
}

function placeholders(
  folders: AsteriskFolders,
  program: Pick<AsteriskProgram, 'folders'>,
  ports: AsteriskPorts,
  trunks: readonly Trunk[],
  ariPassword: string,
): Record<string, string> {
  const own = program.folders;
  return {
    ETC: folders.etc,
    LIB: folders.lib,
    SPOOL: folders.spool,
    RUN: folders.run,
    LOG: folders.log,
    MUSIC: folders.music,
    PROMPTS: folders.prompts,
    PROGRAM_FOLDERS: own ? `astmoddir => ${own.modules}\nastdatadir => ${own.data}\n` : '',
    BIND: ports.bind,
    SIP_PORT: String(ports.sipPort),
    ARI_PORT: String(ports.ariPort),
    ARI_USER: ariUser,
    ARI_PASSWORD: ariPassword,
    RTP_START_PORT: String(ports.rtpStartPort),
    RTP_END_PORT: String(ports.rtpEndPort),
    TRUNKS: trunks.map(trunkSections).join('\n'),
  };
}

/** Where the dialplan notes callers no server saw. */
export function withoutServerNote(dataDir: string): string {
  return join(asteriskFolders(dataDir).spool, 'without-server');
}

function withoutServerValues(
  dataDir: string,
  { afterSeconds, emergencySeats, ringSeconds }: WithoutServer,
): Record<string, string> {
  const phones = emergencySeats.map((seatId) => `PJSIP/${seatId}`).join('&');
  return {
    WITHOUT_SERVER_AFTER: String(afterSeconds),
    WITHOUT_SERVER_DIAL: phones === '' ? 'NoOp()' : `Dial(${phones},${ringSeconds},m)`,
    WITHOUT_SERVER_NOTE: withoutServerNote(dataDir),
  };
}

/** The endpoint of a trunk and the rule that recognises it. */
function trunkSections(trunk: Trunk): string {
  const name = `trunk-${trunk.id}`;
  const matches = trunk.match.map((range) => `match = ${range}`).join('\n');
  return `[${name}](trunk)\n\n[${name}-from]\ntype = identify\nendpoint = ${name}\n${matches}\n`;
}

/** Replaces every `@NAME@`; a name without a value is a mistake in a template. */
function fill(template: string, values: Record<string, string>, file: string): string {
  return template.replace(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`asterisk-conf/${file}: no value for @${name}@`);
    return value;
  });
}
