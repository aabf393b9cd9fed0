import { beforeEach, describe, expect, test } from 'vitest';
import { permissions, type Role, roles } from '../../src/access.ts';
import { createServer } from '../../src/http/server.ts';
import { createLog } from '../../src/kit/log.ts';
import { registerPeopleRoutes } from '../../src/people/routes.ts';
import { mayWith, permissionsOf } from '../../src/people/rules.ts';
import { SESSION_COOKIE } from '../../src/people/sessions.ts';
import { buildPeople } from './support.ts';

const password = 'Correct-Horse-1';
const headers = { 'x-yihao': '1' };

async function build() {
  const house = buildPeople();
  await house.people.makeFirst(password);
  const app = await createServer({
    config: {
      http: { port: 0, publicOrigins: [], trustedProxies: [] },
      rateLimit: { perMinute: 1_000, signInPerMinute: 8 },
    },
    log: createLog('silent'),
    sessionOf: (cookie) => house.sessions.ofCookie(cookie),
    readiness: () => ({ database: 'ok', exchange: 'ok', prompts: 'ok', storage: 'ok', loop: 'ok' }),
    consoleFolder: '/nonexistent',
  });
  registerPeopleRoutes(app, { ...house, signInPerMinute: 8 });
  const signIn = (login: string, secret: string) =>
    app.inject({
      method: 'POST',
      url: '/api/session',
      headers,
      payload: { login, password: secret },
    });
  const cookieOf = async (login: string, secret: string) =>
    `${SESSION_COOKIE}=${(await signIn(login, secret)).cookies[0]?.value}`;
  const ask = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    cookie: string,
    payload?: object,
  ) =>
    app.inject({ method, url, headers: { ...headers, cookie }, ...(payload ? { payload } : {}) });
  return { ...house, app, signIn, cookieOf, ask };
}
let house: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  house = await build();
});

test('the cookie is kept from scripts and from other sites', async () => {
  const reply = await house.signIn('admin', password);
  expect(reply.statusCode).toBe(200);
  expect(reply.cookies).toMatchObject([
    { name: 'yihao_session', httpOnly: true, sameSite: 'Strict', path: '/' },
  ]);
  expect(reply.json()).toMatchObject({
    login: 'admin',
    permissions: expect.arrayContaining(['people.change', 'audit.read', 'hotline.change']),
  });
});

test('in, who am I, out: the old cookie opens nothing any more', async () => {
  const cookie = await house.cookieOf('admin', password);
  expect((await house.ask('GET', '/api/session', cookie)).json().name).toBe('管理员');
  const out = await house.ask('DELETE', '/api/session', cookie);
  expect(out.statusCode).toBe(204);
  expect(out.cookies[0]?.value).toBe('');
  expect((await house.ask('GET', '/api/session', cookie)).json()).toMatchObject({
    status: 401,
    code: 'sign-in-needed',
  });
});

test('a one-time password opens nothing but its own replacement', async () => {
  const admin = await house.cookieOf('admin', password);
  const input = { login: 'sec', name: '安', staffNo: '7', roles: ['security'] };
  const added = (await house.ask('POST', '/api/people', admin, input)).json();
  const cookie = await house.cookieOf('sec', added.password);
  expect((await house.ask('GET', '/api/people', cookie)).json().code).toBe(
    'password-change-needed',
  );
  expect((await house.ask('GET', '/api/people/names', cookie)).statusCode).toBe(403);
  expect((await house.ask('GET', '/api/session', cookie)).json().mustChangePassword).toBe(true);
  const change = { oldPassword: added.password, newPassword: 'Other-Horse-2' };
  const changed = await house.ask('POST', '/api/session/password', cookie, change);
  expect(changed.json().mustChangePassword).toBe(false);
  expect((await house.ask('GET', '/api/people', cookie)).statusCode).toBe(200);
});

test('accounts are made, listed without secrets, changed, reset and signed out', async () => {
  const admin = await house.cookieOf('admin', password);
  const input = { login: 'li.na', name: '李娜', staffNo: '8001', team: '一班', roles: ['agent'] };
  const { person } = (await house.ask('POST', '/api/people', admin, input)).json();
  const list = await house.ask('GET', '/api/people', admin);
  expect(list.json().rows).toHaveLength(2);
  expect(list.body).not.toMatch(/argon2|passwordHash/);
  const renamed = await house.ask('PATCH', `/api/people/${person.id}`, admin, { name: '李楠' });
  expect(renamed.json()).toMatchObject({ name: '李楠', team: '一班', roles: ['agent'] });
  const reset = await house.ask('POST', `/api/people/${person.id}/password`, admin);
  const agent = await house.cookieOf('li.na', reset.json().password);
  const revoked = await house.ask('DELETE', `/api/people/${person.id}/sessions`, admin);
  expect(revoked.statusCode).toBe(204);
  expect((await house.ask('GET', '/api/session', agent)).statusCode).toBe(401);
  expect((await house.ask('DELETE', '/api/people/nobody/sessions', admin)).statusCode).toBe(404);
  const lines = (await house.ask('GET', '/api/audit?limit=3', admin)).json().rows;
  expect(lines.map((line: { action: string }) => line.action)).toEqual([
    'sessions.revoked',
    'sign-in',
    'password.reset',
  ]);
});

test('sign-ins of one address are slowed down', async () => {
  for (let n = 0; n < 8; n++) await house.signIn(`nobody${n}`, 'wrong');
  const reply = await house.signIn('admin', password);
  expect(reply.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
});

describe('roles', () => {
  test('system, security and audit administration are apart', () => {
    for (const role of roles.filter((r) => !['security'].includes(r))) {
      expect(mayWith([role], 'people.change')).toBe(false);
    }
    expect(permissionsOf(['admin'])).not.toContain('calls.read-all');
    expect(permissionsOf(['security'])).toEqual(['people.read', 'people.change']);
    expect(permissionsOf(['auditor'])).toEqual(['audit.read']);
  });

  test('every permission is granted to somebody, and none twice to one person', () => {
    const all = permissionsOf([...roles]);
    expect(all.toSorted()).toEqual([...permissions].toSorted());
    expect(permissionsOf([])).toEqual([]);
  });

  const doors: [string, Role[]][] = [
    ['/api/people', ['security']],
    ['/api/audit', ['auditor']],
    ['/api/people/names', [...roles]],
  ];
  test.each(doors)('%s opens for %j only', async (url, allowed) => {
    for (const role of roles) {
      const person = house.repo.byLogin('admin');
      if (person === null) throw new Error('no administrator');
      house.repo.change(person.id, { roles: [role] });
      const { token } = house.sessions.open(person.id, '', '');
      const reply = await house.ask('GET', url, `${SESSION_COOKIE}=${token}`);
      expect([role, reply.statusCode]).toEqual([role, allowed.includes(role) ? 200 : 403]);
    }
  });
});
