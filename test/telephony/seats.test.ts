import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LegGone } from '../../src/calls/ports.ts';
import { never, Rig, ringOf, soon } from './rig.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await Rig.open();
});

afterEach(async () => {
  await rig.close();
});

test('the order to ring carries our own ids and nothing that could be code', async () => {
  await rig.start();
  const ringing = rig.telephony.ringSeat(ringOf({ ringTimeoutMs: 4_200 }), never);
  await vi.waitFor(() => expect(rig.seen('channels.originateWithId')).toHaveLength(1), soon);
  expect(rig.seen('channels.originateWithId')[0]).toMatchObject({
    params: { channelId: 'leg-1', endpoint: 'PJSIP/S1', context: 'yihao-seat', timeout: '5' },
    body: { variables: { YIHAO_CALL: 'call-1', YIHAO_SEAT: 'S1', YIHAO_RECORDING: 'rec-1' } },
  });
  rig.answer();
  expect((await ringing).kind).toBe('answered');
  await expect(rig.telephony.ringSeat(ringOf({ seatId: 'S1,${EXTEN}' }), never)).rejects.toThrow(
    'not a plain id',
  );
});

test('an order nobody answers may ring all the same: an answer counts', async () => {
  await rig.start();
  rig.fake.answer = ({ operation }) =>
    operation === 'channels.originateWithId' ? 'never-answer' : undefined;
  const ringing = rig.telephony.ringSeat(ringOf(), never);
  await vi.waitFor(() => expect(rig.seen('channels.originateWithId')).toHaveLength(1), soon);
  rig.answer();
  expect((await ringing).kind).toBe('answered');
});

test('a refused order is unreachable', async () => {
  await rig.start();
  rig.fake.answer = ({ operation }) =>
    operation === 'channels.originateWithId' ? { status: 500 } : undefined;
  expect(await rig.telephony.ringSeat(ringOf(), never)).toEqual({
    kind: 'failed',
    why: 'unreachable',
  });
});

test('an answer that crosses with giving up is hung up', async () => {
  await rig.start();
  const stop = new AbortController();
  const ringing = rig.telephony.ringSeat(ringOf(), stop.signal);
  await vi.waitFor(() => expect(rig.seen('channels.originateWithId')).toHaveLength(1), soon);
  stop.abort(new Error('caller left'));
  await expect(ringing).rejects.toThrow('caller left');
  rig.tellOfLeg('ChannelDestroyed', { cause: 16 });
  await vi.waitFor(() => expect(rig.seen('channels.hangup')).toHaveLength(1), soon);
  rig.answer();
  await vi.waitFor(() => expect(rig.seen('channels.hangup')).toHaveLength(2), soon);
});

test('events that come twice, or after the end, change nothing', async () => {
  await rig.start();
  const ringing = rig.telephony.ringSeat(ringOf(), never);
  await vi.waitFor(() => expect(rig.seen('channels.originateWithId')).toHaveLength(1), soon);
  rig.answer();
  rig.answer();
  const result = await ringing;
  if (result.kind !== 'answered') throw new Error('not answered');
  rig.tellOfLeg('StasisEnd');
  rig.tellOfLeg('ChannelDestroyed', { cause: 44 });
  rig.tellOfLeg('ChannelDestroyed', { cause: 16 });
  await vi.waitFor(() => expect(result.leg.gone.aborted).toBe(true), soon);
  expect((result.leg.gone.reason as LegGone).by).toBe('seat-lost');

  const line = await rig.arrive();
  rig.fake.takeAway(line.channelId);
  rig.fake.emit({ type: 'StasisEnd', channel: { id: line.channelId } });
  await vi.waitFor(() => expect(line.gone.aborted).toBe(true), soon);
  await line.hangUp();
  expect(rig.seen('channels.hangup')).toHaveLength(0);
});

test('a caller whose seat was lost can still be put on hold', async () => {
  await rig.start();
  const line = await rig.arrive();
  rig.fake.answer = ({ operation }) => {
    if (operation === 'channels.originateWithId') setTimeout(() => rig.answer(), 5);
    return undefined;
  };
  const result = await rig.telephony.ringSeat(ringOf(), never);
  if (result.kind !== 'answered') throw new Error('not answered');
  const talk = await rig.telephony.join('call-1', line, result.leg);
  rig.tellOfLeg('ChannelDestroyed', { cause: 127 });
  await vi.waitFor(() => expect(result.leg.gone.aborted).toBe(true), soon);
  await talk.hold();
  expect(rig.seen('bridges.removeChannel')).toMatchObject([
    { params: { channel: line.channelId } },
  ]);
  expect(rig.seen('channels.startMoh')).toHaveLength(1);
});

test('a talk whose caller is just leaving leaves no bridge behind', async () => {
  await rig.start();
  const line = await rig.arrive();
  rig.fake.answer = ({ operation }) => {
    if (operation === 'channels.originateWithId') setTimeout(() => rig.answer(), 5);
    // Asterisk's word for a channel that is gone, before the event that says so.
    return operation === 'bridges.removeChannel' ? { status: 400 } : undefined;
  };
  const result = await rig.telephony.ringSeat(ringOf(), never);
  if (result.kind !== 'answered') throw new Error('not answered');
  const talk = await rig.telephony.join('call-1', line, result.leg);
  await talk.close();
  expect(rig.seen('bridges.destroy')).toHaveLength(1);
});
