import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loopbackTrunk, renderConfiguration } from '../../scripts/asterisk/render.ts';

const ports = {
  bind: '10.1.2.3',
  sipPort: 5070,
  ariPort: 8090,
  rtpStartPort: 21_000,
  rtpEndPort: 21_199,
};

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yihao-render-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function render(trunks = [loopbackTrunk]): (name: string) => string {
  renderConfiguration(dataDir, {}, ports, trunks);
  return (name) => readFileSync(join(dataDir, 'asterisk/etc', name), 'utf8');
}

test('every placeholder is filled', () => {
  render();
  const etc = join(dataDir, 'asterisk/etc');
  const left = readdirSync(etc).filter((name) =>
    /@[A-Z_]+@/.test(readFileSync(join(etc, name), 'utf8')),
  );
  expect(left).toEqual([]);
});

test('ARI listens on the loopback address only, whatever SIP is bound to', () => {
  const file = render();
  expect(file('http.conf')).toMatch(/^bindaddr = 127\.0\.0\.1$/m);
  expect(file('http.conf')).toMatch(/^bindport = 8090$/m);
  expect(file('pjsip.conf')).toMatch(/^bind = 10\.1\.2\.3:5070$/m);
});

test('the ARI password is made once, kept, and readable by us alone', () => {
  const file = render();
  const password = /^password = (\S{20,})$/m.exec(file('ari.conf'))?.[1];
  expect(password).toBeDefined();
  render();
  expect(file('ari.conf')).toContain(`password = ${password}`);
  expect(statSync(join(dataDir, 'asterisk/etc/ari.conf')).mode & 0o077).toBe(0);
  expect(statSync(join(dataDir, 'asterisk/ari-password')).mode & 0o077).toBe(0);
});

test('two data folders have two passwords', () => {
  const first = render()('ari.conf');
  rmSync(join(dataDir, 'asterisk'), { recursive: true });
  expect(render()('ari.conf')).not.toBe(first);
});

test('calls come from the trunks that are named, and from nobody else', () => {
  const pjsip = render([{ id: 'carrier', match: ['192.0.2.0/28', '198.51.100.7'] }])('pjsip.conf');
  expect(pjsip).toContain('[trunk-carrier](trunk)');
  expect(pjsip).toContain('match = 192.0.2.0/28\nmatch = 198.51.100.7');
  expect(pjsip).not.toContain('127.0.0.0/8');
  expect(pjsip).not.toContain('endpoint = outside');
  expect(pjsip).toContain('identify_by = ip');
  expect(pjsip).not.toMatch(/^\[anonymous\]/m);
});
