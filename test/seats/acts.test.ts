import { expect, it } from 'vitest';
import type { NewEvent } from '../../src/events.ts';
import { createActs } from '../../src/seats/acts.ts';
import type { DialCall, EarlierCall } from '../../src/seats/ports.ts';
import { createSeatsRig } from './rig.ts';

const earlier: Record<string, EarlierCall> = {
  mine: { agentId: 'li', caller: '13812345678', queueId: 'r', language: 'en' },
  other: { agentId: 'wang', caller: '13912345678', queueId: 'q', language: 'zh' },
  hidden: { agentId: 'li', caller: '', queueId: 'q', language: 'zh' },
  a: { agentId: 'li', caller: '13812345678', queueId: 'q', language: 'zh' },
};

/** Li sits at 1001, ready; 1002 is free for a leader. */
function rigged() {
  const rig = createSeatsRig();
  const dialled: Parameters<DialCall>[0][] = [];
  const events: NewEvent[] = [];
  const acts = createActs({
    desk: rig.desk,
    dispatcher: { submit: rig.submit, engine: rig.engine },
    phones: { isPhoneReachable: (seatId) => rig.reachable.has(seatId) },
    dialCall: (wanted) => {
      dialled.push(wanted);
      return 'new';
    },
    earlierCall: (callId) => earlier[callId],
    isLeader: (personId) => personId === 'chen',
    clock: rig.clock,
    record: (event) => void events.push(event),
    settings: () => ({
      queueIds: ['q', 'r'],
      tags: [
        { code: 'urgent', queues: [] },
        { code: 'wages', queues: ['r'] },
      ],
      helpSeats: [],
    }),
  });
  rig.reachable.add('1001');
  rig.desk.signIn('li', '1001');
  rig.desk.ready('li');
  return { ...rig, acts, dialled, events };
}

function talking() {
  const rig = rigged();
  rig.submit({
    kind: 'caller-entered',
    callId: 'a',
    queueId: 'q',
    priority: 0,
    arrivedAt: rig.clock.now(),
    lastAgentId: null,
  });
  rig.submit({ kind: 'seat-answered', callId: 'a', seatId: '1001', attempt: 1 });
  return rig;
}

const code = (wanted: string) => expect.objectContaining({ code: wanted });

it('a number is dialled for the seat’s queue, an earlier caller for the queue of that call', () => {
  const { acts, dialled } = rigged();
  acts.dial('li', { number: '057188886666' });
  acts.dial('li', { callId: 'mine', seesAll: false });
  acts.dial('li', { callId: 'other', seesAll: true, queueId: 'r' });
  expect(dialled).toMatchObject([
    { seatId: '1001', number: '057188886666', queueId: 'q', ofCallId: null },
    { number: '13812345678', queueId: 'r', language: 'en', ofCallId: 'mine' },
    { number: '13912345678', queueId: 'r', ofCallId: 'other' },
  ]);
});

it('nobody calls another agent’s caller, a hidden number, or without a phone', () => {
  const { acts, dialled, reachable } = rigged();
  const dial = (callId: string) => () => acts.dial('li', { callId, seesAll: false });
  expect(dial('other')).toThrow(code('not-found'));
  expect(dial('gone')).toThrow(code('not-found'));
  expect(dial('hidden')).toThrow(code('number-withheld'));
  const nowhere = { number: '110', queueId: 'gone' };
  expect(() => acts.dial('li', nowhere)).toThrow(code('invalid-input'));
  reachable.delete('1001');
  expect(dial('mine')).toThrow(code('phone-unreachable'));
  expect(dialled).toEqual([]);
});

it('a call is tagged with what its queue offers, in the talk and in wrap-up', () => {
  const { acts, events, submit } = talking();
  acts.tag('li', ['urgent', 'urgent']);
  expect(() => acts.tag('li', ['wages'])).toThrow(code('invalid-input'));
  submit({ kind: 'talk-ended', callId: 'a', seatId: '1001', by: 'caller' });
  acts.tag('li', []);
  expect(events).toMatchObject([
    { kind: 'call.tagged', callId: 'a', tags: ['urgent'] },
    { kind: 'call.tagged', tags: [] },
  ]);
});

it('help rings a leader who has no call, ready or not; nobody else', async () => {
  const { acts, desk, reachable, asked, events } = talking();
  await expect(acts.help('li', true)).rejects.toThrow(code('no-leader'));
  desk.signIn('chen', '1002');
  await expect(acts.help('li', true)).rejects.toThrow(code('no-leader'));
  reachable.add('1002');
  await acts.help('li', true);
  expect(asked).toEqual(['{"do":"invite","seatId":"1002","hold":true,"unasked":true} a']);
  expect(events).toMatchObject([{ kind: 'call.help-asked', seatId: '1001', toSeatId: '1002' }]);
});

it('a call that is being dialled can be given up, and forbids leaving the seat', async () => {
  const { desk, submit, asked } = rigged();
  submit({ kind: 'seat-dials', callId: 'new', seatId: '1001' });
  expect(desk.of('li')).toMatchObject({ state: 'ringing', dialling: true });
  expect(() => desk.signOut('li')).toThrow(code('not-now'));
  await expect(desk.ask('li', 'hold')).rejects.toThrow(code('not-now'));
  await desk.ask('li', 'hang-up');
  expect(asked).toEqual(['hang-up new']);
});
