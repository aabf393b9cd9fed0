import { describe, expect, it } from 'vitest';
import { type CallBulletin, dueBulletins } from '../../src/calls/bulletins.ts';
import { settle } from '../support/fake-clock.ts';
import { FakeLine } from '../support/fake-telephony.ts';
import { createRig } from './rig.ts';

const everybody = { entries: [], queues: [], choices: [] };
const bulletin = (id: string, part: Partial<CallBulletin> = {}): CallBulletin => ({
  id,
  promptId: `bulletin-${id}`,
  scope: everybody,
  startsAt: 0,
  endsAt: null,
  ...part,
});

describe('who is told of an incident', () => {
  const way = { entryId: 'main', queueId: 'utilities', choice: 'main/7/2' };
  it.each([
    ['everybody', {}, true],
    ['callers of the entry', { scope: { ...everybody, entries: ['main'] } }, true],
    ['of the queue', { scope: { ...everybody, queues: ['utilities'] } }, true],
    ['of the choice', { scope: { ...everybody, choices: ['main/7/2'] } }, true],
    ['of the choice above', { scope: { ...everybody, choices: ['main/7'] } }, true],
    ['not of one that begins alike', { scope: { ...everybody, choices: ['main/7/'] } }, false],
    ['not of another queue', { scope: { ...everybody, queues: ['consumer'] } }, false],
    ['from its first moment', { startsAt: 100 }, true],
    ['not before', { startsAt: 101 }, false],
    ['not at its end', { endsAt: 100 }, false],
    ['until then', { endsAt: 101 }, true],
  ] as const)('%s', (_what, part, told) => {
    expect(dueBulletins([bulletin('a', part)], way, 100)).toHaveLength(told ? 1 : 0);
  });
});

describe('a bulletin', () => {
  const scope = { ...everybody, queues: ['consumer'] };

  it('is heard before waiting, in the caller’s language, and is no waiting itself', async () => {
    const rig = createRig();
    rig.bulletins.push(bulletin('burst', { scope }));
    const line = rig.dial('12315');
    await settle();
    line.press('3');
    await rig.clock.advance(5_000);
    expect(line.heard).toEqual(['zh:greeting-12315', 'en:bulletin-burst']);
    expect(rig.told('call.bulletin')).toMatchObject([{ bulletinId: 'burst', skipped: false }]);
    const [queued] = rig.told('call.queued');
    const [heard] = rig.told('call.bulletin');
    expect(queued?.arrivedAt).toBe(heard?.at);
    expect(line.music).toBe(true);
  });

  it('takes nothing from the place of an earlier call that the exchange cut off', async () => {
    const rig = createRig();
    rig.bulletins.push(bulletin('burst', { scope }));
    const placeBefore = rig.clock.now() - 60_000;
    Object.assign(rig.house, { placeBefore: () => placeBefore });
    rig.dial('12315');
    await rig.clock.advance(5_000);
    expect(rig.told('call.queued')).toMatchObject([{ arrivedAt: placeBefore }]);
  });

  it('moves the place of who waited for a server by its own length, no more', async () => {
    const rig = createRig();
    rig.bulletins.push(bulletin('burst', { scope }));
    const arrivedAt = rig.clock.now() - 60_000;
    const line = Object.assign(new FakeLine(rig.clock, 'channel', '12315'), { arrivedAt });
    rig.calls.begin(line);
    await rig.clock.advance(5_000);
    expect(rig.told('call.queued')).toMatchObject([{ arrivedAt: arrivedAt + line.promptMs }]);
  });

  it('is skipped by any key, and the next one is heard', async () => {
    const rig = createRig();
    rig.bulletins.push(bulletin('burst', { scope }), bulletin('storm'));
    const line = rig.dial('12315');
    await rig.clock.advance(1_000);
    line.press('1');
    await rig.clock.advance(5_000);
    expect(line.heard.slice(1)).toEqual(['zh:bulletin-burst', 'zh:bulletin-storm']);
    expect(rig.told('call.bulletin').map(({ skipped }) => skipped)).toEqual([true, false]);
  });

  it('is not skipped by a key too many in the menu before it', async () => {
    const rig = createRig();
    rig.bulletins.push(bulletin('storm'));
    const line = rig.dial('12345');
    await settle();
    line.press('9', '9');
    await rig.clock.advance(5_000);
    expect(rig.told('call.bulletin')).toMatchObject([{ skipped: false }]);
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'general' }]);
  });

  it('is not heard in another queue, and who leaves while hearing it is told apart', async () => {
    const rig = createRig();
    rig.bulletins.push(bulletin('burst', { scope }));
    const other = rig.dial('12345');
    await rig.clock.advance(9_000);
    expect(other.heard).not.toContain('zh:bulletin-burst');
    const line = rig.dial('12315');
    await rig.clock.advance(1_000);
    line.leave();
    await settle();
    expect(rig.endings()).toEqual(['left-in-bulletin']);
    expect(rig.told('call.abandoned')).toEqual([]);
  });
});
