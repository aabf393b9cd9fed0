import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { ZodError } from 'zod';
import { projectRoot } from '../src/kit/root.ts';
import { ConfigError } from './error.ts';
import { type Hotline, hotlineSchema } from './hotline.ts';
import { type SeatExample, seatsExampleSchema } from './seats-example.ts';
import { type ServerConfig, serverSchema } from './server.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Environment variables that stand for a setting, and what their text means. */
const variables: Record<string, { path: string; read: (text: string) => unknown }> = {
  YIHAO_BIND: { path: 'bind', read: asText },
  YIHAO_HTTP_PORT: { path: 'http.port', read: asNumber },
  YIHAO_SIP_PORT: { path: 'sip.port', read: asNumber },
  YIHAO_ARI_PORT: { path: 'ari.port', read: asNumber },
  YIHAO_ARI_URL: { path: 'ari.external.url', read: asText },
  YIHAO_ARI_USER: { path: 'ari.external.user', read: asText },
  YIHAO_ARI_PASSWORD: { path: 'ari.external.password', read: asText },
  YIHAO_DATA_DIR: { path: 'dataDir', read: asText },
  YIHAO_LOG_LEVEL: { path: 'logLevel', read: asText },
};

/**
 * The server's settings: `default.yaml`, under `config/local.yaml` (or the file `YIHAO_CONFIG`
 * names), under the environment. `dataDir` comes back absolute.
 *
 * @throws ConfigError naming the setting that is wrong
 */
export function loadServerConfig(environment: Environment = process.env): ServerConfig {
  let settings = readYaml(join(projectRoot, 'config/default.yaml'));
  const own = ownFile(environment);
  if (own !== null) settings = merge(settings, readYaml(own) ?? {});
  for (const [name, { path, read }] of Object.entries(variables)) {
    const text = environment[name];
    if (text !== undefined && text !== '') settings = set(settings, path.split('.'), read(text));
  }
  const checked = serverSchema.safeParse(settings);
  if (!checked.success) throw settingError(checked.error, environment);
  return { ...checked.data, dataDir: resolve(checked.data.dataDir) };
}

/** The fictional city imported at first start. @throws ConfigError when the file is wrong. */
export function loadHotlineExample(): Hotline {
  const file = join(projectRoot, 'config/hotline.example/hotline.yaml');
  const checked = hotlineSchema.safeParse(readYaml(file));
  if (checked.success) return checked.data;
  const { where, message } = firstIssue(checked.error);
  throw new ConfigError(file, `${where} 有误（${message}）`, `${where} is wrong (${message})`);
}

/** The example city's seats, imported at first start. @throws ConfigError when the file is wrong. */
export function loadSeatsExample(): SeatExample[] {
  const file = join(projectRoot, 'config/hotline.example/seats.yaml');
  const checked = seatsExampleSchema.safeParse(readYaml(file));
  if (checked.success) return checked.data.seats;
  const { where, message } = firstIssue(checked.error);
  throw new ConfigError(file, `${where} 有误（${message}）`, `${where} is wrong (${message})`);
}

function ownFile(environment: Environment): string | null {
  const named = environment['YIHAO_CONFIG'];
  if (named !== undefined && named !== '') return resolve(named);
  const local = join(projectRoot, 'config/local.yaml');
  return existsSync(local) ? local : null;
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new ConfigError(file, `配置文件无法读取（${why}）`, `cannot be read (${why})`);
  }
}

/** Names the environment variable when the wrong value came from one, else the path in the file. */
function settingError(error: ZodError, environment: Environment): ConfigError {
  const { where, message } = firstIssue(error);
  const variable = Object.entries(variables).find(
    ([name, { path }]) => (environment[name] ?? '') !== '' && path === where,
  );
  const partner = ['url', 'user', 'password'].some((part) => where === `ari.external.${part}`);
  const setting = variable?.[0] ?? (partner ? asVariable(where) : where);
  return new ConfigError(setting, `设置有误（${message}）`, `the setting is wrong (${message})`);
}

function asVariable(path: string): string {
  const found = Object.entries(variables).find(([, variable]) => variable.path === path);
  return found?.[0] ?? path;
}

function firstIssue(error: ZodError): { where: string; message: string } {
  const issue = error.issues[0];
  if (issue === undefined) return { where: '', message: error.message };
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return { where: [...issue.path, ...unknown].join('.'), message: issue.message };
}

type Branch = Record<string, unknown>;

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `over` laid on `under`, branch by branch; lists and values are replaced whole. */
function merge(under: unknown, over: unknown): unknown {
  if (!isBranch(under) || !isBranch(over)) return over;
  const merged: Branch = { ...under };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = key in under ? merge(under[key], value) : value;
  }
  return merged;
}

function set(tree: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const branch = isBranch(tree) ? tree : {};
  return { ...branch, [key]: set(branch[key], rest, value) };
}

function asText(text: string): unknown {
  return text;
}

/** A text that is no whole number stays a text, so that the schema says what is wrong. */
function asNumber(text: string): unknown {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}
