import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Log, runLogged } from './apt.ts';

/** Something that is built from files and can be older than they are. */
interface Product {
  name: string;
  command: readonly string[];
  inputs: readonly string[];
  output: string;
}

const tools = 'node_modules/.bin';
const shared = ['package-lock.json', 'tsconfig.json'];

const products: readonly Product[] = [
  {
    name: '服务器 / server',
    command: [process.execPath, 'scripts/bundle.mjs'],
    inputs: [...shared, 'scripts/bundle.mjs', 'src', 'telephony', 'config'],
    output: 'dist',
  },
  {
    name: '控制台 / console',
    command: [`${tools}/vite`, 'build', 'web', '--logLevel', 'warn'],
    inputs: [...shared, 'web/index.html', 'web/vite.config.ts', 'web/src', 'web/public', 'src'],
    output: 'web/dist',
  },
];

/**
 * Builds the server and the console where their sources changed since they were last built.
 * @param serverOnly for tests without a console
 */
export async function buildProducts(
  projectFolder: string,
  log: Log,
  serverOnly = false,
): Promise<void> {
  for (const product of serverOnly ? products.slice(0, 1) : products) {
    const stamp = join(projectFolder, product.output, '.inputs');
    const inputs = hashOf(projectFolder, product.inputs);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) continue;
    log(`构建${product.name}`);
    rmSync(stamp, { force: true });
    const [tool = '', ...args] = product.command;
    await runLogged(resolve(projectFolder, tool), args, log);
    writeFileSync(stamp, inputs);
  }
}

function hashOf(projectFolder: string, inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) addTo(hash, projectFolder, input);
  return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, projectFolder: string, path: string): void {
  const full = join(projectFolder, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).toSorted()) addTo(hash, projectFolder, join(path, name));
    return;
  }
  hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
}
