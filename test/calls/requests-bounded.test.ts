import { expect, it } from 'vitest';
import { AppError } from '../../src/kit/errors.ts';
import { settle } from '../support/fake-clock.ts';
import { createRig } from './rig.ts';

it('of requests a call has no time for so many wait; more are refused by code, and the call goes on', async () => {
  const rig = createRig();
  const line = rig.dial('12315');
  await rig.clock.advance(1_000);
  const refused: unknown[] = [];
  for (let n = 0; n < 200; n += 1) {
    rig.calls.ask(rig.callId(), 'hold').catch((error: unknown) => refused.push(error));
  }
  await settle();
  expect(refused).toHaveLength(150);
  expect(refused.every((error) => error instanceof AppError && error.code === 'not-now')).toBe(
    true,
  );
  await rig.seat('1001', 'consumer');
  rig.telephony.answer('1001');
  await settle();
  expect(rig.told('call.connected')).toHaveLength(1);
  expect(line.hungUp).toBe(false);
});
