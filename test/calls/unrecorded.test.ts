import { expect, test } from 'vitest';
import { createRig } from './rig.ts';

test('without room on the disk a conversation is held, unrecorded, and said so at once', async () => {
  const rig = createRig();
  rig.room.forRecordings = false;
  await rig.seat('1001', 'consumer');
  const line = rig.dial('12315');
  await rig.clock.advance(3_000);
  expect(rig.telephony.rings.at(-1)?.request.unrecorded).toBe(true);
  rig.telephony.answer('1001');
  await rig.clock.advance(100);
  const [started] = rig.told('recording.started');
  expect(rig.told('recording.failed')).toMatchObject([
    { recordingId: started?.recordingId, why: 'no room on the disk' },
  ]);
  expect(rig.told('call.connected')).toHaveLength(1);
  expect(line.hungUp).toBe(false);
});
