import { describe, expect, it } from 'vitest';
import { createCounting } from '../../src/counting/fold.ts';
import { settle } from '../support/fake-clock.ts';
import { restart, sameLine } from './restarted.ts';
import { createRig } from './rig.ts';

const officer = '13900001111';
const citizen = '13812345678';
const wanted = { callId: 'relay-1', orderId: 'order-1', personId: 'officer', officer, citizen };

/** The officer's telephone rings. */
async function placed() {
  const rig = createRig();
  rig.calls.relay(wanted);
  await settle();
  const numbers = () => rig.telephony.dials.map(({ request }) => request.number);
  return { rig, numbers };
}

/** The officer has answered and hears what to press. */
async function answered() {
  const relay = await placed();
  relay.rig.telephony.answerOutside(officer);
  await settle();
  const [line] = relay.rig.telephony.called;
  if (!line) throw new Error('nobody was called');
  return { ...relay, line };
}

/** The citizen is rung. */
async function dialling() {
  const relay = await answered();
  relay.line.press('1');
  await settle();
  return relay;
}

/** The citizen has answered and is told that the talk will be recorded. */
async function told() {
  const relay = await dialling();
  const leg = relay.rig.telephony.answerOutside(citizen);
  await settle();
  return { ...relay, leg };
}

async function talking() {
  const relay = await told();
  await relay.rig.clock.advance(1_000);
  return relay;
}

