import { describe, expect, it } from 'vitest';
import { createLeader } from '../../src/seats/leader.ts';
import { createSeatsRig } from './rig.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });

function createLeaderRig() {
  const rig = createSeatsRig();
  const asked: string[] = [];
  const leader = createLeader({
    dispatcher: { submit: rig.submit, engine: rig.engine },
    seats: rig.seats,
    askCall: async (callId, request) => void asked.push(`${JSON.stringify(request)} ${callId}`),
  });
  const enter = (callId: string) =>
    rig.submit({
      kind: 'caller-entered',
      callId,
      queueId: 'q',
      priority: 0,
      arrivedAt: rig.clock.now(),
      lastAgentId: null,
    });
  rig.desk.signIn('li', '1001');
  return { ...rig, leader, asked, enter };
}

describe('a shift leader', () => {
  it('sets a seat ready and not ready', () => {
    const rig = createLeaderRig();
    expect(rig.leader.ready('1001').state).toBe('ready');
    expect(rig.leader.notReady('1001')).toMatchObject({ state: 'not-ready', reason: 'by-leader' });
    expect(() => rig.leader.ready('1002')).toThrow(code('not-found'));
  });

  it('signs a seat out, but not under a caller; releases the call first', async () => {
    const rig = createLeaderRig();
    rig.leader.ready('1001');
    await expect(rig.leader.release('1001')).rejects.toThrow(code('not-now'));
    rig.enter('a');
    rig.submit({ kind: 'seat-answered', callId: 'a', seatId: '1001', attempt: 1 });
    expect(() => rig.leader.signOut('1001')).toThrow(code('not-now'));
    await rig.leader.release('1001');
    expect(rig.asked).toEqual(['"release" a']);
    rig.submit({ kind: 'talk-ended', callId: 'a', seatId: '1001', by: 'agent' });
    rig.leader.signOut('1001');
    expect(rig.desk.of('li')).toBeNull();
  });

  it('moves a seat, and learns where it was for undoing', () => {
    const rig = createLeaderRig();
    rig.leader.ready('1001');
    const before = rig.leader.moveTo('1001', [{ queueId: 'r', level: 2 }]);
    expect(before).toEqual([{ queueId: 'q', level: 1 }]);
    expect(rig.engine.seat('1001')?.queueIds).toEqual(['r']);
    rig.leader.moveTo('1001', before);
    rig.enter('a');
    expect(rig.engine.seat('1001')?.callId).toBe('a');
  });

  it('moves a waiting caller ahead', () => {
    const rig = createLeaderRig();
    rig.enter('a');
    rig.enter('b');
    rig.leader.prioritise('b', 1, 'zhou');
    expect(rig.engine.place('b')?.ahead).toBe(0);
    expect(() => rig.leader.prioritise('gone', 1, 'zhou')).toThrow(code('not-now'));
  });
});
