import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError } from '../../config/error.ts';
import { loadHotlineExample, loadServerConfig } from '../../config/load.ts';
import { loadPromptCatalogue } from '../../config/prompt-catalogue.ts';
import { projectRoot } from '../../src/kit/root.ts';

function ownSettings(yaml: string): { YIHAO_CONFIG: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'yihao-')), 'own.yaml');
  writeFileSync(file, yaml);
  return { YIHAO_CONFIG: file };
}

function settingAt(environment: Record<string, string>): string {
  try {
    loadServerConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.setting;
  }
  return 'nothing wrong';
}

test('the default settings stand as the README tells them', () => {
  const config = loadServerConfig(ownSettings(''));
  expect(config).toMatchObject({
    bind: '127.0.0.1',
    http: { port: 8080 },
    sip: { port: 5060 },
    ari: { port: 8088, client: 'direct', external: null },
    signIn: { failuresAllowed: 5, lockMinutes: 15 },
  });
  expect(config.dataDir).toMatch(/^\/.*data$/);
});

test('environment goes over the own file, the own file over the defaults, branch by branch', () => {
  const own = ownSettings('http: {port: 9001}\nsip: {trunks: [{id: city, match: [10.1.0.0/16]}]}');
  const config = loadServerConfig({ ...own, YIHAO_HTTP_PORT: '9002', YIHAO_SIP_PORT: '' });
  expect(config.http).toEqual({ port: 9002, publicOrigins: [], trustedProxies: [] });
  expect(config.sip).toEqual({
    port: 5060,
    trunks: [{ id: 'city', match: ['10.1.0.0/16'] }],
    outbound: null,
    iceServers: [],
  });
});

test('an external exchange comes whole from the environment', () => {
  const url = 'http://10.0.0.2:8088/ari';
  const config = loadServerConfig({
    ...ownSettings(''),
    YIHAO_ARI_URL: url,
    YIHAO_ARI_USER: 'yihao',
    YIHAO_ARI_PASSWORD: 'secret',
  });
  expect(config.ari.external).toEqual({ url, user: 'yihao', password: 'secret' });
});

test.each([
  [{ YIHAO_HTTP_PORT: 'eighty' }, 'YIHAO_HTTP_PORT'],
  [{ YIHAO_SIP_PORT: '70000' }, 'YIHAO_SIP_PORT'],
  [{ YIHAO_BIND: 'everywhere' }, 'YIHAO_BIND'],
  [{ YIHAO_ARI_URL: 'http://10.0.0.2:8088/ari' }, 'YIHAO_ARI_USER'],
  [ownSettings('http: {port: 0}'), 'http.port'],
  [ownSettings('http: {prot: 8080}'), 'http.prot'],
  [ownSettings('sip: {trunks: [{id: a, match: [10.0.0.0/99]}]}'), 'sip.trunks.0.match.0'],
  [ownSettings('sip: {iceServers: [{urls: [https://a.cn]}]}'), 'sip.iceServers.0.urls.0'],
  [ownSettings('sip: {iceServers: [{urls: ["turn:a.cn"]}]}'), 'sip.iceServers.0.secret'],
  [ownSettings('http: {publicOrigins: ["https://a.cn/path"]}'), 'http.publicOrigins.0'],
])('what is wrong in %j is named %s', (environment, setting) => {
  expect(settingAt(environment)).toBe(setting);
});

test('a file that cannot be read is named, in Chinese and English', () => {
  expect(() => loadServerConfig({ YIHAO_CONFIG: '/nowhere/a.yaml' })).toThrow(
    /\/nowhere\/a.yaml：配置文件无法读取[^]*cannot be read/,
  );
  const broken = ownSettings('http: [');
  expect(() => loadServerConfig(broken)).toThrow(broken.YIHAO_CONFIG);
});

test('a password in a wrong setting is not repeated in the message', () => {
  const environment = {
    YIHAO_ARI_URL: 'nonsense',
    YIHAO_ARI_USER: 'u',
    YIHAO_ARI_PASSWORD: 'hush',
  };
  expect(() => loadServerConfig(environment)).toThrow(/^(?![^]*hush)[^]*YIHAO_ARI_URL/);
  const turn = ownSettings('sip: {iceServers: [{urls: ["turn:a.cn"], secret: hush}]}');
  expect(() => loadServerConfig(turn)).toThrow(/^(?![^]*hush)[^]*sip.iceServers.0.secret/);
});

test('the example city has its twelve queues, its menu and its former lines', () => {
  const hotline = loadHotlineExample();
  expect(hotline.queues.map((q) => q.code)).toEqual(
    Array.from({ length: 12 }, (_, n) => `Q${String(n + 1).padStart(2, '0')}`),
  );
  const main = hotline.entries.find((e) => e.numbers.includes('12345'));
  expect(main).toMatchObject({ mode: 'menu', menu: 'main', queue: 'general' });
  const lines = hotline.entries.filter((e) => e.mode === 'direct').flatMap((e) => e.numbers);
  expect(lines.toSorted()).toEqual(['12315', '12319', '12320', '12328', '12329', '12333', '12393']);
  expect(hotline.menus.find((m) => m.id === 'consumer')?.queue).toBe('consumer');
});

test('every prompt the example names exists in the catalogue', () => {
  const catalogue = loadPromptCatalogue(join(projectRoot, 'config/hotline.example/prompts.yaml'));
  const hotline = loadHotlineExample();
  const outcomes = hotline.queues.flatMap((q) => [q.onClosed, q.onNobody, q.onFull, q.onTooLong]);
  const named = [
    ...hotline.entries.flatMap((e) => e.greeting),
    ...hotline.menus.map((m) => m.prompt),
    ...outcomes.flatMap((outcome) => (outcome.do === 'message' ? [outcome.prompt] : [])),
  ];
  expect(named.filter((id) => !catalogue.has(id))).toEqual([]);
});
