import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../src/events.ts';
import type { DeskMessage, WatchReply } from '../../src/realtime/protocol.ts';
import { settle } from '../support/fake-clock.ts';
import {
  type Client,
  caughtUp,
  desk,
  disconnected,
  listen,
  openRig,
  type Rig,
  raised,
} from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig({ agentOfCall: () => 'zhang' });
});
afterEach(() => rig.close());

type Answer = WatchReply<DeskMessage & { held: boolean }>;

function watch(client: Client, take = false): Promise<Answer> {
  return new Promise((resolve) => {
    client.emit('watchDesk', { take }, resolve);
  });
}

async function isHeld(client: Client, take = false): Promise<boolean> {
  const answer = await watch(client, take);
  return answer.ok && answer.state.held;
}

function seatEvent(agentId: string, seatId = '801'): DomainEvent {
  return {
    seq: 1,
    at: 0,
    kind: 'seat.state',
    seatId,
    agentId,
    state: 'ready',
    reason: null,
    callId: null,
    until: null,
  };
}

describe('the desk stream', () => {
  it('tells the own desk, and only the own', async () => {
    const zhang = await rig.connect('zhang');
    const li = await rig.connect('li');
    const [heardZhang, heardLi] = [listen<DeskMessage>(zhang, 'desk'), listen(li, 'desk')];
    rig.desks.set('zhang', desk('801', 'not-ready'));
    expect(await watch(zhang)).toMatchObject({
      ok: true,
      state: { n: 0, desk: { state: 'not-ready' } },
    });
    await watch(li);
    rig.desks.set('zhang', desk('801', 'ready'));
    rig.gateway.onEvent(seatEvent('zhang'));
    await settle();
    await Promise.all([caughtUp(zhang), caughtUp(li)]);
    expect(heardZhang).toMatchObject([{ n: 1, desk: { seatId: '801', state: 'ready' } }]);
    expect(heardLi).toEqual([]);
  });

  it('tells several events of one decision once, numbered without a gap', async () => {
    const zhang = await rig.connect('zhang');
    const heard = listen<DeskMessage>(zhang, 'desk');
    await watch(zhang);
    for (let round = 0; round < 3; round += 1) {
      rig.gateway.onEvent(seatEvent('zhang'));
      rig.gateway.onEvent(seatEvent('zhang'));
      await settle();
    }
    await caughtUp(zhang);
    expect(heard.map((message) => message.n)).toEqual([1, 2, 3]);
  });

  it('follows the phone of the seat and the queues of the seat', async () => {
    const zhang = await rig.connect('zhang');
    const heard = listen<DeskMessage>(zhang, 'desk');
    rig.desks.set('zhang', desk('801', 'ready'));
    await watch(zhang);
    rig.gateway.onPhone('801');
    await settle();
    rig.gateway.onEvent({ seq: 1, at: 0, kind: 'seat.queues', seatId: '801', queueIds: [] });
    await settle();
    rig.gateway.onPhone('802');
    await settle();
    await caughtUp(zhang);
    expect(heard).toHaveLength(2);
  });

  it('shows a guest’s coming and a leader’s listening at both desks', async () => {
    const [zhang, li] = [await rig.connect('zhang'), await rig.connect('li')];
    const heard = [listen(zhang, 'desk'), listen(li, 'desk')];
    rig.desks.set('zhang', desk('801', 'talking')).set('li', desk('802', 'ready'));
    await watch(zhang);
    await watch(li);
    const guest = { seq: 1, at: 0, callId: 'a', seatId: '802', agentId: 'li' } as const;
    rig.gateway.onEvent({ ...guest, kind: 'call.guest-ringing', bySeatId: '801' });
    await settle();
    rig.gateway.onEvent({ ...guest, kind: 'call.guest-joined' });
    await settle();
    const talk = { seatId: '801', agentId: 'zhang', bySeatId: '802' };
    rig.gateway.onEvent({ ...guest, ...talk, kind: 'call.monitored', mode: 'listen' });
    await settle();
    await Promise.all([caughtUp(zhang), caughtUp(li)]);
    expect(heard.map((messages) => messages.length)).toEqual([3, 3]);
  });

  it('needs the right to use a desk', async () => {
    const inspector = await rig.connect('inspector', { role: 'inspector' });
    expect(await watch(inspector)).toEqual({ ok: false, code: 'forbidden' });
  });

  it('answers nonsense with an error code', async () => {
    const zhang = await rig.connect('zhang');
    const answer = await new Promise<Answer>((resolve) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what no console would send
      zhang.emit('watchDesk', { take: 'yes' } as never, resolve);
    });
    expect(answer).toEqual({ ok: false, code: 'invalid-input' });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- neither request nor reply
    zhang.emit('watchDesk', 1 as never, 2 as never);
    expect(await isHeld(zhang)).toBe(true);
  });

  it('does not let a console into a room by asking', async () => {
    const zhang = await rig.connect('zhang');
    const heard = listen(zhang, 'alert');
    zhang.send('join', 'alerts');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an unknown event
    zhang.emit('join' as 'unwatchFloor', ...(['alerts'] as unknown as []));
    rig.gateway.onEvent(raised('low-rating'));
    await caughtUp(zhang);
    expect(heard).toEqual([]);
  });
});

describe('two tabs of one agent', () => {
  it('the first holds the desk, the second is told and may take it', async () => {
    const [first, second] = [await rig.connect('zhang'), await rig.connect('zhang')];
    const taken = listen(first, 'deskTaken');
    expect(await isHeld(first)).toBe(true);
    expect(await isHeld(second)).toBe(false);
    expect(await isHeld(second, true)).toBe(true);
    expect(await isHeld(first)).toBe(false);
    expect(taken).toHaveLength(1);
  });

  it('both see every change', async () => {
    const [first, second] = [await rig.connect('zhang'), await rig.connect('zhang')];
    const heard = [listen(first, 'desk'), listen(second, 'desk')];
    await watch(first);
    await watch(second);
    rig.gateway.onEvent(seatEvent('zhang'));
    await settle();
    await Promise.all([caughtUp(first), caughtUp(second)]);
    expect(heard.map((messages) => messages.length)).toEqual([1, 1]);
  });

  it('the desk is free when its tab is closed', async () => {
    const [first, second] = [await rig.connect('zhang'), await rig.connect('zhang')];
    await watch(first);
    const gone = disconnected(first);
    first.close();
    await gone;
    await expect.poll(() => isHeld(second)).toBe(true);
  });

  it('a tab whose line was cut gets its own desk back at once', async () => {
    await watch(await rig.connect('zhang', { tab: 'tab-1' }));
    const again = await rig.connect('zhang', { tab: 'tab-1' });
    const other = await rig.connect('zhang', { tab: 'tab-2' });
    expect(await isHeld(other)).toBe(false);
    expect(await isHeld(again)).toBe(true);
  });
});
