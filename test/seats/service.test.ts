import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/acd/engine.ts';
import type { NewEvent } from '../../src/events.ts';
import type { SeatsRepo } from '../../src/seats/repo.ts';
import { restoreSeats } from '../../src/seats/restore.ts';
import { rules } from '../acd/rig.ts';
import { createSeatsRig } from './rig.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('seats', () => {
  it('are made once, with queues that exist', () => {
    const rig = createSeatsRig();
    const seat = { id: '1001', name: 'x', phone: 'sip' as const, queues: [] };
    expect(() => rig.seats.create(seat)).toThrow(code('conflict'));
    const queues = [{ queueId: 'gone', level: 1 }];
    expect(() => rig.seats.create({ ...seat, id: '1003', queues })).toThrow(code('invalid-input'));
  });

  it('move to other queues while somebody sits there', () => {
    const rig = createSeatsRig();
    rig.desk.signIn('li', '1001');
    rig.seats.change('1001', { queues: [{ queueId: 'r', level: 2 }] });
    expect(rig.desk.of('li')?.queueIds).toEqual(['r']);
    expect(rig.engine.queue('q')?.signedIn).toBe(0);
  });

  it('cannot be disabled or removed under an agent', async () => {
    const rig = createSeatsRig();
    rig.desk.signIn('li', '1001');
    expect(() => rig.seats.change('1001', { enabled: false })).toThrow(code('seat-taken'));
    await expect(rig.seats.remove('1001')).rejects.toThrow(code('seat-taken'));
    rig.desk.signOut('li');
    await rig.seats.remove('1001');
    expect(rig.seats.all().map((seat) => seat.id)).toEqual(['1002']);
  });

  it('get a new phone account each time, a browser only its own kind', async () => {
    const rig = createSeatsRig();
    const first = await rig.seats.newPhone('1002');
    const second = await rig.seats.newPhone('1002');
    expect(second.password).not.toBe(first.password);
    expect(rig.phones.get('1002')).toBe(second.password);
    await expect(rig.seats.newBrowserPhone('1002', 'li')).rejects.toThrow(code('not-now'));
    expect(await rig.seats.newBrowserPhone('1001', 'li')).toMatchObject({
      kind: 'browser',
      user: '1001',
      iceServers: [{ username: 'li' }],
    });
    expect(second.iceServers).toEqual([]);
  });

  it('come back after a restart as their last event left them', () => {
    const rig = createSeatsRig();
    rig.reachable.add('1001').add('1002');
    rig.desk.signIn('li', '1001');
    rig.desk.ready('li');
    rig.desk.signIn('wang', '1002');
    rig.desk.notReady('wang', 'rest');
    const engine = createEngine();
    engine.apply({ kind: 'queues-configured', queues: [rules('q')] }, 0);
    const submit = (input: Parameters<typeof engine.apply>[0]) =>
      void engine.apply(input, rig.clock.now());
    const told: NewEvent[] = [];
    restoreSeats(rig.repo, { submit }, new Map(), { now: 9, record: (event) => told.push(event) });
    expect(engine.seat('1001')).toMatchObject({ state: 'ready', agentId: 'li' });
    expect(engine.seat('1002')).toMatchObject({ state: 'not-ready', reason: 'rest' });
    expect(told).toEqual([]);
    rig.desk.signOut('wang');
    expect(rig.repo.signedIn().map((row) => row.seatId)).toEqual(['1001']);
  });

  it('stop ringing on record, too, when a restart ended the ring', () => {
    const told: NewEvent[] = [];
    const rang = { seatId: '1001', agentId: 'li', state: 'ringing' as const, since: 1 };
    const stored = { ...rang, reason: null, callId: 'c', until: null };
    const seat = { queues: [] } as unknown as ReturnType<SeatsRepo['find']>;
    const repo = { signedIn: () => [stored], find: () => seat } as unknown as SeatsRepo;
    const record = (event: NewEvent) => void told.push(event);
    restoreSeats(repo, { submit: () => {} }, new Map(), { now: 9, record });
    expect(told).toMatchObject([{ kind: 'seat.state', at: 9, state: 'ready', callId: null }]);
  });
});
