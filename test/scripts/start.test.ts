import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { loadServerConfig } from '../../config/load.ts';
import { assertPortFree } from '../../scripts/start/ports.ts';
import { goFirst } from '../../scripts/start/priority.ts';
import { asteriskPorts, readSettings } from '../../scripts/start/settings.ts';

afterEach(() => vi.unstubAllEnvs());

test('a taken TCP port is refused by the name of its setting', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const wanted = { protocol: 'tcp', host: '127.0.0.1', port, setting: 'YIHAO_HTTP_PORT' } as const;
  await expect(assertPortFree(wanted)).rejects.toThrow(/YIHAO_HTTP_PORT[^]*is taken/);
  server.close();
  await once(server, 'close');
  await expect(assertPortFree(wanted)).resolves.toBeUndefined();
});

test('a taken UDP port is refused by the name of its setting', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const wanted = { protocol: 'udp', host: '127.0.0.1', port, setting: 'YIHAO_SIP_PORT' } as const;
  await expect(assertPortFree(wanted)).rejects.toThrow(/YIHAO_SIP_PORT/);
  socket.close();
});

test('an address this machine does not have is a matter of YIHAO_BIND', async () => {
  const wanted = { protocol: 'tcp', host: '192.0.2.1', port: 8_080, setting: 'X' } as const;
  await expect(assertPortFree(wanted)).rejects.toThrow(/YIHAO_BIND/);
});

test('copies beside each other have RTP ports of their own', () => {
  vi.stubEnv('YIHAO_SIP_PORT', '5060');
  const first = asteriskPorts(loadServerConfig());
  vi.stubEnv('YIHAO_SIP_PORT', '5070');
  const second = asteriskPorts(loadServerConfig());
  expect(second.rtpStartPort).toBeGreaterThan(first.rtpEndPort);
});

test('RTP ports can be chosen, but have to be a range', () => {
  vi.stubEnv('YIHAO_RTP_START_PORT', '30000');
  vi.stubEnv('YIHAO_RTP_END_PORT', '30199');
  expect(asteriskPorts(loadServerConfig())).toMatchObject({
    rtpStartPort: 30_000,
    rtpEndPort: 30_199,
  });
  vi.stubEnv('YIHAO_RTP_END_PORT', '29999');
  expect(() => asteriskPorts(loadServerConfig())).toThrow(/YIHAO_RTP_END_PORT/);
});

test('a data folder that cannot be one is refused by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yihao-start-'));
  writeFileSync(join(folder, 'file'), '');
  vi.stubEnv('YIHAO_DATA_DIR', join(folder, 'file/data'));
  expect(() => readSettings()).toThrow(/YIHAO_DATA_DIR/);
  rmSync(folder, { recursive: true });
});

test('the server goes ahead of others where that is permitted, and starts where it is not', async () => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const before = getPriority(pid);
  const isFirst = goFirst(pid);
  expect(getPriority(pid)).toBe(isFirst ? -10 : before);
  const group = `/proc/${pid}/autogroup`;
  if (isFirst && existsSync(group)) expect(readFileSync(group, 'utf8')).toContain('nice -10');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(goFirst(pid)).toBe(false);
});
