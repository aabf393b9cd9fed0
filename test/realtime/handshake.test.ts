import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAllowance } from '../../src/realtime/handshake.ts';
import { caughtUp, disconnected, listen, openClient, openRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

function outcome(cookie: string | undefined, origin?: string): Promise<string> {
  const client = openClient(rig.port, cookie, undefined, origin);
  return new Promise((resolve) => {
    client.once('connect', () => {
      resolve('connected');
      client.close();
    });
    client.once('connect_error', () => resolve('refused'));
  });
}

describe('the door', () => {
  it('opens for a live session on our own page only', async () => {
    (await rig.connect('zhang')).close();
    const cookie = 'yihao_session=session-zhang';
    expect(await outcome(cookie)).toBe('connected');
    expect(await outcome(undefined)).toBe('refused');
    expect(await outcome('yihao_session=made-up')).toBe('refused');
    expect(await outcome(cookie, 'https://evil.example')).toBe('refused');
    expect(await outcome(cookie, 'null')).toBe('refused');
  });

  it('speaks no polling, and leaves the other pages of the server alone', async () => {
    const base = `http://127.0.0.1:${String(rig.port)}`;
    const polling = await fetch(`${base}/socket.io/?EIO=4&transport=polling`);
    expect(polling.status).toBe(400);
    expect(await (await fetch(`${base}/other`)).text()).toBe('other');
  });

  it('cuts a line that says too much', async () => {
    const client = await rig.connect('zhang');
    const cut = disconnected(client);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what an attacker would send
    client.emit('watchDesk', { take: 'x'.repeat(5_000) } as never, () => {});
    expect(await cut).toMatch(/transport/);
  });

  it('cuts a line that asks too often', async () => {
    const client = await rig.connect('zhang');
    const cut = disconnected(client);
    for (let at = 0; at < 30; at += 1) client.emit('unwatchFloor');
    expect(await cut).toBe('io server disconnect');
  });

  it('gives the allowance back with time', () => {
    let now = 0;
    const isAllowed = createAllowance(2, 1, () => now);
    expect([isAllowed(), isAllowed(), isAllowed()]).toEqual([true, true, false]);
    now = 1_000;
    expect([isAllowed(), isAllowed()]).toEqual([true, false]);
    now = 100_000;
    expect([isAllowed(), isAllowed(), isAllowed()]).toEqual([true, true, false]);
  });
});

describe('the end of a session', () => {
  it('closes every socket of a revoked session, and no other', async () => {
    const [one, two] = [await rig.connect('zhang'), await rig.connect('zhang')];
    const other = await rig.connect('zhang', { session: 'at-home' });
    const told = listen<string>(one, 'signedOut');
    const cut = Promise.all([disconnected(one), disconnected(two)]);
    rig.sessions.delete('session-zhang');
    rig.gateway.closeSession('session-zhang', 'revoked');
    await cut;
    expect(told).toEqual(['revoked']);
    expect(await caughtUp(other)).toBe('ok');
  });

  it('closes every socket of a person', async () => {
    const sockets = [await rig.connect('zhang'), await rig.connect('zhang', { session: 'home' })];
    const cut = Promise.all(sockets.map(disconnected));
    rig.gateway.closePerson('zhang');
    expect(await cut).toHaveLength(2);
  });

  it('notices by itself that a session has run out', async () => {
    const client = await rig.connect('zhang');
    const told = listen<string>(client, 'signedOut');
    const cut = disconnected(client);
    rig.sessions.delete('session-zhang');
    await rig.clock.advance(15_000);
    await cut;
    expect(told).toEqual(['expired']);
  });

  it('does not answer a question of a session that is over', async () => {
    const client = await rig.connect('zhang');
    rig.sessions.delete('session-zhang');
    const cut = disconnected(client);
    client.emit('watchDesk', { take: false }, () => expect.unreachable());
    await cut;
  });
});
