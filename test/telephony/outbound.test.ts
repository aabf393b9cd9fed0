import { expect, test } from 'vitest';
import { OutboundDoor, type OutboundRules } from '../../telephony/outbound.ts';
import { FakeClock } from '../support/fake-clock.ts';

const rules: OutboundRules = {
  host: '127.0.0.1',
  port: 5060,
  prefix: '',
  allowed: ['110', '0571XXXXXXXX', '400*', '+861*'],
  callerId: '12345',
  maxConcurrent: 2,
  maxPerMinute: 3,
};

test.each([
  ['110', null],
  ['1100', 'not-allowed'],
  ['057188886666', null],
  ['05718888666', 'not-allowed'],
  ['400123', null],
  ['+8613800000000', null],
  ['008613800000000', 'not-allowed'],
  ['110@evil', 'not-allowed'],
  ['', 'not-allowed'],
] as const)('%s: %s', (number, refusal) => {
  expect(new OutboundDoor(rules, new FakeClock()).refusal(number)).toBe(refusal);
});

test('without rules nobody outside is called', () => {
  expect(new OutboundDoor(null, new FakeClock()).refusal('110')).toBe('not-allowed');
});

test('only so many at once', () => {
  const door = new OutboundDoor(rules, new FakeClock());
  const first = new AbortController();
  door.passed(first.signal);
  door.passed(new AbortController().signal);
  expect(door.refusal('110')).toBe('too-many');
  first.abort();
  expect(door.refusal('110')).toBeNull();
});

test('only so many in a minute', async () => {
  const clock = new FakeClock();
  const door = new OutboundDoor(rules, clock);
  for (let call = 0; call < 3; call += 1) door.passed(AbortSignal.abort());
  expect(door.refusal('110')).toBe('too-many');
  await clock.advance(60_000);
  expect(door.refusal('110')).toBeNull();
});
