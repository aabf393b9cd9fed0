import { beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src/kit/errors.ts';
import type { ActBody } from '../../src/orders/schema.ts';
import { as, buildHouse, type House, replied } from './rig.ts';

const visitor = as('visitor');
const HOUR_MS = 3_600_000;

let house: House;
let id: string;

/** It is nine in the morning, and the order's caller is to be visited. */
beforeEach(() => {
  house = buildHouse();
  id = replied(house);
  house.act(id, { do: 'accept-reply' }, as('reviewer'));
});

const tryInVain = (tried: ActBody['tried'], until?: number) =>
  house.act(id, { do: 'visit-try', tried, ...(until && { until }) }, visitor);
const giveUp = () => house.act(id, { do: 'close', notReached: true }, visitor);
const visit = () => house.reading.one(id, visitor).visit;
const missing = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error instanceof AppError ? error.values['reason'] : error;
  }
  return null;
};

test('whoever is not reached is tried at three times of day before the order is closed', async () => {
  expect(missing(giveUp)).toBe('tries-missing');
  tryInVain('no-answer');
  expect(visit()).toMatchObject({ counted: 1, needed: 3, mayClose: false });
  expect(visit()?.nextAt).toBe(house.clock.now() + 3 * HOUR_MS);
  await house.clock.advance(HOUR_MS);
  tryInVain('busy');
  expect(visit()?.counted, 'still the morning').toBe(1);
  await house.clock.advance(3 * HOUR_MS);
  tryInVain('wrong-number');
  await house.clock.advance(6 * HOUR_MS);
  expect(missing(giveUp)).toBe('tries-missing');
  tryInVain('no-answer');
  expect(visit()).toMatchObject({ counted: 3, mayClose: true, nextAt: null });
  expect(visit()?.tries).toMatchObject([
    { why: 'no-answer', person: 'visitor’s name' },
    { why: 'busy' },
    { why: 'wrong-number' },
    { why: 'no-answer' },
  ]);
  giveUp();
  const { state, folded } = house.orders.find(id);
  expect({ state, satisfied: folded.satisfied }).toEqual({ state: 'closed', satisfied: null });
  expect(house.facts.factsOf(id)).toMatchObject({ reached: false, rating: null });
});

test('each try is an event with its reason, and no other part writes one', () => {
  tryInVain('busy');
  const last = house.reading.one(id, visitor).timeline.at(-1);
  expect(last).toMatchObject({ move: 'visit-try', tried: 'busy', actor: 'visitor' });
  expect(missing(() => house.act(id, { do: 'visit-try' }, visitor))).toBe('no-tried');
  const others = () => house.act(id, { do: 'visit-try', tried: 'busy' }, as('reviewer'));
  expect(missing(others)).toBe('not-yours');
  expect(house.reading.one(id, as('reviewer')).visit).toBeNull();
});

test('a time that was agreed is kept, and lies ahead', () => {
  const at = house.clock.now() + 6 * HOUR_MS;
  expect(missing(() => tryInVain('call-later'))).toBe('no-date');
  tryInVain('call-later', at);
  expect(visit()).toMatchObject({ counted: 0, nextAt: at, tries: [{ until: at }] });
});

test('another round is tried anew', () => {
  tryInVain('no-answer');
  house.act(id, { do: 'ask-rework', why: '没修好', satisfied: false }, visitor);
  house.act(id, { do: 'agree' }, as('reviewer'));
  house.act(id, { do: 'redispatch', unitId: 'traffic' }, as('reviewer'));
  const operator = as('unit-operator');
  house.act(id, { do: 'sign' }, operator);
  house.act(id, { do: 'contact', proof: '已通话' }, operator);
  house.act(id, { do: 'reply', publicReply: '已修复' }, operator);
  house.act(id, { do: 'approve-reply' }, as('unit-leader'));
  house.act(id, { do: 'accept-reply' }, as('reviewer'));
  expect(visit()).toMatchObject({ counted: 0, tries: [] });
});
