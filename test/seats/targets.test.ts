import { expect, test } from 'vitest';
import { pinyinOf } from '../../src/kit/pinyin.ts';
import { targetsOf } from '../../src/seats/targets.ts';
import { createSeatsRig } from './rig.ts';

const names: Record<string, string> = { zhang: '张三', li: '李雨桐' };

function targets(rig: ReturnType<typeof createSeatsRig>) {
  return targetsOf({
    engine: rig.engine,
    seatName: (seatId) => rig.repo.find(seatId)?.name ?? seatId,
    agentName: (agentId) => names[agentId] ?? agentId,
    queues: [{ id: 'q', name: { zh: '消费维权' } }],
  });
}

test('only seats somebody sits at can be targets; who is free comes first', () => {
  const rig = createSeatsRig();
  expect(targets(rig).seats).toEqual([]);
  rig.desk.signIn('zhang', '1001');
  rig.desk.signIn('li', '1002');
  rig.reachable.add('1002');
  rig.desk.ready('li');
  expect(targets(rig)).toMatchObject({
    seats: [
      {
        seatId: '1002',
        seatName: '二号席',
        agentName: '李雨桐',
        state: 'ready',
        find: 'liyutong lyt',
      },
      { seatId: '1001', agentName: '张三', state: 'not-ready' },
    ],
    queues: [{ queueId: 'q', waiting: 0, ready: 1, find: 'xiaofeiweiquan xfwq' }],
  });
});

test('a family name is spelt as one; other writing stays as it is', () => {
  expect(pinyinOf('单小芳')).toBe('shanxiaofang sxf');
  expect(pinyinOf('Operator 7')).toContain('operator 7');
});
