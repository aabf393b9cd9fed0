import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EmergencyProfile } from '../../config/hotline-leading.ts';
import { withoutProfile, withProfile } from '../../src/leading/emergency-rules.ts';
import { hotlineWithRests, openLeadingRig } from './rig.ts';

const profile: EmergencyProfile = {
  id: 'typhoon',
  name: { zh: '台风', en: 'Typhoon' },
  greeting: ['queue-closed'],
  notice: '台风应急响应已启动',
  planId: null,
  queues: { consumer: { priority: 0, wrapUpMs: 5_000 }, general: { priority: 5, hours: null } },
};

test('a plan is saved, shows what it would move, moves it, and is undone', () => {
  const rig = openLeadingRig();
  const { plans, by, seats } = rig;
  rig.sit('801', 'zhang');
  const night = plans.save('夜班', false, by('leader'));
  expect(() => plans.save('夜班', false, by('leader'))).toThrow('Conflicts');
  plans.save('夜班', true, by('leader'));
  expect(plans.list()).toHaveLength(1);
  for (const seat of seats.slice(0, 2)) seat.queues = [{ queueId: 'general', level: 2 }];
  expect(plans.preview(night.id)).toEqual({
    moves: [
      {
        seatId: '801',
        seatName: 'Seat 801',
        agentName: 'Name of zhang',
        before: [{ queueId: 'general', level: 2 }],
        after: [{ queueId: 'consumer', level: 1 }],
      },
      expect.objectContaining({ seatId: '802', agentName: null }),
    ],
    goneSeats: [],
    goneQueues: [],
  });
  const run = plans.apply(night.id, by('leader'));
  expect(run).toMatchObject({ seats: 2, undoneAt: null, name: '夜班' });
  expect(seats[0]?.queues).toEqual([{ queueId: 'consumer', level: 1 }]);
  expect(rig.engine.seat('801')?.queueIds).toEqual(['consumer']);
  plans.undo(run.id, by('leader'));
  expect(seats[0]?.queues).toEqual([{ queueId: 'general', level: 2 }]);
  expect(() => plans.undo(run.id, by('leader'))).toThrow('present state');
  plans.remove(night.id, by('leader'));
  expect(plans.runs()).toHaveLength(1);
  expect(rig.acts().map(([, action]) => action)).toEqual([
    'plan.saved',
    'plan.saved',
    'plan.applied',
    'plan.undone',
    'plan.removed',
  ]);
});

test('seats and queues that are no more are named and left out', () => {
  const rig = openLeadingRig();
  const { id } = rig.plans.save('白班', false, rig.by('leader'));
  rig.seats.pop();
  for (const seat of rig.seats) seat.queues = [{ queueId: 'general', level: 1 }];
  rig.change(
    hotlineWithRests((doc) => {
      doc.queues = doc.queues.filter((queue) => queue.id !== 'consumer');
    }),
  );
  expect(rig.plans.preview(id)).toMatchObject({ goneSeats: ['803'], goneQueues: ['consumer'] });
});

test('an emergency changes hotline, seats and desks at once, and takes all of it back', () => {
  const rig = openLeadingRig();
  const { emergency, plans, by, versions, seats } = rig;
  const { id: planId } = plans.save('台风', false, by('leader'));
  for (const seat of seats) seat.queues = [{ queueId: 'general', level: 3 }];
  const before = hotlineWithRests((doc) => {
    doc.emergencyProfiles = [{ ...profile, planId }];
  });
  rig.change(before);
  expect(emergency.state()).toMatchObject({ on: null, profiles: [{ id: 'typhoon' }] });
  expect(emergency.begin('typhoon', by('leader')).on).toMatchObject({ by: 'Name of leader' });
  const during = versions.at(-1);
  expect(during?.entries[0]?.greeting[0]).toBe('queue-closed');
  expect(during?.queues.map(({ priority }) => priority)).toEqual([0, 5]);
  expect(seats[0]?.queues).toEqual([{ queueId: 'consumer', level: 1 }]);
  expect(rig.notices.forAll()).toMatchObject([{ isUrgent: true, text: profile.notice }]);
  expect(() => emergency.begin('typhoon', by('leader'))).toThrow('Conflicts');
  expect(emergency.end(by('other')).on).toBeNull();
  expect(versions.at(-1)).toEqual(before);
  expect(seats[0]?.queues).toEqual([{ queueId: 'general', level: 3 }]);
  expect(rig.notices.forAll()).toEqual([]);
  expect(() => emergency.end(by('leader'))).toThrow('present state');
  expect(rig.acts().map(([who, action]) => `${who} ${action}`)).toEqual(
    expect.arrayContaining(['leader emergency.began', 'other emergency.ended']),
  );
});

test('taking it back keeps what somebody else changed meanwhile', () => {
  const before = hotlineWithRests((doc) => {
    doc.emergencyProfiles = [profile];
  });
  const during = withProfile(before, profile);
  const changed = {
    ...during,
    name: { zh: '新名', en: 'New' },
    queues: during.queues.map((queue) => ({ ...queue, ringTimeoutMs: 20_000 })),
  };
  const after = withoutProfile(changed, before, profile);
  expect(after.name.zh).toBe('新名');
  expect(after.queues.map(({ ringTimeoutMs }) => ringTimeoutMs)).toEqual([20_000, 20_000]);
  expect(after.queues.map(({ priority, wrapUpMs }) => [priority, wrapUpMs])).toEqual(
    before.queues.map(({ priority, wrapUpMs }) => [priority, wrapUpMs]),
  );
});

test('whatever a profile says, on and off is as before', () => {
  const changes = fc.record(
    {
      priority: fc.nat(10),
      hours: fc.constant(null),
      wrapUpMs: fc.nat(60_000),
      maxWaiting: fc.option(fc.integer({ min: 1, max: 99 })),
      onFull: fc.constantFrom({ do: 'wait' as const }, { do: 'call-back' as const }),
    },
    { requiredKeys: [] },
  );
  const before = hotlineWithRests();
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b')),
      fc.dictionary(fc.constantFrom('consumer', 'general'), changes),
      (greeting, queues) => {
        const some = { ...profile, greeting, queues };
        expect(withoutProfile(withProfile(before, some), before, some)).toEqual(before);
      },
    ),
  );
});