describe('an officer speaks to a citizen through the hotline’s number', () => {
  it('calls the officer first, and the citizen once a key says that a person is there', async () => {
    const { rig, numbers } = await placed();
    expect(numbers()).toEqual([officer]);
    rig.telephony.answerOutside(officer);
    await settle();
    const [line] = rig.telephony.called;
    expect(line?.heard).toEqual(['zh:relay-confirm']);
    expect(numbers()).toEqual([]);
    line?.press('1');
    await settle();
    expect(numbers()).toEqual([citizen]);
    expect(line?.music).toBe(true);
  });

  it('is a recorded call of the order, as long as the two spoke', async () => {
    const { rig, line, leg } = await talking();
    expect(rig.telephony.acts.at(-1)).toBe(`join relay-1 ${citizen}`);
    expect(rig.telephony.recordedOn).toEqual([citizen]);
    await rig.clock.advance(192_000);
    leg.leave();
    await settle();
    expect(line.hungUp).toBe(true);
    expect(rig.repo.call('relay-1')).toMatchObject({
      direction: 'out',
      orderId: 'order-1',
      agentId: 'officer',
      caller: citizen,
      queueId: null,
      seatId: null,
      talkMs: 192_000,
      ending: 'relayed',
      stage: null,
    });
    expect(rig.repo.recordingsOf('relay-1')).toMatchObject([{ agentId: 'officer' }]);
    expect(rig.finished).toHaveLength(1);
  });

  it('tells the citizen that it is recorded before the two hear each other', async () => {
    const { rig, line } = await told();
    const notice = `say zh:relay-notice to ${citizen}`;
    expect(rig.telephony.acts).toEqual([notice]);
    expect(line.music, 'the officer goes on waiting').toBe(true);
    expect(rig.telephony.recordedOn).toEqual([]);
    await rig.clock.advance(1_000);
    expect(rig.telephony.acts).toEqual([notice, `join relay-1 ${citizen}`]);
    expect(rig.told('call.relay-joined')).toHaveLength(1);
  });

  it('is a call refused when the citizen hangs up on hearing so', async () => {
    const { rig, line, leg } = await told();
    leg.leave();
    await rig.clock.advance(2_000);
    expect(line.heard.at(-1)).toBe('zh:relay-not-reached');
    expect(rig.endings()).toEqual(['out-refused']);
    expect(rig.repo.call('relay-1')).toMatchObject({ connectedAt: null, talkMs: null });
  });

  it('lets the citizen go when the officer hangs up while they are told', async () => {
    const { rig, line, leg } = await told();
    line.leave();
    await settle();
    expect(leg.gone.aborted).toBe(true);
    expect(rig.endings()).toEqual(['relay-given-up']);
    expect(rig.telephony.acts).toEqual([`say zh:relay-notice to ${citizen}`]);
  });

  it('ends for the citizen when the officer hangs up', async () => {
    const { rig, line, leg } = await talking();
    line.leave();
    await settle();
    expect(leg.gone.aborted).toBe(true);
    expect(rig.endings()).toEqual(['relayed']);
  });

  it.each(['no-answer', 'busy', 'refused'] as const)(
    'calls no citizen when the officer does not come to the telephone: %s',
    async (why) => {
      const { rig, numbers } = await placed();
      rig.telephony.failOutside(why);
      await settle();
      expect(numbers()).toEqual([]);
      expect(rig.endings()).toEqual(['relay-officer-missed']);
    },
  );

  it('calls no citizen for a mailbox: nobody presses the key, however often it speaks', async () => {
    const { rig, line, numbers } = await answered();
    await rig.clock.advance(60_000);
    expect(line.heard).toEqual(['zh:relay-confirm', 'zh:relay-confirm']);
    expect(numbers()).toEqual([]);
    expect(rig.endings()).toEqual(['relay-officer-missed']);
    expect(line.hungUp).toBe(true);
  });

  it.each([
    ['no-answer', 'out-no-answer'],
    ['busy', 'out-busy'],
    ['unreachable', 'out-unreachable'],
    ['too-many', 'out-unreachable'],
  ] as const)('tells the officer that the citizen was not reached: %s', async (why, ending) => {
    const { rig, line } = await dialling();
    rig.telephony.failOutside(why);
    await rig.clock.advance(2_000);
    expect(line.heard.at(-1)).toBe('zh:relay-not-reached');
    expect(rig.endings()).toEqual([ending]);
    expect(rig.repo.call('relay-1')).toMatchObject({ connectedAt: null, talkMs: null });
  });

  it('rings the citizen no longer when the officer gives up', async () => {
    const { rig, line, numbers } = await dialling();
    line.leave();
    await settle();
    expect(numbers()).toEqual([]);
    expect(rig.endings()).toEqual(['relay-given-up']);
  });

  it('goes only where the operator allows, and only with an exchange', () => {
    const rig = createRig();
    const relay = () => rig.calls.relay(wanted);
    rig.telephony.connected = false;
    expect(relay).toThrow(expect.objectContaining({ code: 'exchange-lost' }));
    rig.telephony.connected = true;
    rig.telephony.forbidden.add(citizen);
    expect(relay).toThrow(expect.objectContaining({ code: 'number-not-allowed' }));
    expect(rig.events.filter(({ kind }) => kind === 'call.relay-placed')).toEqual([]);
  });

  it('is refused to who has placed five calls of their own within the hour, and to nobody else', async () => {
    const rig = createRig();
    await rig.seat('1001', 'consumer');
    const relay = (at: number, personId = 'agent-1001') =>
      rig.calls.relay({ ...wanted, callId: `relay-${at}`, personId });
    for (let at = 0; at < 5; at += 1) {
      relay(at);
      await settle();
      rig.telephony.failOutside('no-answer');
      await settle();
    }
    const tooOften = expect.objectContaining({ code: 'dialled-too-often' });
    expect(() => relay(5)).toThrow(tooOften);
    const dial = { queueId: 'consumer', language: 'zh', ofCallId: null } as const;
    const ownDial = () => rig.calls.dial({ ...dial, seatId: '1001', number: citizen });
    expect(ownDial, 'from their seat, too').toThrow(tooOften);
    expect(rig.dispatcher.engine.seat('1001')).toMatchObject({ state: 'ready' });
    relay(6, 'another');
    await rig.clock.advance(3_600_000);
    expect(ownDial).not.toThrow();
  });

  it('is no part of any figure', async () => {
    const { rig, leg } = await talking();
    leg.leave();
    await settle();
    const counted: string[] = [];
    const counting = createCounting({
      limits: { serviceLevelMs: () => 15_000, shortAbandonMs: () => 5_000 },
      count: (_, counter) => void counted.push(counter),
    });
    rig.events.forEach((event, at) => counting.apply({ ...event, seq: at + 1 }));
    expect(counted).toEqual([]);
  });
});

describe('over a restart of the server', () => {
  it('the two go on talking, and the talk is as long as it was', async () => {
    const { rig, line, leg } = await talking();
    const next = await restart(rig, [sameLine(rig, line)], [], [leg]);
    expect(next.telephony.acts).toEqual([`rejoin relay-1 ${citizen}`]);
    expect(next.telephony.recordedOn, 'the recording goes on by itself').toEqual([]);
    expect(next.told('call.relay-joined')).toEqual([]);
    leg.leave();
    await settle();
    expect(next.endings()).toEqual(['relayed']);
  });

  it('a citizen who was still being called is called no longer', async () => {
    const { rig, line } = await dialling();
    const left = sameLine(rig, line);
    const next = await restart(rig, [left]);
    expect(left.hungUp).toBe(true);
    expect(next.endings()).toEqual(['server-lost']);
  });
});
