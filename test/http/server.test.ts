import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Permission, Role } from '../../src/access.ts';
import { createServer } from '../../src/http/server.ts';
import { AppError } from '../../src/kit/errors.ts';
import { createLog } from '../../src/kit/log.ts';
import { personOf, type RouteAccess } from '../../src/yihao-server.ts';

const config = {
  http: { port: 0, publicOrigins: ['https://12345.example.cn'], trustedProxies: [] },
  rateLimit: { perMinute: 50, signInPerMinute: 10 },
};
const ready = { database: 'ok', exchange: 'ok', prompts: 'ok', storage: 'ok', loop: 'ok' };

/** A server whose session cookie simply names the roles: `cookie: roles=leader`. */
async function build(readiness = () => ready) {
  const consoleFolder = mkdtempSync(join(tmpdir(), 'yihao-'));
  mkdirSync(join(consoleFolder, 'assets'));
  writeFileSync(join(consoleFolder, 'index.html'), '<title>一号</title>');
  writeFileSync(join(consoleFolder, 'assets', 'a-1b2c.js'), 'void 0');
  writeFileSync(join(consoleFolder, 'assets', 'a-1b2c.js.gz'), gzipSync('void 0'));
  writeFileSync(join(consoleFolder, 'favicon.svg'), '<svg/>');
  const app = await createServer({
    config,
    log: createLog('silent'),
    readiness,
    consoleFolder,
    sessionOf(cookie) {
      const named = /^roles=(.*)$/.exec(cookie ?? '')?.[1];
      if (named === undefined) return null;
      const roles = named.split('+').filter((role): role is Role => role !== 'new');
      const mustChangePassword = named.includes('new');
      const person = { id: 'p', login: 'p', name: '甲', staffNo: '1', roles, mustChangePassword };
      return { sessionId: named, person };
    },
  });
  const guarded = (path: string, permission: RouteAccess) =>
    app.get(path, { config: { permission } }, (request) => ({ who: personOf(request).name }));
  guarded('/api/wall', 'floor.watch');
  guarded('/api/any', 'signed-in');
  app.post(
    '/api/echo',
    {
      config: { permission: 'public' },
      schema: { body: z.strictObject({ name: z.string(), list: z.array(z.int()).optional() }) },
    },
    (request) => request.body,
  );
  app.get('/api/broken', { config: { permission: 'public' } }, () => {
    throw new Error('secret stack of the inside');
  });
  app.get(
    '/api/lying',
    { config: { permission: 'public' }, schema: { response: { 200: z.object({ n: z.int() }) } } },
    () => JSON.parse('{"n":"no number"}'),
  );
  app.get('/api/coded', { config: { permission: 'public' } }, () => {
    throw new AppError('seat-taken', { seat: '8001' });
  });
  return app;
}

const own = { host: 'localhost', origin: 'http://localhost' };

test('a route that declares no permission, or an unknown one, stops the server', async () => {
  const app = await build();
  expect(() => app.get('/api/open', () => 1)).toThrow(/\/api\/open declares no permission/);
  const permission: Permission = JSON.parse('"do.anything"');
  expect(() => app.get('/api/odd', { config: { permission } }, () => 1)).toThrow(/\/api\/odd/);
});

test.each([
  ['/api/wall', undefined, 401],
  ['/api/wall', 'roles=agent', 403],
  ['/api/wall', 'roles=leader', 200],
  ['/api/wall', 'roles=agent+leader', 200],
  ['/api/wall', 'roles=leader+new', 403],
  ['/api/any', 'roles=auditor', 200],
  ['/api/any', undefined, 401],
])('%s for %s answers %i', async (url, cookie, status) => {
  const app = await build();
  const reply = await app.inject({ url, headers: cookie === undefined ? {} : { cookie } });
  expect(reply.statusCode).toBe(status);
});

