import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadServerConfig } from '../../config/load.ts';
import type { ServerConfig } from '../../config/server.ts';
import type { AsteriskPorts } from '../asterisk/render.ts';
import { assertPortFree } from './ports.ts';
import { Problem } from './problem.ts';

/** Ports per copy: two for RTP and RTCP, two legs per call, a thousand calls. */
const rtpPortsPerCopy = 4_000;
const rtpSlots = 5;
const firstRtpPort = 10_000;

/** Settings of a start, checked as far as that is possible without making anything. */
export function readSettings(): ServerConfig {
  const config = loadServerConfig();
  assertWritable(config.dataDir);
  return config;
}

/**
 * Ports of our own Asterisk. RTP ports follow from the SIP port, so that copies beside each other
 * hardly meet; where they do, Asterisk takes the next free port.
 */
export function asteriskPorts(config: ServerConfig): AsteriskPorts {
  const slot = Math.floor(config.sip.port / 10) % rtpSlots;
  const derived = firstRtpPort + slot * rtpPortsPerCopy;
  const rtpStartPort = portSetting('YIHAO_RTP_START_PORT') ?? derived;
  const rtpEndPort = portSetting('YIHAO_RTP_END_PORT') ?? rtpStartPort + rtpPortsPerCopy - 1;
  if (rtpEndPort < rtpStartPort + 3 || rtpEndPort > 65_535) {
    throw new Problem(
      `RTP 端口范围 ${rtpStartPort}-${rtpEndPort} 有误，请检查 YIHAO_RTP_START_PORT 和 YIHAO_RTP_END_PORT。`,
      `The RTP ports ${rtpStartPort}-${rtpEndPort} are no range: check YIHAO_RTP_START_PORT and YIHAO_RTP_END_PORT.`,
    );
  }
  return {
    bind: config.bind,
    sipPort: config.sip.port,
    ariPort: config.ari.port,
    rtpStartPort,
    rtpEndPort,
  };
}

function portSetting(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  if (/^\d{4,5}$/.test(text)) return Number(text);
  throw new Problem(`${name} 应为端口号，现为 ${text}。`, `${name} must be a port, not ${text}.`);
}

/** Every port we are going to listen on is free. */
export async function assertPortsFree(config: ServerConfig): Promise<void> {
  const http = { protocol: 'tcp', host: config.bind, port: config.http.port } as const;
  await assertPortFree({ ...http, setting: 'YIHAO_HTTP_PORT' });
  if (config.ari.external) return;
  const sip = { protocol: 'udp', host: config.bind, port: config.sip.port } as const;
  const ari = { protocol: 'tcp', host: '127.0.0.1', port: config.ari.port } as const;
  await assertPortFree({ ...sip, setting: 'YIHAO_SIP_PORT' });
  await assertPortFree({ ...ari, setting: 'YIHAO_ARI_PORT' });
}

/** The data folder, or the nearest folder above it that exists, can be written to. */
function assertWritable(dataDir: string): void {
  let folder = dataDir;
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `数据目录 ${dataDir} 无法写入（${why}）。请检查权限，或用环境变量 YIHAO_DATA_DIR 换一个目录。`,
      `The data folder ${dataDir} cannot be written to (${why}). Check its rights, or choose another one with YIHAO_DATA_DIR.`,
    );
  }
}
