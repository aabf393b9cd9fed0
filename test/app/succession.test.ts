import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectRoot } from '../../src/kit/root.ts';

// A server told to take over, as its starter sees it: what it says before it takes anything.

let dataDir: string;
let exchange: HttpServer;
let old: Server | undefined;
let child: ChildProcess | undefined;

/** An exchange that knows no account. */
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'yihao-next-'));
  exchange = createHttpServer((_request, response) => response.writeHead(401).end());
  exchange.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n'));
  exchange.listen(0, '127.0.0.1');
  await once(exchange, 'listening');
});
afterEach(() => {
  child?.kill('SIGKILL');
  old?.close();
  old = undefined;
  exchange.close();
  exchange.closeAllConnections();
  rmSync(dataDir, { recursive: true });
});

/** Starts a successor. @returns what it told its starter, and what it complained of */
async function succeed(): Promise<{ told: unknown[]; complaint: string; code: number | null }> {
  const address = exchange.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const started = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...process.env,
      YIHAO_TAKE_OVER: '1',
      YIHAO_DATA_DIR: dataDir,
      YIHAO_ARI_URL: `http://127.0.0.1:${port}/ari`,
      YIHAO_ARI_USER: 'yihao',
      YIHAO_ARI_PASSWORD: 'wrong',
    },
  });
  child = started;
  const told: unknown[] = [];
  let complaint = '';
  started.on('message', (message) => told.push(message));
  started.stderr?.on('data', (data: Buffer) => {
    complaint += data.toString();
  });
  const [[code]] = await Promise.all([once(started, 'close'), once(started, 'disconnect')]);
  return { told, complaint, code };
}

/** A whole server is loaded from its sources. */
const timeout = 60_000;

test('where no server can be asked to hand over, its successor does not start', {
  timeout,
}, async () => {
  expect(await succeed()).toEqual({
    told: [{ failed: expect.stringContaining('can be asked to hand over') }],
    complaint: expect.stringContaining('can be asked to hand over'),
    code: 1,
  });
});

test('a successor the exchange refuses has asked for nothing, and says so', {
  timeout,
}, async () => {
  let asked = '';
  old = createServer((socket) => {
    socket.on('data', (data) => {
      asked += data.toString();
    });
  });
  old.listen(join(dataDir, 'server.sock'));
  await once(old, 'listening');
  const { told, code } = await succeed();
  const failed = expect.any(String);
  expect(told).toEqual([{ takesEvents: true }, { takesEvents: false }, { failed }]);
  expect(asked).toBe('');
  expect(code).toBe(1);
});
