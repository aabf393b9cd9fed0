import { describe, expect, test } from 'vitest';
import { type VisitTry, visitStanding } from '../../src/order-rules/visit-tries.ts';

const at = (time: string) => Date.parse(`${time}:00+08:00`);
const tried = (time: string, why: VisitTry['why'] = 'no-answer', until?: string): VisitTry => ({
  at: at(time),
  personId: 'visitor',
  why,
  until: until === undefined ? null : at(until),
});
const standing = (now: string, ...visitTries: VisitTry[]) =>
  visitStanding({ visitTries }, 3, at(now));

const monday = '2026-05-11';
const tuesday = '2026-05-12';

describe('a visit may be given up', () => {
  test('after three tries at different times of day', () => {
    const first = tried(`${monday}T09:00`);
    const second = tried(`${monday}T15:00`, 'busy');
    expect(standing(`${monday}T15:01`, first, second)).toEqual({
      counted: 2,
      needed: 3,
      mayClose: false,
      nextAt: at(`${monday}T18:00`),
    });
    const third = tried(`${monday}T19:00`);
    expect(standing(`${monday}T19:01`, first, second, third)).toEqual({
      counted: 3,
      needed: 3,
      mayClose: true,
      nextAt: null,
    });
  });

  test('another try in the same part of the same day counts for nothing', () => {
    const again = [tried(`${monday}T09:00`), tried(`${monday}T11:59`, 'busy')];
    const { counted, nextAt } = standing(`${monday}T11:59`, ...again);
    expect({ counted, nextAt }).toEqual({ counted: 1, nextAt: at(`${monday}T12:00`) });
  });

  test('three mornings are no three times of day', () => {
    const mornings = ['10', '11', '12'].map((day) => tried(`2026-05-${day}T09:00`));
    const { counted, mayClose, nextAt } = standing(`${tuesday}T09:01`, ...mornings);
    expect({ counted, mayClose }).toEqual({ counted: 2, mayClose: false });
    expect(nextAt).toBe(at(`${tuesday}T12:00`));
    expect(standing(`${tuesday}T12:01`, ...mornings, tried(`${tuesday}T12:00`)).mayClose).toBe(
      true,
    );
  });

  test('what counts next is said also for the evening before', () => {
    const evenings = [tried('2026-05-10T20:00'), tried(`${monday}T20:00`)];
    expect(standing(`${monday}T20:01`, ...evenings).nextAt).toBe(at(`${tuesday}T08:00`));
    expect(standing(`${monday}T07:00`).nextAt).toBe(at(`${monday}T07:00`));
  });

  test('who asked to be called later was reached: counted anew from the time they named', () => {
    const agreed = [
      tried(`${monday}T09:00`),
      tried(`${monday}T13:00`, 'call-later', `${tuesday}T15:00`),
    ];
    const { counted, nextAt } = standing(`${monday}T13:01`, ...agreed);
    expect({ counted, nextAt }).toEqual({ counted: 0, nextAt: at(`${tuesday}T15:00`) });
    const early = standing(`${tuesday}T09:01`, ...agreed, tried(`${tuesday}T09:00`));
    expect(early.counted).toBe(0);
    expect(standing(`${tuesday}T15:02`, ...agreed, tried(`${tuesday}T15:01`)).counted).toBe(1);
  });

  test('where one try is enough, one time of day is, too', () => {
    const visitTries = [tried(`${monday}T09:00`)];
    expect(visitStanding({ visitTries }, 1, at(`${monday}T09:01`)).mayClose).toBe(true);
  });
});
