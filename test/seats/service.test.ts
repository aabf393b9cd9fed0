import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/acd/engine.ts';
import type { Input, RestoredSeat } from '../../src/acd/types.ts';
import type { NewEvent } from '../../src/events.ts';
import type { SeatsRepo, StoredSeatState } from '../../src/seats/repo.ts';
import { restoreSeats } from '../../src/seats/restore.ts';
import { rules } from '../acd/rig.ts';
import { createSeatsRig } from './rig.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });

/** What the engine is told of seat 1001, which was busy with call `c`, after a restart at 9. */
function restoredFrom(
  was: Pick<StoredSeatState, 'state'> & Partial<StoredSeatState>,
  call: Partial<{ seatId: string; endedAt: number; connectedAt: number }> = {},
  record: (event: NewEvent) => void = () => {},
): RestoredSeat | undefined {
  const busy = { seatId: '1001', agentId: 'li', since: 1, callId: 'c' };
  const stored = { ...busy, reason: null, until: null, notReadyNext: null, ...was };
  const seat = { queues: [] } as unknown as ReturnType<SeatsRepo['find']>;
  const repo = { signedIn: () => [stored], find: () => seat } as unknown as SeatsRepo;
  let restored: RestoredSeat | undefined;
  const submit = (input: Input) => {
    if (input.kind === 'seat-restored') restored = input.seat;
  };
  const { seatId = '1001', endedAt = null, connectedAt } = call;
  const talks = new Map(
    connectedAt === undefined ? [] : [['c', { seatId, queueId: 'q', connectedAt }]],
  );
  const known = { talks, call: () => ({ seatId, queueId: 'q', endedAt }) };
  restoreSeats(repo, { submit }, known, { now: 9, record });
  return restored;
}

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
    const calls = { talks: new Map(), call: () => undefined };
    restoreSeats(rig.repo, { submit }, calls, { now: 9, record: (event) => told.push(event) });
    expect(engine.seat('1001')).toMatchObject({ state: 'ready', agentId: 'li' });
    expect(engine.seat('1002')).toMatchObject({ state: 'not-ready', reason: 'rest' });
    expect(told).toEqual([]);
    rig.desk.signOut('wang');
    expect(rig.repo.signedIn().map((row) => row.seatId)).toEqual(['1001']);
  });

  it('stop ringing on record, too, when a restart ended the ring', () => {
    const told: NewEvent[] = [];
    restoredFrom({ state: 'ringing' }, {}, (event) => told.push(event));
    expect(told).toMatchObject([{ kind: 'seat.state', at: 9, state: 'ready', callId: null }]);
  });

  it('keep the call they write up over a restart, also one whose talk ended meanwhile', () => {
    const told: NewEvent[] = [];
    const record = (event: NewEvent) => void told.push(event);
    const wrapUp = { state: 'wrap-up', callId: 'c', until: 70, talk: null };
    expect(restoredFrom({ state: 'wrap-up', until: 70 })).toMatchObject(wrapUp);
    const ended = { state: 'wrap-up', callId: 'c', since: 9, talk: null, wrapUpIn: 'q' };
    expect(restoredFrom({ state: 'talking' }, { endedAt: 7 }, record)).toMatchObject(ended);
    expect(told).toEqual([]);
  });

  it('have no wrap-up to wait for when their caller waits for somebody after a restart', () => {
    const told: NewEvent[] = [];
    const seat = restoredFrom({ state: 'talking' }, {}, (event) => told.push(event));
    expect(seat).toMatchObject({ state: 'wrap-up', callId: 'c', until: 1 });
    expect(seat).not.toHaveProperty('wrapUpIn');
    expect(told).toMatchObject([{ state: 'wrap-up', callId: 'c', until: 1 }]);
  });

  it('are guests no more after a restart: the call they helped with is not theirs to write up', () => {
    for (const call of [{ connectedAt: 5 }, { endedAt: 7 }]) {
      const seat = restoredFrom({ state: 'talking' }, { seatId: '1002', ...call });
      expect(seat).toMatchObject({ state: 'wrap-up', callId: null, talk: null, until: 1 });
      expect(seat).not.toHaveProperty('wrapUpIn');
    }
  });

  it('are not ready after a restart as it was asked for before', () => {
    const told: NewEvent[] = [];
    const record = (event: NewEvent) => void told.push(event);
    const wish = { notReadyNext: 'rest' };
    expect(restoredFrom({ state: 'hold', ...wish }, { connectedAt: 5 })).toMatchObject(wish);
    expect(restoredFrom({ state: 'wrap-up', ...wish })).toMatchObject(wish);
    expect(restoredFrom({ state: 'talking', ...wish }, {}, record)).toMatchObject(wish);
    expect(told).toMatchObject([{ state: 'wrap-up', ...wish }]);
    const dialled = { state: 'ringing', reason: 'dialling' } as const;
    const again = { state: 'not-ready', reason: 'rest', notReadyNext: null };
    expect(restoredFrom({ ...dialled, ...wish })).toMatchObject(again);
    expect(restoredFrom(dialled)).toMatchObject({ ...again, reason: null });
  });

  it('have on record what was asked for after the call, and that it was taken back', async () => {
    const rig = createSeatsRig();
    rig.reachable.add('1001');
    rig.desk.signIn('li', '1001');
    rig.desk.ready('li');
    const caller = { callId: 'a', queueId: 'q', priority: 0, arrivedAt: rig.clock.now() };
    rig.submit({ kind: 'caller-entered', ...caller, lastAgentId: null });
    rig.submit({ kind: 'seat-answered', callId: 'a', seatId: '1001', attempt: 1 });
    const since = rig.clock.now();
    await rig.clock.advance(5_000);
    rig.desk.notReady('li', 'rest');
    expect(rig.repo.signedIn()).toMatchObject([{ state: 'talking', since, notReadyNext: 'rest' }]);
    rig.submit({ kind: 'talk-ended', callId: 'a', seatId: '1001', by: 'caller' });
    const wrapUp = { state: 'wrap-up', since: since + 5_000, notReadyNext: 'rest' };
    expect(rig.repo.signedIn()).toMatchObject([wrapUp]);
    rig.desk.finishWrapUp('li');
    const after = { state: 'not-ready', reason: 'rest', notReadyNext: null };
    expect(rig.repo.signedIn()).toMatchObject([after]);
    rig.desk.ready('li');
    rig.submit({ kind: 'caller-entered', ...caller, callId: 'b', lastAgentId: null });
    rig.submit({ kind: 'seat-answered', callId: 'b', seatId: '1001', attempt: 1 });
    rig.desk.notReady('li', 'rest');
    rig.desk.ready('li');
    expect(rig.repo.signedIn()).toMatchObject([{ state: 'talking', notReadyNext: null }]);
  });
});
