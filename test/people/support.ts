import { createAudit } from '../../src/people/audit.ts';
import { Lockout } from '../../src/people/lockout.ts';
import { createPeopleRepo } from '../../src/people/repo.ts';
import { People } from '../../src/people/service.ts';
import { Sessions } from '../../src/people/sessions.ts';
import { SignIn } from '../../src/people/sign-in.ts';
import { openStore } from '../../src/store/db.ts';
import { FakeClock } from '../support/fake-clock.ts';

export const minuteMs = 60_000;

/** The whole slice on a database in memory. */
export function buildPeople(clock = new FakeClock()) {
  const store = openStore(':memory:');
  const repo = createPeopleRepo(store);
  const audit = createAudit(store, clock);
  const sessions = new Sessions(store, clock, { idleMinutes: 60, longestMinutes: 720 });
  const lockout = new Lockout(repo, clock, { failuresAllowed: 5, lockMinutes: 15 });
  const parts = {
    store,
    repo,
    sessions,
    lockout,
    audit: audit.append,
    clock,
    passwordRules: { minLength: 10, minKinds: 2 },
  };
  return {
    store,
    clock,
    repo,
    audit,
    sessions,
    people: new People(parts),
    signIn: new SignIn(parts),
  };
}
