import { expect } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import type { FakeLine } from '../support/fake-telephony.ts';
import type { createRig } from './rig.ts';

type Rig = ReturnType<typeof createRig>;

/** A caller who has waited a minute on 12315 and presses the key. */
export async function askedToBeCalledBack(rig: Rig, from = '13812345678'): Promise<FakeLine> {
  const line = rig.dial('12315', from);
  await rig.clock.advance(70_000);
  line.press('1');
  await settle();
  return line;
}

/** They have heard the confirmation and are gone. */
export async function hungUp(rig: Rig, line: FakeLine): Promise<void> {
  await rig.clock.advance(5_000);
  expect(line.hungUp).toBe(true);
}

/** The caller's phone, answered. */
export async function phone(rig: Rig): Promise<FakeLine> {
  rig.telephony.answerOutside();
  await settle();
  const line = rig.telephony.called.at(-1);
  if (!line) throw new Error('nobody was called');
  return line;
}

/** Seat 1001 has the virtual caller's turn, and its agent has answered. */
export async function dialling(rig: Rig) {
  rig.telephony.clock = rig.clock;
  await rig.seat('1001', 'consumer');
  const leg = rig.telephony.answer('1001');
  await settle();
  return leg;
}

/** What is promised to a number. */
export function wish(rig: Rig, number = '13812345678') {
  return rig.repo.openCallBacks(number)[0];
}
