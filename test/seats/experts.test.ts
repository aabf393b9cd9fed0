import { expect, it } from 'vitest';
import { onDuty } from '../../src/seats/duty.ts';
import { createExperts } from '../../src/seats/experts.ts';
import { createExpertsRepo } from '../../src/seats/experts-repo.ts';
import { openStore } from '../../src/store/db.ts';

/** Sunday, 22 November 2026, in Shanghai. */
const at = (time: string) => Date.parse(`2026-11-22T${time}:00+08:00`);

const weekdays = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', who: '李医生' };
const sunday = { days: [7], from: '00:00', to: '24:00', who: '王医生' };

it('knows who is on duty by weekday, from the first minute to before the last', () => {
  const roster = { weekly: [weekdays, { ...sunday, from: '08:00', to: '12:00' }], dates: [] };
  expect(onDuty(roster, at('07:59'))).toBeNull();
  expect(onDuty(roster, at('08:00'))).toEqual({ who: '王医生', until: at('12:00') });
  expect(onDuty(roster, at('12:00'))).toBeNull();
});

it('a date that is named replaces its weekday, also by nobody', () => {
  const shifts = [{ from: '20:00', to: '24:00', who: '赵医生' }];
  const named = { weekly: [sunday], dates: [{ date: '2026-11-22', shifts }] };
  expect(onDuty(named, at('10:00'))).toBeNull();
  expect(onDuty(named, at('23:59'))?.who).toBe('赵医生');
  expect(
    onDuty({ weekly: [sunday], dates: [{ date: '2026-11-22', shifts: [] }] }, at('10:00')),
  ).toBeNull();
});

function directory() {
  const free = new Set<string>();
  const experts = createExperts({
    repo: createExpertsRepo(openStore(':memory:')),
    clock: { now: () => at('10:00') },
    knowsSeat: (seatId) => seatId === '8001',
    isFree: (seatId) => free.has(seatId),
    mayDial: () => true,
  });
  const base = { skill: 'health', enabled: true, seatId: null, number: null };
  return { experts, free, base };
}

it('shows agents who can be reached, and leads to where they are', () => {
  const { experts, free, base } = directory();
  const roster = { weekly: [sunday], dates: [] };
  const seat = experts.create({ ...base, name: '卫生', seatId: '8001', roster });
  const phone = experts.create({ ...base, name: '疾控', number: '057188886666', roster });
  const asleep = experts.create({
    ...base,
    name: '海关',
    number: '110',
    roster: { weekly: [weekdays], dates: [] },
  });
  const seen = experts.choices().map(({ name, kind, reachable }) => ({ name, kind, reachable }));
  expect(seen[0]).toEqual({ name: '疾控', kind: 'number', reachable: true });
  expect(JSON.stringify(experts.choices())).not.toContain('057188886666');
  expect(experts.choices().find(({ id }) => id === seat.id)?.reachable).toBe(false);
  free.add('8001');
  expect(experts.choices().find(({ id }) => id === seat.id)?.reachable).toBe(true);
  expect(experts.target(seat.id)).toEqual({ seatId: '8001' });
  expect(experts.target(phone.id)).toEqual({ number: '057188886666' });
  expect(() => experts.target(asleep.id)).toThrow(
    expect.objectContaining({ code: 'expert-off-duty' }),
  );
});

it('is changed and removed; a seat must exist', () => {
  const { experts, base } = directory();
  const roster = { weekly: [sunday], dates: [] };
  const input = { ...base, name: '税务', number: '12366', roster };
  const { id } = experts.create(input);
  experts.change(id, { ...input, enabled: false });
  expect(experts.choices()).toEqual([]);
  expect(() => experts.target(id)).toThrow(expect.objectContaining({ code: 'expert-off-duty' }));
  const nowhere = { ...input, number: null, seatId: '9999' };
  expect(() => experts.create(nowhere)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  experts.remove(id);
  expect(experts.all()).toEqual([]);
  expect(() => experts.remove(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
});
