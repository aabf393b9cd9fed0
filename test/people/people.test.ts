import { beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/access.ts';
import { SESSION_COOKIE } from '../../src/people/sessions.ts';
import { buildPeople, minuteMs } from './support.ts';

const from = { ip: '10.0.0.7', userAgent: 'test' };
const password = 'Correct-Horse-1';

async function withAgent() {
  const house = buildPeople();
  await house.people.makeFirst(password);
  const admin = house.repo.byLogin('admin');
  if (admin === null) throw new Error('no administrator');
  const by = { person: admin, ip: from.ip };
  const input = {
    login: 'li.na',
    name: '李娜',
    staffNo: '8001',
    team: '一班',
    roles: ['agent' as Role],
  };
  const added = await house.people.add(input, by);
  const enter = (login: string, secret: string) => house.signIn.signIn(login, secret, from);
  const sessionOf = (token: string) => house.sessions.ofCookie(`a=b; ${SESSION_COOKIE}=${token}`);
  return { ...house, by, added, input, enter, sessionOf };
}
let house: Awaited<ReturnType<typeof withAgent>>;
beforeEach(async () => {
  house = await withAgent();
});

describe('the first administrator', () => {
  test('gets a one-time password, shown once, that must be replaced', async () => {
    const fresh = buildPeople();
    const shown = await fresh.people.makeFirst(undefined);
    expect(shown).toMatch(/^(\w{4}-){3}\w{4}$/);
    expect(await fresh.people.makeFirst(undefined)).toBeNull();
    expect(fresh.people.list()).toMatchObject([
      { login: 'admin', mustChangePassword: true, roles: expect.arrayContaining(['security']) },
    ]);
  });

  test('takes the password of the environment, when it is strong', async () => {
    const fresh = buildPeople();
    await expect(fresh.people.makeFirst('short')).rejects.toThrow(/YIHAO_ADMIN_PASSWORD/);
    await expect(fresh.people.makeFirst('xxxadmin-1xxx')).rejects.toThrow(/YIHAO_ADMIN_PASSWORD/);
    expect(await fresh.people.makeFirst(password)).toBeNull();
    await expect(fresh.signIn.signIn('admin', password, from)).resolves.toBeTypeOf('string');
  });
});

describe('signing in', () => {
  test('gives a session whose token the database does not hold', async () => {
    const token = await house.enter('LI.NA', house.added.password);
    expect(house.sessionOf(token)?.person).toMatchObject({
      name: '李娜',
      mustChangePassword: true,
    });
    const stored = JSON.stringify(house.store.sql.prepare('SELECT * FROM sessions').all());
    expect(stored).not.toContain(token);
    expect(house.repo.byLogin('li.na')?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1/);
  });

  test('says the same of a wrong password, an unknown login and a disabled account', async () => {
    house.people.change(house.added.person.id, { disabled: true }, house.by);
    for (const [login, secret] of [
      ['admin', 'wrong'],
      ['nobody', 'wrong'],
      ['li.na', house.added.password],
    ] as const) {
      await expect(house.enter(login, secret)).rejects.toMatchObject({ code: 'sign-in-failed' });
    }
  });

  test.each(['li.na', 'nobody'])(
    'locks %s after five failures, for fifteen minutes',
    async (login) => {
      for (let n = 0; n < 5; n++) {
        await expect(house.enter(login, 'wrong')).rejects.toMatchObject({ code: 'sign-in-failed' });
      }
      const locked = { code: 'account-locked', values: { minutes: 15 } };
      await expect(house.enter(login, house.added.password)).rejects.toMatchObject(locked);
      await house.clock.advance(15 * minuteMs);
      const after = house.enter(login, login === 'nobody' ? 'wrong' : house.added.password);
      if (login === 'nobody') await expect(after).rejects.toMatchObject({ code: 'sign-in-failed' });
      else await expect(after).resolves.toBeTypeOf('string');
    },
  );

  test('many guesses at once are many attempts', async () => {
    const guesses = Array.from({ length: 20 }, () => house.enter('li.na', 'wrong'));
    const codes = (await Promise.allSettled(guesses)).map((guess) =>
      guess.status === 'rejected' ? guess.reason.code : 'in',
    );
    expect(codes.filter((code) => code === 'sign-in-failed')).toHaveLength(5);
    expect(codes.filter((code) => code === 'account-locked')).toHaveLength(15);
  });

  test('a right password starts the count anew', async () => {
    for (let n = 0; n < 4; n++) await house.enter('li.na', 'wrong').catch(() => {});
    await house.enter('li.na', house.added.password);
    for (let n = 0; n < 4; n++) await house.enter('li.na', 'wrong').catch(() => {});
    await expect(house.enter('li.na', house.added.password)).resolves.toBeTypeOf('string');
  });

  test('a login that does not exist is not written down: it may be a password', async () => {
    await house.enter('My-Secret-99', 'wrong').catch(() => {});
    expect(JSON.stringify(house.audit.list({ limit: 9 }))).not.toContain('My-Secret-99');
  });
});

describe('a session', () => {
  test('ends after an hour without a sign of life, however it is asked', async () => {
    const token = await house.enter('li.na', house.added.password);
    await house.clock.advance(59 * minuteMs);
    expect(house.sessionOf(token)).not.toBeNull();
    await house.clock.advance(59 * minuteMs);
    house.sessions.touch(house.sessionOf(token)?.sessionId ?? '');
    await house.clock.advance(60 * minuteMs);
    expect(house.sessionOf(token)).toBeNull();
  });

  test('ends after twelve hours, however busy', async () => {
    const token = await house.enter('li.na', house.added.password);
    for (let n = 0; n < 23; n++) {
      await house.clock.advance(30 * minuteMs);
      expect(house.sessionOf(token)).not.toBeNull();
    }
    await house.clock.advance(30 * minuteMs);
    expect(house.sessionOf(token)).toBeNull();
  });

  test('that runs out is told to whoever holds its sockets, within a minute', async () => {
    const token = await house.enter('li.na', house.added.password);
    const sessionId = house.sessionOf(token)?.sessionId;
    const ended: unknown[] = [];
    house.sessions.onEnded((id, why) => ended.push([id, why]));
    const stop = house.sessions.startSweeping();
    for (let n = 0; n < 61; n++) await house.clock.advance(minuteMs);
    expect(ended).toEqual([[sessionId, 'expired']]);
    stop();
  });

  test.each(['', 'yihao_session=', 'yihao_session=x', `other=1; ${SESSION_COOKIE}`])(
    'is not found for the cookie "%s"',
    (cookie) => {
      expect(house.sessions.ofCookie(cookie)).toBeNull();
    },
  );
});

describe('what ends sessions at once', () => {
  test.each([
    ['revoking', async () => house.people.revoke(house.added.person.id, house.by)],
    [
      'disabling',
      async () => house.people.change(house.added.person.id, { disabled: true }, house.by),
    ],
    [
      'taking a role',
      async () => house.people.change(house.added.person.id, { roles: ['inspector'] }, house.by),
    ],
    [
      'a new one-time password',
      async () => house.people.resetPassword(house.added.person.id, house.by),
    ],
  ])('%s', async (_what, act) => {
    const token = await house.enter('li.na', house.added.password);
    const ended: string[] = [];
    house.sessions.onEnded((_id, why) => ended.push(why));
    await act();
    expect(ended).toEqual(['revoked']);
    expect(house.sessionOf(token)).toBeNull();
  });

  test('a name or an added role does not', async () => {
    const token = await house.enter('li.na', house.added.password);
    house.people.change(
      house.added.person.id,
      { name: '李娜娜', roles: ['agent', 'leader'] },
      house.by,
    );
    expect(house.sessionOf(token)?.person).toMatchObject({
      name: '李娜娜',
      roles: ['agent', 'leader'],
    });
  });
});

describe('the own password', () => {
  test('is replaced once the old one is right; other sessions end, this one stays', async () => {
    const here = await house.enter('li.na', house.added.password);
    const elsewhere = await house.enter('li.na', house.added.password);
    const session = house.sessionOf(here);
    if (session === null) throw new Error('no session');
    const change = (old: string, next: string) =>
      house.signIn.changePassword(session, old, next, from.ip);
    await expect(change('wrong', password)).rejects.toMatchObject({ code: 'sign-in-failed' });
    for (const weak of ['Short-1', 'onlyletterslong', 'li.na-2024-li.na', house.added.password]) {
      await expect(change(house.added.password, weak)).rejects.toMatchObject({
        code: 'password-too-weak',
      });
    }
    await change(house.added.password, password);
    expect(house.sessionOf(here)?.person.mustChangePassword).toBe(false);
    expect(house.sessionOf(elsewhere)).toBeNull();
  });
});

describe('accounts', () => {
  test('have one login and one staff number each', async () => {
    const conflict = { code: 'conflict' };
    await expect(
      house.people.add({ ...house.input, staffNo: '2' }, house.by),
    ).rejects.toMatchObject(conflict);
    await expect(house.people.add({ ...house.input, login: 'b' }, house.by)).rejects.toMatchObject(
      conflict,
    );
    expect(() => house.people.change(house.added.person.id, { staffNo: '0001' }, house.by)).toThrow(
      /0001/,
    );
  });

  test('somebody is always left who may change them', () => {
    expect(() => house.people.change(house.by.person.id, { roles: ['admin'] }, house.by)).toThrow();
    expect(() => house.people.change(house.by.person.id, { disabled: true }, house.by)).toThrow();
  });

  test('an unknown one is not found', () => {
    expect(() => house.people.revoke('nobody', house.by)).toThrow(/Not found/);
  });

  test('every act leaves its line, and no line holds a password', async () => {
    await house.people.resetPassword(house.added.person.id, house.by);
    house.people.change(house.added.person.id, { team: '二班' }, house.by);
    const lines = house.audit.list({ subject: `person:${house.added.person.id}`, limit: 10 }).rows;
    expect(lines.map((line) => line.action)).toEqual([
      'person.changed',
      'password.reset',
      'person.added',
    ]);
    expect(lines[0]).toMatchObject({
      personName: '管理员',
      ip: '10.0.0.7',
      detail: { team: '二班' },
    });
    expect(JSON.stringify(lines)).not.toContain(house.added.password);
  });
});
