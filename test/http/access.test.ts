import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { permissions, type Role, roles } from '../../src/access.ts';
import type { App } from '../../src/app.ts';
import { mayWith } from '../../src/people/rules.ts';
import { adminPassword, startWithoutExchange } from '../support/app-without-exchange.ts';

// Every door of the real house, tried by every role: the table of routes is the server's own.

const dataDir = mkdtempSync(join(tmpdir(), 'yihao-access-'));
const access = z.enum([...permissions, 'signed-in', 'public']);
const operation = z.object({ 'x-permission': access });
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });
const oneTime = z.object({ password: z.string() });

interface Door {
  method: string;
  path: string;
  permission: z.infer<typeof access>;
}

let app: App;
let doors: Door[];
const cookies = new Map<Role, string>();

function ask(method: string, path: string, cookie = '', body?: object): Promise<Response> {
  return fetch(app.url + path, {
    method,
    headers: { 'x-yihao': '1', cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

async function signIn(login: string, secret: string): Promise<string> {
  const reply = await ask('POST', '/api/session', '', { login, password: secret });
  expect(reply.status).toBe(200);
  return (reply.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
}

beforeAll(async () => {
  app = await startWithoutExchange({ dataDir });
  const admin = await signIn('admin', adminPassword);
  for (const [at, role] of roles.entries()) {
    const input = { login: `the-${role}`, name: role, staffNo: `9${at}`, roles: [role] };
    const made = oneTime.parse(await (await ask('POST', '/api/people', admin, input)).json());
    const cookie = await signIn(input.login, made.password);
    const change = { oldPassword: made.password, newPassword: adminPassword };
    expect((await ask('POST', '/api/session/password', cookie, change)).status).toBe(200);
    cookies.set(role, cookie);
  }
  const { paths } = document.parse(await (await ask('GET', '/api/openapi.json')).json());
  doors = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      method: method.toUpperCase(),
      path: path.replace('{language}', 'zh').replace(/\{\w+\}/g, '0'),
      permission: one['x-permission'],
    })),
  );
});
afterAll(async () => {
  await app.stop(0);
  rmSync(dataDir, { recursive: true });
});

/** Asking these for everybody would sign everybody out. */
const inUse = ({ path }: Door) => path.startsWith('/api/session');

test('the house has its doors, each with a permission', () => {
  expect(doors.length).toBeGreaterThan(40);
  expect(new Set(doors.map((door) => door.permission)).size).toBeGreaterThan(8);
});

test('without a session only public doors open, and those are few', async () => {
  const open: string[] = [];
  for (const door of doors) {
    const { status } = await ask(door.method, door.path);
    if (door.permission === 'public') open.push(`${door.method} ${door.path}`);
    else expect([door.path, status]).toEqual([door.path, 401]);
  }
  expect(open.toSorted()).toEqual([
    'GET /healthz',
    'GET /readyz',
    'POST /api/progress',
    'POST /api/progress/acts',
    'POST /api/session',
  ]);
});

test.each(roles)('%s passes where the role may, and nowhere else', async (role) => {
  for (const door of doors.filter((one) => !inUse(one))) {
    const { permission } = door;
    if (permission === 'public' || permission === 'signed-in') continue;
    const reply = await ask(door.method, door.path, cookies.get(role));
    const name = `${door.method} ${door.path}`;
    if (mayWith([role], permission)) expect([name, reply.status]).not.toEqual([name, 403]);
    else expect([name, reply.status]).toEqual([name, 403]);
    expect([name, reply.status]).not.toEqual([name, 401]);
    expect([name, reply.status]).not.toEqual([name, 500]);
  }
});

test('no change is taken from another site, whatever the role', async () => {
  for (const door of doors.filter(({ method }) => method !== 'GET')) {
    const reply = await fetch(app.url + door.path, {
      method: door.method,
      headers: { origin: 'https://evil.example', cookie: cookies.get('security') ?? '' },
    });
    expect([door.path, z.object({ code: z.string() }).parse(await reply.json()).code]).toEqual([
      door.path,
      'foreign-origin',
    ]);
  }
});

test('a body with __proto__ or constructor is refused at every door that takes one', async () => {
  for (const body of ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}']) {
    for (const { method, path } of doors.filter((door) => /POST|PUT|PATCH/.test(door.method))) {
      const headers = { 'x-yihao': '1', 'content-type': 'application/json' };
      const cookie = [...cookies.values()].at(-1) ?? '';
      const reply = await fetch(app.url + path, { method, body, headers: { ...headers, cookie } });
      expect([path, reply.status]).not.toEqual([path, 200]);
      expect([path, reply.status]).not.toEqual([path, 500]);
    }
  }
});
