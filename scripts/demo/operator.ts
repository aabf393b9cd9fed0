import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ServerConfig } from '../../config/server.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { hashPassword } from '../../src/people/passwords.ts';
import { createPeopleRepo } from '../../src/people/repo.ts';
import { SESSION_COOKIE, Sessions } from '../../src/people/sessions.ts';
import { openStore } from '../../src/store/db.ts';
import { Api } from './api.ts';

const login = 'demo-operator';

/**
 * The API in the hands of an operator who may arrange seats and accounts. Whoever may write the data
 * folder needs no password: the session is put into the database, beside the running server. The
 * account has a password nobody knows.
 */
export async function signInOperator(config: ServerConfig, origin: string): Promise<Api> {
  const store = openStore(join(config.dataDir, 'yihao.sqlite'));
  try {
    const people = createPeopleRepo(store);
    const id = people.byLogin(login)?.id ?? newId();
    if (people.byId(id)) {
      people.change(id, { disabledAt: null });
    } else {
      people.add({
        id,
        login,
        name: '演示',
        staffNo: 'DEMO',
        team: '演示',
        roles: ['admin', 'security'],
        passwordHash: await hashPassword(randomBytes(32).toString('base64url')),
        mustChangePassword: false,
        failedSignIns: 0,
        lockedUntil: null,
        disabledAt: null,
        createdAt: systemClock.now(),
      });
    }
    const sessions = new Sessions(store, systemClock, config.session);
    const { token } = sessions.open(id, '127.0.0.1', 'npm run demo');
    return new Api(origin, `${SESSION_COOKIE}=${token}`);
  } finally {
    store.close();
  }
}

/** The demo is over: its account opens nothing until the next one. */
export function retireOperator(config: ServerConfig): void {
  const store = openStore(join(config.dataDir, 'yihao.sqlite'));
  try {
    const people = createPeopleRepo(store);
    const operator = people.byLogin(login);
    if (operator) people.change(operator.id, { disabledAt: systemClock.now() });
  } finally {
    store.close();
  }
}
