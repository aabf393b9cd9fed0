import { expect, test } from 'vitest';
import { hotlineWithRests, openLeadingRig } from './rig.ts';

const meal = { reason: 'meal', note: '' };
const stateOf = (rig: ReturnType<typeof openLeadingRig>, seatId: string) => {
  const seat = rig.engine.seat(seatId);
  return `${seat?.state} ${seat?.reason ?? seat?.notReadyNext ?? ''}`.trim();
};

test('an approved rest begins after the present call, and ends with what the seat does next', () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  rig.talk('c1', '801');
  const rest = rig.rests.ask({ reason: 'meal', note: '晚饭' }, rig.by('zhang'));
  expect(rest).toMatchObject({ state: 'asked', queueId: 'consumer', agentName: 'Name of zhang' });
  expect(stateOf(rig, '801')).toBe('talking');
  rig.rests.decide({ ids: [rest.id], approve: true, beyondQuota: false }, rig.by('leader'));
  expect(stateOf(rig, '801')).toBe('talking meal');
  expect(rig.rests.of('zhang')).toMatchObject({ state: 'approved', begunAt: null });
  rig.submit({ kind: 'talk-ended', callId: 'c1', seatId: '801', by: 'caller' });
  rig.submit({ kind: 'wrap-up-finished', seatId: '801' });
  expect(stateOf(rig, '801')).toBe('not-ready meal');
  expect(rig.rests.of('zhang')?.begunAt).toBe(rig.clock.now());
  rig.submit({ kind: 'seat-ready', seatId: '801' });
  expect(rig.rests.of('zhang')).toBeNull();
  expect(rig.rests.list()).toMatchObject({ open: [], past: [{ state: 'approved' }] });
  expect(rig.acts()).toEqual([
    ['zhang', 'rest.asked', 'seat:801'],
    ['leader', 'rest.approved', 'seat:801'],
  ]);
});

test('a ring is let through before the rest begins', () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  const { id } = rig.rests.ask(meal, rig.by('zhang'));
  rig.enter('c1');
  rig.rests.decide({ ids: [id], approve: true, beyondQuota: false }, rig.by('leader'));
  expect(stateOf(rig, '801')).toBe('ringing');
  rig.submit({ kind: 'seat-answered', callId: 'c1', seatId: '801', attempt: 1 });
  expect(stateOf(rig, '801')).toBe('talking meal');
});

test('nobody decides: it is refused by itself, and the agent may ask again', async () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  rig.rests.ask(meal, rig.by('zhang'));
  expect(() => rig.rests.ask(meal, rig.by('zhang'))).toThrow('Conflicts');
  await rig.clock.advance(299_999);
  expect(rig.rests.of('zhang')?.state).toBe('asked');
  await rig.clock.advance(1);
  expect(rig.rests.of('zhang')).toMatchObject({ state: 'expired', decidedBy: null });
  expect(stateOf(rig, '801')).toBe('ready');
  rig.rests.ask(meal, rig.by('zhang'));
  await rig.clock.advance(500_000);
  expect(rig.rests.of('zhang')).toBeNull();
  expect(rig.clock.alarms).toBe(0);
});

test('quotas of the floor and of a queue hold for the whole batch, unless overruled', () => {
  const rig = openLeadingRig(
    hotlineWithRests((doc) => {
      doc.rest.quota = 2;
      for (const queue of doc.queues) if (queue.id === 'consumer') queue.restQuota = 1;
    }),
  );
  for (const [seatId, who] of [
    ['801', 'a'],
    ['802', 'b'],
    ['803', 'c'],
  ] as const) {
    rig.sit(seatId, who);
    rig.rests.ask(meal, rig.by(who));
  }
  const [a = '', b = '', c = ''] = rig.rests.list().open.map(({ id }) => id);
  const decide = (ids: string[], beyondQuota = false) =>
    rig.rests.decide({ ids, approve: true, beyondQuota }, rig.by('leader'));
  expect(() => decide([a, b])).toThrow('rest');
  expect(rig.rests.list().open.map(({ state }) => state)).toEqual(['asked', 'asked', 'asked']);
  decide([a, c]);
  expect(rig.rests.list().quotas).toEqual([
    { queueId: null, used: 2, quota: 2 },
    { queueId: 'consumer', used: 1, quota: 1 },
  ]);
  expect(() => decide([b])).toThrow('rest');
  decide([b], true);
  expect(rig.rests.list().quotas[0]?.used).toBe(3);
  expect(() => decide([b])).toThrow('present state');
});

test('taken back before it begins; signing out takes it back, too', async () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  rig.talk('c1', '801');
  const { id } = rig.rests.ask(meal, rig.by('zhang'));
  rig.rests.decide({ ids: [id], approve: true, beyondQuota: false }, rig.by('leader'));
  rig.rests.withdraw(rig.by('zhang'));
  expect(stateOf(rig, '801')).toBe('talking');
  expect(() => rig.rests.withdraw(rig.by('zhang'))).toThrow('Not found');
  rig.sit('802', 'li');
  rig.rests.ask(meal, rig.by('li'));
  rig.submit({ kind: 'seat-signed-out', seatId: '802' });
  expect(rig.rests.list().open).toEqual([]);
  rig.alerts.stop();
  expect(rig.clock.alarms).toBe(0);
});

test('after a restart a request still runs out, and an approved rest still begins', async () => {
  const before = openLeadingRig();
  before.sit('801', 'zhang');
  before.sit('802', 'li');
  before.talk('c1', '801');
  const { id } = before.rests.ask(meal, before.by('zhang'));
  before.rests.decide({ ids: [id], approve: true, beyondQuota: false }, before.by('leader'));
  before.rests.ask(meal, before.by('li'));
  before.rests.stop();

  const rig = openLeadingRig(hotlineWithRests(), before.store);
  for (const [seatId, agentId] of [
    ['801', 'zhang'],
    ['802', 'li'],
  ] as const) {
    const seat = { seatId, agentId, memberships: [], state: 'ready', since: 0 } as const;
    const none = { reason: null, callId: null, talk: null, until: null, notReadyNext: null };
    rig.submit({ kind: 'seat-restored', seat: { ...seat, ...none } });
  }
  rig.rests.resume();
  expect(stateOf(rig, '801')).toBe('not-ready meal');
  await rig.clock.advance(300_000);
  expect(rig.rests.of('li')?.state).toBe('expired');
});

test('only reasons that need approval are asked for, and only from a seat', () => {
  const rig = openLeadingRig();
  expect(() => rig.rests.ask(meal, rig.by('zhang'))).toThrow('not signed in');
  rig.sit('801', 'zhang');
  expect(() => rig.rests.ask({ reason: 'rest', note: '' }, rig.by('zhang'))).toThrow('not valid');
});
