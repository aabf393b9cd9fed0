import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../src/events.ts';
import type { Floor } from '../../src/floor/schema.ts';
import type { FloorChange, WatchReply } from '../../src/realtime/protocol.ts';
import { type Client, caughtUp, listen, openRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const something: DomainEvent = { seq: 1, at: 0, kind: 'seat.queues', seatId: '801', queueIds: [] };

function watch(client: Client): Promise<WatchReply<Floor>> {
  return new Promise((resolve) => {
    client.emit('watchFloor', resolve);
  });
}

/** Makes a difference on the floor. */
function setWaiting(queueId: string, waiting: number): void {
  const at = rig.floor.queues.findIndex((queue) => queue.queueId === queueId);
  const queue = rig.floor.queues[at];
  if (queue) rig.floor.queues[at] = { ...queue, waiting };
  rig.gateway.onEvent(something);
}

async function watchingLeader(): Promise<{ client: Client; heard: FloorChange[]; n: number }> {
  const client = await rig.connect('leader', { role: 'leader' });
  const heard = listen<FloorChange>(client, 'floor');
  const answer = await watch(client);
  if (!answer.ok) throw new Error(answer.code);
  return { client, heard, n: answer.state.n };
}

describe('the floor stream', () => {
  it('is for those who may watch the floor', async () => {
    const agent = await rig.connect('zhang');
    expect(await watch(agent)).toEqual({ ok: false, code: 'forbidden' });
    const heard = listen(agent, 'floor');
    await watchingLeader();
    setWaiting('consumer', 1);
    await rig.clock.advance(1_000);
    await caughtUp(agent);
    expect(heard).toEqual([]);
  });

  it('asks for a changed password first', async () => {
    const client = await rig.connect('leader', { role: 'leader' });
    const session = rig.sessions.get('session-leader');
    if (session) session.person.mustChangePassword = true;
    expect(await watch(client)).toEqual({ ok: false, code: 'password-change-needed' });
  });

  it('answers with the whole, then tells only changed members, numbered without a gap', async () => {
    const { client, heard, n } = await watchingLeader();
    setWaiting('consumer', 3);
    await rig.clock.advance(0);
    setWaiting('housing', 1);
    await rig.clock.advance(250);
    await caughtUp(client);
    expect(heard.map((change) => change.n)).toEqual([n + 1, n + 2]);
    expect(heard.map(({ queues }) => queues.map((q) => [q.queueId, q.waiting]))).toEqual([
      [['consumer', 3]],
      [['housing', 1]],
    ]);
    expect(rig.gateway.floor().n).toBe(n + 2);
  });

  it('sends at most four messages a second, the last with the last state', async () => {
    const { client, heard } = await watchingLeader();
    for (let at = 1; at <= 100; at += 1) {
      setWaiting('consumer', at);
      await rig.clock.advance(10);
    }
    await rig.clock.advance(250);
    await caughtUp(client);
    expect(heard.length).toBeGreaterThanOrEqual(4);
    expect(heard.length).toBeLessThanOrEqual(6);
    expect(heard.at(-1)?.queues[0]?.waiting).toBe(100);
  });

  it('is idle but for a heartbeat every five seconds', async () => {
    const { client, heard, n } = await watchingLeader();
    await rig.clock.advance(14_999);
    await caughtUp(client);
    expect(heard.map((change) => change.n)).toEqual([n + 1, n + 2]);
    expect(heard.every(({ queues, seats }) => queues.length + seats.length === 0)).toBe(true);
  });

  it('costs nothing while nobody watches', async () => {
    const before = rig.clock.alarms;
    const { client } = await watchingLeader();
    client.emit('unwatchFloor');
    await caughtUp(client);
    setWaiting('consumer', 9);
    expect(rig.clock.alarms).toBe(before);
    const again = await watch(client);
    expect(again.ok && again.state.queues[0]?.waiting).toBe(9);
    client.close();
    const other = await rig.connect('zhang');
    await caughtUp(other);
    expect(rig.clock.alarms).toBe(before);
  });

  it('leaves a gap in the numbers when a queue is gone, so that consoles ask again', async () => {
    const { client, heard, n } = await watchingLeader();
    rig.floor.queues.pop();
    setWaiting('consumer', 1);
    await rig.clock.advance(250);
    await caughtUp(client);
    expect(heard.map((change) => change.n)).toEqual([n + 2]);
  });

  it('tells the last figures of a quarter of an hour before the next one', async () => {
    const { client, heard } = await watchingLeader();
    rig.floor.quarters = [
      { offered: 7, answered: 6 },
      { offered: 1, answered: 0 },
    ];
    setWaiting('consumer', 1);
    await rig.clock.advance(250);
    await caughtUp(client);
    expect(heard.map((change) => change.quarter)).toEqual([
      { index: 0, offered: 7, answered: 6 },
      { index: 1, offered: 1, answered: 0 },
    ]);
  });

  it('tells at once that the exchange is away', async () => {
    const { client, heard } = await watchingLeader();
    rig.floor.connected = false;
    rig.gateway.onExchange();
    await rig.clock.advance(0);
    await caughtUp(client);
    expect(heard.at(-1)?.connected).toBe(false);
  });
});
