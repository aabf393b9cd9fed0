import { expect, it } from 'vitest';
import { loadHotlineExample } from '../../config/load.ts';
import { createLimits } from '../../src/app/limits.ts';
import { createFloorFold, recompute } from '../../src/floor/fold.ts';
import { createHotlineRepo } from '../../src/hotline/repo.ts';
import { Hotlines } from '../../src/hotline/service.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { FakeClock } from '../support/fake-clock.ts';

const person = {
  id: 'p1',
  login: 'p',
  name: '甲',
  staffNo: '1',
  roles: [],
  mustChangePassword: false,
};

it('a short abandon is short by the configuration then in force, live and made again', async () => {
  const store = openStore(':memory:');
  const clock = new FakeClock();
  const log = createEventLog(store, [], { error: () => {} });
  const repo = createHotlineRepo(store);
  const hotlines = new Hotlines({
    repo,
    events: log,
    audit: () => {},
    clock,
    hasPrompt: () => true,
  });
  hotlines.importFirst(loadHotlineExample());
  const live = createFloorFold(createLimits(hotlines));
  log.subscribe((event) => live.apply(event));
  const giveUp = (callId: string) => {
    const at = clock.now();
    const stamp = { at, callId, queueId: 'general' };
    log.append([
      { kind: 'call.queued', ...stamp, priority: 0, arrivedAt: at },
      { kind: 'call.abandoned', ...stamp, waitedMs: 7_000 },
    ]);
  };
  giveUp('at five seconds');
  await clock.advance(60_000);
  const longer = { ...loadHotlineExample(), shortAbandonMs: 10_000 };
  hotlines.change({ baseVersion: 1, why: '放宽', hotline: longer }, person, '');
  giveUp('at ten');
  const again = recompute(createLimits(hotlines), log.readSince({ atMs: 0 }));
  expect(live.today()).toMatchObject({ abandoned: 2, abandonedShort: 1 });
  expect(again.today()).toEqual(live.today());
});
