import type { Clock } from '../../src/kit/clock.ts';
import { createAudit } from '../../src/people/audit.ts';
import { Lockout } from '../../src/people/lockout.ts';
import { createPeopleRepo } from '../../src/people/repo.ts';
import { People } from '../../src/people/service.ts';
import { Sessions } from '../../src/people/sessions.ts';
import { SignIn } from '../../src/people/sign-in.ts';
import { openStore } from '../../src/store/db.ts';

export const minuteMs = 60_000;

/** A clock that stands until `pass` moves it; what falls due runs in order. */
export function manualClock(now = 1_700_000_000_000) {
  const due = new Map<() => void, number>();
  const clock: Clock & { pass(ms: number): void } = {
    now: () => now,
    after(delayMs, action) {
      due.set(action, now + delayMs);
      return () => void due.delete(action);
    },
    pass(ms) {
      now += ms;
      const ready = [...due].filter(([, at]) => at <= now);
      for (const [action] of ready) if (due.delete(action)) action();
    },
  };
  return clock;
}

/** The whole slice on a database in memory. */
export function buildPeople(clock: ReturnType<typeof manualClock>) {
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
