import { expect, test } from 'vitest';
import { openLeadingRig } from './rig.ts';

const plain = {
  text: '新知识：医保转移',
  isUrgent: false,
  audience: { to: 'all' },
  until: null,
} as const;

test('reaches the desks it is for, and says who has read it', () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  rig.sit('803', 'li');
  const { notices, by } = rig;
  notices.post(plain, by('leader'));
  const id = notices.post(
    {
      ...plain,
      text: '煤气泄漏统一口径',
      isUrgent: true,
      audience: { to: 'queues', queueIds: ['general'] },
    },
    by('leader'),
  );
  notices.post({ ...plain, audience: { to: 'seats', seatIds: ['801'] } }, by('leader'));
  expect(notices.atDesk('zhang')).toHaveLength(2);
  expect(notices.atDesk('li').map(({ isUrgent }) => isUrgent)).toEqual([true, false]);
  expect(notices.atDesk('nobody')).toEqual([]);
  expect(notices.receipts(id)).toEqual({
    read: [],
    unread: [{ name: 'Name of li', seatId: '803' }],
  });
  expect(() => notices.read(id, by('zhang'))).toThrow('Not found');
  notices.read(id, by('li'));
  notices.read(id, by('li'));
  const at = rig.clock.now();
  expect(notices.receipts(id)).toEqual({
    read: [{ name: 'Name of li', seatId: '803', at }],
    unread: [],
  });
  expect(notices.atDesk('li').map(({ readAt }) => readAt)).toEqual([null, at]);
  expect(notices.list().find((one) => one.id === id)).toMatchObject({ read: 1, unread: 0 });
});

test('is off the desks when it has run out or was withdrawn, and stays in the history', async () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  const { notices, by, clock } = rig;
  const until = clock.now() + 60_000;
  notices.post({ ...plain, until }, by('leader'));
  const id = notices.post(plain, by('leader'));
  expect(notices.forAll()).toHaveLength(2);
  await clock.advance(60_000);
  expect(notices.forAll().map((one) => one.id)).toEqual([id]);
  notices.withdraw(id, by('leader'));
  notices.withdraw(id, by('leader'));
  expect(notices.atDesk('zhang')).toEqual([]);
  expect(notices.list()).toHaveLength(2);
  expect(() => notices.post({ ...plain, until }, by('leader'))).toThrow('not valid');
  expect(rig.acts()).toEqual([
    ['leader', 'notice.posted', expect.any(String)],
    ['leader', 'notice.posted', `notice:${id}`],
    ['leader', 'notice.withdrawn', `notice:${id}`],
  ]);
});
