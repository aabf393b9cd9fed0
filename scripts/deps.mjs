// Plain JavaScript on purpose: this runs on a bare machine, before any dependency is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = [20, 19];

/** Ends the process with a message when Node is too old or the dependencies cannot be installed. */
export function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    fail(
      `需要 Node.js ${oldestNode.join('.')} 或更新版本，当前为 ${process.versions.node}。`,
      `Node.js ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`,
    );
  }
  if (areCurrent()) return;
  console.log('安装依赖（约一两分钟）/ installing dependencies (a minute or two)');
  if (install() || (installCompilers() && install())) return;
  fail(
    '依赖安装失败，请查看上面的输出；网络恢复后重新运行即可。也可使用容器：docker compose up。',
    'The dependencies could not be installed, see above; run this again once the network is back. Containers are an alternative: docker compose up.',
  );
}

/** Is every package of package-lock.json installed in the version it names? */
function areCurrent() {
  const installedFile = join(projectFolder, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'));
  const installed = JSON.parse(readFileSync(installedFile, 'utf8'));
  return Object.entries(wanted.packages).every(
    ([path, entry]) =>
      path === '' || entry.optional || installed.packages[path]?.version === entry.version,
  );
}

function install() {
  // Node's own headers when they are beside it: compiling then needs no download.
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include/node/node_version.h'));
  const env = { ...process.env, ...(hasHeaders ? { npm_config_nodedir: prefix } : {}) };
  // Not `npm ci`: it insists on packages of other platforms, which not every registry carries.
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  return run('npm', ['install', '--include=dev', ...quiet], env);
}

/** The database driver compiles itself where its ready-made build cannot be downloaded. */
function installCompilers() {
  const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!canInstall) return false;
  console.log('安装编译工具 / installing compilers: build-essential python3');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '-y', '--no-install-recommends', 'build-essential', 'python3'];
  return run('apt-get', ['update'], env) && run('apt-get', args, env);
}

function run(command, args, env) {
  return spawnSync(command, args, { cwd: projectFolder, stdio: 'inherit', env }).status === 0;
}

function fail(zh, en) {
  console.error(`\n✗ ${zh}\n${en}\n`);
  process.exit(1);
}
