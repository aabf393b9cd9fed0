import { describe, expect, test } from 'vitest';
import { heldMeetingSchema } from '../../src/orders/supervision-schema.ts';
import {
  decisionsOf,
  fieldOf,
  isBegun,
  meetingOrder,
  standingOf,
  stateOf,
  timeIn,
  undecided,
} from '../../web/src/pages/supervision/meeting-state.ts';

const now = Date.parse('2026-11-22T10:00:00+08:00');
const hour = 3_600_000;

describe('joint meetings in the console', () => {
  test('what wants minutes stands on top, then what is to come, then what was held last', () => {
    const rows = [
      { id: 'held long ago', at: now - 9 * hour, heldAt: now - 8 * hour },
      { id: 'off', at: now - 4 * hour, heldAt: null, isCancelled: true },
      { id: 'held', at: now - 3 * hour, heldAt: now - hour },
      { id: 'to come', at: now + hour, heldAt: null },
      { id: 'due', at: now - hour, heldAt: null },
    ].map((row) => ({ isCancelled: false, ...row }));
    const told = rows.toSorted(meetingOrder).map((row) => [row.id, stateOf(row, now)]);
    expect(told).toEqual([
      ['due', 'due'],
      ['to come', 'planned'],
      ['held', 'held'],
      ['off', 'cancelled'],
      ['held long ago', 'held'],
    ]);
  });

  test('a time is typed in the hotline’s zone, wherever the browser stands', () => {
    expect(fieldOf(now)).toBe('2026-11-22T10:00');
    expect(timeIn(fieldOf(now))).toBe(now);
  });

  test('a decision is owed, late after its day, answered, settled', () => {
    const task = { closedAt: null, feedback: null, dueAt: now };
    const feedback = { at: now, person: '罗志强', text: '已办' };
    expect(standingOf({ ...task, dueAt: null }, now)).toBe('owed');
    expect(standingOf(task, now)).toBe('owed');
    expect(standingOf(task, now + 1)).toBe('late');
    expect(standingOf({ ...task, feedback }, now + 1)).toBe('answered');
    expect(standingOf({ ...task, feedback, closedAt: now }, now + 1)).toBe('settled');
  });

  test('only decisions with words are sent, to the end of their day, and none on what is over', () => {
    const orders = ['ruled', 'told', 'silent', 'over'].map((id) => ({
      id,
      mayDecide: id !== 'over',
    }));
    const decisions = decisionsOf(orders, {
      ruled: { text: ' 城管局牵头 ', unitId: 'cg', coUnitIds: ['hb'], until: '2026-11-30' },
      told: { ...undecided, text: '十日内答复' },
      silent: { ...undecided, until: '2026-11-30' },
      over: { ...undecided, text: '晚了' },
    });
    expect(decisions).toEqual([
      {
        orderId: 'ruled',
        text: '城管局牵头',
        unitId: 'cg',
        coUnitIds: ['hb'],
        until: Date.parse('2026-11-30T23:59:59+08:00'),
      },
      { orderId: 'told', text: '十日内答复' },
    ]);
    heldMeetingSchema.parse({ minutes: '纪要', decisions });
    expect(isBegun({ ...undecided, until: '2026-11-30' }), 'wants words').toBe(true);
    expect(isBegun(undecided)).toBe(false);
  });
});
