import { describe, expect, it } from 'vitest';
import type { Hotline } from '../../config/hotline.ts';
import { explain } from '../../src/calls/why.ts';
import type { DomainEvent } from '../../src/events.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

const minuteMs = 60_000;
const names = {
  entry: (id: string) => id,
  queue: (id: string) => id,
  agent: (id: string) => id,
  seat: (id: string) => id,
  result: (code: string) => code,
  tag: (code: string) => code,
};

function rules(doc: Hotline): void {
  doc.callers = {
    rules: [
      {
        id: 'company',
        when: { fact: 'attribute', attribute: 'enterprise' },
        steps: 3,
        queue: null,
      },
      { id: 'elder', when: { fact: 'attribute', attribute: 'elder' }, steps: 2, queue: 'general' },
      { id: 'again', when: { fact: 'repeat', withinMs: 60 * minuteMs }, steps: 1, queue: null },
    ],
    lastAgentWithinMs: 60 * minuteMs,
  };
}

function whyOf(rig: ReturnType<typeof createRig>, callId: string): string[] {
  const events = rig.events.map((event, index): DomainEvent => ({ ...event, seq: index + 1 }));
  const own = events.filter((event) => 'callId' in event && event.callId === callId);
  expect(explain(own, names).every(({ zh }) => zh !== '')).toBe(true);
  return explain(own, names).map(({ en }) => en);
}

describe('a known caller', () => {
  it('overtakes by the steps of the rule, and by no more', async () => {
    const rig = createRig(rules);
    rig.known.set('13900000001', { attributes: ['enterprise'], language: null });
    const early = rig.dial('12315', '13900000009');
    await rig.clock.advance(2 * minuteMs);
    rig.dial('12315', '13900000002');
    await rig.clock.advance(2 * minuteMs);
    rig.dial('12315', '13900000001');
    await rig.clock.advance(2_000);
    const [first, second, company] = rig.told('call.arrived').map(({ callId }) => callId);
    const order: (string | undefined)[] = [];
    for (const seatId of ['1001', '1002', '1003']) {
      await rig.seat(seatId, 'consumer');
      order.push(rig.told('call.ringing').at(-1)?.callId);
    }
    // Three minutes ahead: before the caller of two minutes ago, behind the one of four.
    expect(order).toEqual([first, company, second]);
    expect(early.gone.aborted).toBe(false);
    expect(whyOf(rig, company ?? '')).toEqual([
      'dialled 12315: consumer-line',
      'a registered caller: enterprise green channel',
      'by rule: enterprise green channel +3',
      'queued for consumer, priority 3: as if 180 s earlier',
      'rang at seat 1002: it had been idle longest (level 1)',
    ]);
  });

  it('is led to the queue of the rule, unless a key chose one', async () => {
    const rig = createRig(rules);
    rig.known.set('13900000001', { attributes: ['elder'], language: null });
    rig.dial('12315', '13900000001');
    await rig.clock.advance(2_000);
    const line = rig.dial('12315', '13900000001');
    await settle();
    line.press('5');
    await rig.clock.advance(2_000);
    expect(rig.told('call.queued')).toMatchObject([
      { queueId: 'general', priority: 2 },
      { queueId: 'consumer', priority: 4 },
    ]);
    expect(rig.told('call.rules-applied').map(({ moved }) => moved)).toEqual([true, false]);
  });

  it('is greeted in the language of the register', async () => {
    const rig = createRig(rules);
    rig.known.set('13900000001', { attributes: [], language: 'yue' });
    const line = rig.dial('12315', '13900000001');
    await rig.clock.advance(2_000);
    expect(line.heard).toEqual(['yue:greeting-12315']);
    expect(rig.told('call.arrived')).toMatchObject([{ language: 'yue' }]);
    expect(rig.told('call.known')).toMatchObject([{ language: 'yue' }]);
  });
});

describe('a caller who was here before', () => {
  it('gets the steps for an open matter', async () => {
    const rig = createRig(rules);
    const at = rig.clock.now();
    rig.remember(() => [{ arrivedAt: at - 5 * minuteMs, agentId: null, isOpen: true }]);
    rig.dial('12315');
    await rig.clock.advance(2_000);
    expect(rig.told('call.queued')).toMatchObject([{ priority: 1 }]);
    expect(rig.told('call.last-agent')).toEqual([]);
  });

  it('is rung at the agent of the last call, if free, though another is idle longer', async () => {
    const rig = createRig(rules);
    const at = rig.clock.now();
    rig.remember(() => [{ arrivedAt: at - minuteMs, agentId: 'agent-1002', isOpen: false }]);
    await rig.seat('1001', 'consumer');
    await rig.seat('1002', 'consumer');
    rig.dial('12315');
    await rig.clock.advance(2_000);
    expect(rig.told('call.ringing')).toMatchObject([{ seatId: '1002', chosenBy: 'last-agent' }]);
    expect(rig.told('call.last-agent')).toMatchObject([{ outcome: 'free' }]);
    rig.telephony.answer('1002');
    await settle();
    rig.dial('12315');
    await rig.clock.advance(2_000);
    expect(rig.told('call.last-agent').at(-1)).toMatchObject({ outcome: 'not-free' });
    expect(whyOf(rig, rig.callId())).toContain('agent-1002, who answered last time, was not free');
    expect(rig.told('call.ringing').at(-1)).toMatchObject({ seatId: '1001' });
  });

  it.each([
    ['agent-gone', 'not-signed-in'],
    ['agent-1003', 'not-in-queue'],
  ])('%s is not waited for: %s', async (agentId, outcome) => {
    const rig = createRig(rules);
    const at = rig.clock.now();
    rig.remember(() => [{ arrivedAt: at - minuteMs, agentId, isOpen: false }]);
    await rig.seat('1001', 'consumer');
    await rig.seat('1003', 'general');
    rig.dial('12315');
    await rig.clock.advance(2_000);
    expect(rig.told('call.last-agent')).toMatchObject([{ outcome }]);
    expect(rig.told('call.ringing')).toMatchObject([{ seatId: '1001' }]);
  });
});

describe('an entry that is closed', () => {
  const closed = (doc: Hotline) => {
    doc.hours.push({
      id: 'never',
      name: { zh: '不开放', en: 'Never' },
      open: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
      keepsHolidays: true,
    });
    doc.holidays = [
      { name: { zh: '长假', en: 'Holiday' }, from: '1970-01-01', to: '2100-01-01', openAs: null },
    ];
    for (const entry of doc.entries) entry.hours = 'never';
  };
  it('says so and counts the caller as turned away', async () => {
    const rig = createRig(closed);
    const line = rig.dial('12315');
    await rig.clock.advance(3_000);
    expect(line.heard).toEqual(['zh:queue-closed']);
    expect(rig.told('call.turned-away')).toMatchObject([{ queueId: 'consumer', why: 'closed' }]);
    expect(rig.endings()).toEqual(['queue-closed']);
  });

  it('leads to the queue of its outcome', async () => {
    const rig = createRig((doc) => {
      closed(doc);
      for (const entry of doc.entries) entry.onClosed = { do: 'queue', queue: 'general' };
    });
    rig.dial('12315');
    await rig.clock.advance(3_000);
    expect(rig.told('call.queued')).toMatchObject([{ queueId: 'general' }]);
  });
});
