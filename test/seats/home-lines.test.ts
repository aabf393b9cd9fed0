import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { NewEvent } from '../../src/events.ts';
import { createHomeLines } from '../../src/seats/home-lines.ts';
import { settle } from '../support/fake-clock.ts';
import { createSeatsRig } from './rig.ts';

const number = '13800001234';

/** A seat with a telephone outside; `answers` says what becomes of a call to it. */
function homeRig() {
  const rig = createSeatsRig();
  const queues = [{ queueId: 'q', level: 1 }];
  rig.seats.create({ id: '1003', name: '居家席', phone: 'outside', number, queues });
  const open = new Set<string>();
  const acts: string[] = [];
  const events: NewEvent[] = [];
  let answer: (result: string) => void = () => {};
  const lines = createHomeLines({
    repo: rig.repo,
    dispatcher: { submit: rig.submit, engine: rig.engine },
    lines: {
      open({ seatId, number: dialled }, signal) {
        acts.push(`call ${seatId} ${dialled}`);
        return new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          answer = (result) => {
            if (result === 'open') open.add(seatId);
            resolve(result);
          };
        });
      },
      async close(seatId) {
        acts.push(`close ${seatId}`);
        open.delete(seatId);
      },
      seatIds: () => [...open],
    },
    clock: rig.clock,
    log: pino({ level: 'silent' }),
    record: (event) => void events.push(event),
  });
  const submit = (input: Parameters<typeof rig.submit>[0]) => {
    for (const event of rig.submit(input).events) lines.onEvent(event);
  };
  const states = () => events.map((event) => ('state' in event ? event.state : ''));
  return { ...rig, submit, lines, open, acts, states, events, answer: (r: string) => answer(r) };
}

async function signedIn(result = 'open') {
  const rig = homeRig();
  const memberships = [{ queueId: 'q', level: 1 }];
  rig.submit({ kind: 'seat-signed-in', seatId: '1003', agentId: 'a', memberships });
  expect(rig.lines.stateOf('1003')).toBe('calling');
  rig.answer(result);
  await settle();
  return rig;
}

test('called once at sign-in, hung up at sign-out', async () => {
  const rig = await signedIn();
  expect(rig.lines.stateOf('1003')).toBe('open');
  expect(rig.states()).toEqual(['calling', 'open']);
  expect(() => rig.lines.callAgain('1003')).toThrow(expect.objectContaining({ code: 'not-now' }));
  rig.submit({ kind: 'seat-signed-out', seatId: '1003' });
  await settle();
  expect(rig.acts).toEqual([`call 1003 ${number}`, 'close 1003']);
  expect(rig.lines.stateOf('1003')).toBe('down');
});

test('who signs out while it rings is not called any more', async () => {
  const rig = homeRig();
  rig.submit({ kind: 'seat-signed-in', seatId: '1003', agentId: 'a', memberships: [] });
  rig.submit({ kind: 'seat-signed-out', seatId: '1003' });
  await settle();
  expect(rig.lines.stateOf('1003')).toBe('down');
  expect(rig.states()).toEqual(['calling']);
});

test('busy: said why, and called again when the agent asks', async () => {
  const rig = await signedIn('busy');
  expect(rig.events.at(-1)).toMatchObject({ kind: 'seat.line', state: 'failed', why: 'busy' });
  rig.lines.callAgain('1003');
  rig.answer('open');
  await settle();
  expect(rig.lines.stateOf('1003')).toBe('open');
});

test('a lost line makes the seat unreachable, at once or after the call', async () => {
  const rig = await signedIn();
  rig.submit({ kind: 'seat-ready', seatId: '1003' });
  rig.open.delete('1003');
  rig.lines.onPhone('1003', false);
  expect(rig.engine.seat('1003')).toMatchObject({ state: 'not-ready', reason: 'unreachable' });
  expect(rig.states().at(-1)).toBe('lost');
});

test('after a restart: lines of empty seats are hung up, lost ones are noticed', async () => {
  const rig = homeRig();
  rig.open.add('1009');
  const seat = { seatId: '1003', agentId: 'a', memberships: [], since: 0 };
  const none = { reason: null, callId: null, talk: null, until: null, notReadyNext: null };
  rig.submit({ kind: 'seat-restored', seat: { ...seat, ...none, state: 'ready' } });
  rig.lines.restore();
  expect(rig.acts).toEqual(['close 1009']);
  expect(rig.engine.seat('1003')).toMatchObject({ state: 'not-ready', reason: 'unreachable' });
});

test('other seats have no line; a number that may not be called is refused', async () => {
  const rig = homeRig();
  expect(rig.lines.stateOf('1001')).toBeNull();
  rig.lines.onPhone('1001', false);
  expect(rig.events).toEqual([]);
  const abroad = { phone: 'outside', number: '0085212345678' } as const;
  const refusal = expect.objectContaining({ code: 'invalid-input' });
  expect(() => rig.seats.change('1001', abroad)).toThrow(refusal);
  expect(() => rig.seats.change('1001', { phone: 'outside' })).toThrow(refusal);
  expect(rig.seats.change('1003', { phone: 'sip' })).toMatchObject({ phone: 'sip', number: null });
  await expect(homeRig().seats.newPhone('1003')).rejects.toMatchObject({ code: 'not-now' });
});