test.each([
  [{ origin: 'http://localhost' }, 200],
  [{ origin: 'https://12345.example.cn' }, 200],
  [{ 'x-yihao': '1' }, 200],
  [{}, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null', 'x-yihao': '1' }, 403],
  [{ origin: 'http://localhost.evil.example' }, 403],
])('a change with %j answers %i', async (headers, status) => {
  const app = await build();
  const reply = await app.inject({
    method: 'POST',
    url: '/api/echo',
    headers: { host: 'localhost', ...headers },
    payload: { name: 'a' },
  });
  expect(reply.statusCode).toBe(status);
});

test('every error is problem+json in two languages, without anything from inside', async () => {
  const app = await build();
  const coded = await app.inject('/api/coded');
  expect(coded.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(coded.json()).toEqual({
    type: 'urn:yihao:error:seat-taken',
    title: '座席 8001 已有人签入',
    titleEn: 'Somebody is signed in at seat 8001',
    status: 409,
    code: 'seat-taken',
    detail: '座席 8001 已有人签入',
    detailEn: 'Somebody is signed in at seat 8001',
  });
  for (const url of ['/api/broken', '/api/lying']) {
    const reply = await app.inject(url);
    expect(reply.json()).toMatchObject({ status: 500, code: 'internal' });
    expect(reply.body).not.toMatch(/secret|stack|schema/);
  }
  for (const method of ['GET', 'POST'] as const) {
    const reply = await app.inject({ method, url: '/api/nowhere', headers: own });
    expect(reply.json()).toMatchObject({ status: 404, code: 'not-found' });
  }
});

test('when nobody can tell who asks, nobody passes', async () => {
  const app = await createServer({
    config,
    log: createLog('silent'),
    readiness: () => ready,
    consoleFolder: '/nonexistent',
    sessionOf() {
      throw new Error('the database is gone');
    },
  });
  let passed = false;
  app.get('/api/inside', { config: { permission: 'signed-in' } }, () => {
    passed = true;
    return {};
  });
  const reply = await app.inject('/api/inside');
  expect(reply.json()).toMatchObject({ status: 500, code: 'internal' });
  expect(reply.body).not.toContain('database');
  expect(passed).toBe(false);
});

test('wrong input is told by pointer', async () => {
  const app = await build();
  const post = (payload: object) =>
    app.inject({ method: 'POST', url: '/api/echo', headers: own, payload });
  const reply = await post({ name: 7, list: [1, 'x'] });
  expect(reply.statusCode).toBe(422);
  expect(reply.json().errors.map((e: { pointer: string }) => e.pointer)).toEqual([
    '/name',
    '/list/1',
  ]);
  expect((await post({ name: 'a', extra: 1 })).statusCode).toBe(422);
});

test.each([
  '{"name":"a","__proto__":{"x":1}}',
  '{"name":"a","constructor":{"prototype":{}}}',
  '{no',
])('a body like %s is refused', async (payload) => {
  const app = await build();
  const headers = { ...own, 'content-type': 'application/json' };
  const reply = await app.inject({ method: 'POST', url: '/api/echo', headers, payload });
  expect(reply.json()).toMatchObject({ status: 422, code: 'invalid-input' });
});

test('a body beyond the limit is refused', async () => {
  const app = await build();
  const payload = { name: 'x'.repeat(2_000_000) };
  const reply = await app.inject({ method: 'POST', url: '/api/echo', headers: own, payload });
  expect(reply.json()).toMatchObject({ status: 413, code: 'too-large' });
});

test.each([{ 'content-length': '1073741824' }, {}])(
  'an upload of %o bytes is refused before it comes',
  async (length) => {
    const app = await build();
    const headers = { ...own, 'content-type': 'multipart/form-data; boundary=x', ...length };
    const reply = await app.inject({ method: 'POST', url: '/api/echo', headers });
    expect(reply.json()).toMatchObject({ status: 413, code: 'too-large' });
    expect(reply.headers['connection']).toBe('close');
  },
);

test('a connection that does not say what it wants is cut', async () => {
  const { server } = await build();
  expect(server.headersTimeout).toBe(10_000);
});

test('too many requests of one address are told to wait; a signed-in one is counted alone', async () => {
  const app = await build();
  for (let n = 0; n < 50; n++) await app.inject('/api/any');
  const reply = await app.inject('/api/any');
  expect(reply.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
  const signedIn = await app.inject({ url: '/api/any', headers: { cookie: 'roles=agent' } });
  expect(signedIn.statusCode).toBe(200);
});

test('readiness names what is missing, liveness does not care', async () => {
  const app = await build(() => ({ ...ready, exchange: 'not connected' }));
  const reply = await app.inject('/readyz');
  expect(reply.statusCode).toBe(503);
  expect(reply.json()).toEqual({
    database: 'ok',
    exchange: 'not connected',
    prompts: 'ok',
    storage: 'ok',
    loop: 'ok',
  });
  expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await (await build()).inject('/readyz')).statusCode).toBe(200);
});

test('the console: hashed assets for a year, any other address the page itself', async () => {
  const app = await build();
  const asset = await app.inject('/assets/a-1b2c.js');
  expect(asset.headers['cache-control']).toMatch(/max-age=31536000, immutable/);
  expect([asset.body, asset.headers['content-encoding']]).toEqual(['void 0', undefined]);
  const small = await app.inject({
    url: '/assets/a-1b2c.js',
    headers: { 'accept-encoding': 'gzip' },
  });
  expect(small.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': asset.headers['content-type'],
    vary: expect.stringContaining('accept-encoding'),
  });
  expect(gunzipSync(small.rawPayload).toString()).toBe('void 0');
  for (const url of ['/', '/calls/01J?x=1', '/admin']) {
    const page = await app.inject(url);
    expect(page.body).toBe('<title>一号</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
  }
  expect((await app.inject('/favicon.svg')).headers['content-type']).toBe('image/svg+xml');
  expect((await app.inject('/assets/gone.js')).json()).toMatchObject({ status: 404 });
  const outside = await app.inject('/assets/..%2f..%2fpackage.json');
  expect(outside.statusCode).toBeGreaterThanOrEqual(400);
});

test('no reply may be framed, sniffed, or run a script that is not ours', async () => {
  const app = await build();
  const { headers } = await app.inject('/');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("media-src 'self' blob: mediastream:");
  expect(policy).not.toContain('upgrade-insecure-requests');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['permissions-policy']).toContain('microphone=(self)');
});

test('no reply of the API is kept by a browser, unless it says how', async () => {
  const app = await build();
  app.get('/api/kept', { config: { permission: 'public' } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').send('1'),
  );
  const cached = async (url: string) => (await app.inject(url)).headers['cache-control'];
  expect(await cached('/api/openapi.json')).toBe('no-store');
  expect(await cached('/api/any')).toBe('no-store');
  expect(await cached('/api/nowhere')).toBe('no-store');
  expect(await cached('/api/kept')).toBe('no-cache');
});

test('OpenAPI 3.1 describes the routes', async () => {
  const app = await build();
  const reply = await app.inject('/api/openapi.json');
  const document = reply.json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/wall', '/readyz']));
  expect(Object.keys(document.paths)).not.toContain('/*');
});
