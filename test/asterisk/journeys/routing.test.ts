import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Hotline } from '../../../config/hotline.ts';
import { type Call, placeCall } from '../../../scripts/sipp/place-call.ts';
import { untilHeard } from '../../support/hearing.ts';
import { exchange, type House, openHouse } from '../../support/house-rig.ts';
import { makeReady, openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { until } from '../../support/until.ts';

const company = '13810000001';
const citizen = '13810000002';
const resident = '13810000003';

let house: House;
let first: ReadySeat;
let second: ReadySeat;

/** A company comes two minutes earlier, the agent of the last call first; 12319 keeps holidays. */
function rules(doc: Hotline): void {
  doc.callers = {
    rules: [
      {
        id: 'company',
        when: { fact: 'attribute', attribute: 'enterprise' },
        steps: 2,
        queue: null,
      },
    ],
    lastAgentWithinMs: 3_600_000,
  };
  doc.holidays = [
    { name: { zh: '假期', en: 'Holiday' }, from: '2020-01-01', to: '2100-01-01', openAs: null },
  ];
  const everyDay = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' };
  doc.hours.push({
    id: 'working-days',
    name: { zh: '工作日', en: 'Working days' },
    open: [everyDay],
    keepsHolidays: true,
  });
  for (const entry of doc.entries) {
    if (entry.id === 'former-12319') entry.hours = 'working-days';
  }
}

beforeAll(async () => {
  house = await openHouse({ hotline: rules });
  first = await openSeat(house, '9001');
  second = await openSeat(house, '9002');
  const details = { name: '第一食品厂', attributes: ['enterprise'], language: null, note: '' };
  await house.admin.send('POST', '/callers', { number: `+86${company}`, ...details });
});

afterAll(async () => {
  first?.phone.close();
  second?.phone.close();
  await house?.close();
});

const dial = (from: string, to: string, keepHeard = false): Promise<Call> =>
  placeCall({ exchange, from, to, keepHeard });

/** Straight to a person: an unknown key ends the greeting. */
async function dialPerson(from: string): Promise<Call> {
  const call = await dial(from, '12315');
  await call.answered;
  call.press('4');
  return call;
}

async function rest({ api }: ReadySeat): Promise<void> {
  await api.send('POST', '/desk/not-ready', { reason: 'rest' });
}

async function over(call: Call, number: string): Promise<void> {
  await call.hangUp();
  await house.book.closes(number);
}

async function whyOf(number: string): Promise<string[]> {
  const reply = await house.admin.send(
    'GET',
    `/calls/${house.book.callsOf(number).at(-1)?.id ?? ''}/why`,
  );
  const shape = z.object({ reasons: z.array(z.object({ en: z.string() })) });
  return shape.parse(reply).reasons.map(({ en }) => en);
}

test('a company overtakes by the rule, and the explanation names it', async () => {
  await rest(first);
  await rest(second);
  const before = await dialPerson(citizen);
  await house.book.reaches(citizen, 'waiting');
  const after = await dialPerson(company);
  await house.book.reaches(company, 'waiting');
  await makeReady(first);
  await house.book.reaches(company, 'conversation');
  expect(house.book.callOf(citizen).stage).toBe('waiting');
  const why = await whyOf(company);
  expect(why).toContain('a registered caller: enterprise green channel');
  expect(why).toContain('by rule: enterprise green channel +2');
  await over(after, company);
  await over(before, citizen);
});

test('a caller who comes again is rung at the agent of the last call', async () => {
  await until(() => house.book.seatState('9001')?.state === 'ready', 'seat 9001 ready');
  const once = await dialPerson(resident);
  await house.book.reaches(resident, 'conversation');
  expect(house.book.callOf(resident).seatId).toBe('9001');
  await over(once, resident);
  await until(() => house.book.seatState('9001')?.state === 'ready', 'seat 9001 ready');
  await rest(first);
  await makeReady(second);
  await makeReady(first);
  // The second seat has been idle longer: without the rule it would be its turn.
  const again = await dialPerson(resident);
  const latest = () => house.book.callsOf(resident).at(-1);
  await until(() => latest()?.stage === 'conversation', 'a talk');
  expect(latest()?.seatId).toBe('9001');
  expect((await whyOf(resident)).join('\n')).toContain('who answered last time, was free');
  await again.hangUp();
});

test('a closed day is said to the caller, and the call ends as closed', async () => {
  const call = await dial('13810000004', '12319', true);
  await untilHeard(call, house.dataDir, 'zh/queue-closed');
  await call.ended;
  expect((await house.book.closes('13810000004')).ending).toBe('queue-closed');
});

test('a bulletin typed by a leader is heard before the wait, and skipped by a key', async () => {
  const made = await house.admin.send('POST', '/bulletins', {
    texts: { zh: '解放路水管爆裂，正在抢修，预计今晚八点恢复供水。' },
    scope: { queues: ['consumer'] },
  });
  const { id } = z.object({ id: z.string() }).parse(made);
  const call = await dial('13810000005', '12315', true);
  await call.answered;
  call.press('4');
  await untilHeard(call, house.dataDir, `../prompts-uploaded/zh/bulletin-${id.toLowerCase()}`);
  call.press('1');
  await house.book.reaches('13810000005', 'conversation');
  const told = house.book.eventsOf(house.book.callOf('13810000005').id);
  expect(told.filter(({ kind }) => kind === 'call.bulletin')).toMatchObject([{ skipped: true }]);
  await over(call, '13810000005');
  await house.admin.send('POST', `/bulletins/${id}/off`);
  const quiet = await dialPerson('13810000006');
  await house.book.reaches('13810000006', 'conversation');
  const silent = house.book.eventsOf(house.book.callOf('13810000006').id);
  expect(silent.map(({ kind }) => kind)).not.toContain('call.bulletin');
  await over(quiet, '13810000006');
});
