import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Api } from '../../../scripts/demo/api.ts';
import { isHeard, untilHeard } from '../../support/hearing.ts';
import { type Caller, dial } from '../../support/house-caller.ts';
import { type House, openHouse } from '../../support/house-rig.ts';
import { openAccount } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { until } from '../../support/until.ts';

// Callers who key number and query code hear where their order stands, on the real exchange.

const orderShape = z.looseObject({
  id: z.string(),
  number: z.string().nullable(),
  queryCode: z.string().nullable(),
  urged: z.number(),
});

let house: House;
let order: z.infer<typeof orderShape>;
/** Does everybody's part in an order. */
let clerk: Api;

/** An order that was filed, handled and replied to; it lies with the people who visit. */
beforeAll(async () => {
  house = await openHouse();
  const { admin } = house;
  const parts = ['agent', 'dispatcher', 'unit-operator', 'unit-leader', 'reviewer'];
  const { id: me, api } = await openAccount(house, 'everybody', '3001', parts);
  clerk = api;
  const unit = { id: 'traffic', parentId: null, name: '市交通警察支队', dutyPersonId: me };
  await admin.send('PUT', '/units', unit);
  await admin.send('PUT', `/units/members/${me}`, { unitId: 'traffic' });
  const form = {
    type: 'help',
    matter: 'M999',
    area: '440105',
    title: '路口信号灯不亮',
    content: '天河路口信号灯不亮',
    callerNumber: '13800001111',
  };
  const read = (answer: unknown) => orderShape.parse(answer);
  order = read(await clerk.send('POST', '/orders', form));
  const moves = [
    { do: 'submit' },
    { do: 'dispatch', unitId: 'traffic' },
    { do: 'sign' },
    { do: 'contact', proof: '已通话' },
    { do: 'reply', publicReply: '信号灯已于今天上午修复。' },
    { do: 'approve-reply' },
    { do: 'accept-reply' },
  ];
  for (const move of moves) {
    order = read(await clerk.send('POST', `/orders/${order.id}/moves`, move));
  }
});

afterAll(() => house?.close());

const hears = ({ call }: Caller, prompt: string) => untilHeard(call, house.dataDir, prompt);

/** A caller who chose 8 and 1 and has been asked for the number. */
async function asks(): Promise<Caller> {
  const caller = await dial('12345', { keepHeard: true });
  await caller.call.answered;
  caller.call.press('8');
  await hears(caller, 'zh/menu-my-request');
  caller.call.press('1');
  await hears(caller, 'zh/progress-number');
  return caller;
}

const spoken = () => {
  try {
    return readdirSync(join(house.dataDir, 'prompts-spoken/zh')).filter((name) =>
      name.endsWith('.wav'),
    );
  } catch {
    return [];
  }
};

test('the state and the reply are heard, the unit is urged by key, nothing spoken stays behind', async () => {
  const caller = await asks();
  caller.call.press(`${order.number?.slice(-6)}#`);
  await hears(caller, 'zh/progress-code');
  caller.call.press(order.queryCode ?? '');
  await hears(caller, 'zh/progress-replied');
  await hears(caller, 'zh/progress-reply');
  const [file] = spoken();
  expect(file).toMatch(/^told-/);
  await hears(caller, `../prompts-spoken/zh/${file?.replace('.wav', '')}`);
  await hears(caller, 'zh/progress-keys');
  caller.call.press('1');
  await hears(caller, 'zh/progress-urged');
  await caller.call.hangUp();
  expect(await house.book.closes(caller.number)).toMatchObject({ ending: 'self-served' });
  const seen = orderShape.parse(await clerk.send('GET', `/orders/${order.id}`));
  expect(seen.urged).toBe(1);
  await until(() => spoken().length === 0, 'the spoken reply is gone');
  expect(house.logged.join('\n'), 'the code is in no log').not.toContain(order.queryCode);
  await expectNothingLeft(house);
});

test('three wrong codes lead to a person, who hears no state', async () => {
  const caller = await asks();
  const { id } = house.book.callOf(caller.number);
  const tries = () =>
    house.book
      .eventsOf(id)
      .filter(({ stage }) => stage === 'progress')
      .map(({ data }) => (data as { tries: number }).tries);
  for (const [n, wrong] of ['00000000', '00000001', '00000002'].entries()) {
    await until(() => tries().length > n, 'the number is asked');
    caller.call.press(`${order.number}#${wrong}`);
  }
  await hears(caller, 'zh/progress-too-many');
  const { queueId } = await house.book.reaches(caller.number, 'waiting');
  expect(queueId).toBe('general');
  expect(tries()).toEqual([0, 1, 2]);
  expect(isHeard(caller.call.heard(), house.dataDir, 'zh/progress-replied')).toBe(false);
  await caller.call.hangUp();
  await house.book.closes(caller.number);
  await expectNothingLeft(house);
});
