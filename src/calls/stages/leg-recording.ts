import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Leg } from '../ports.ts';
import { NO_ROOM } from '../recordings.ts';
import type { Ring } from '../stage.ts';

type RecordingHouse = Pick<House, 'clock' | 'log' | 'record' | 'mayRecord' | 'finishRecording'>;

/** Each leg is a recording of its own, from its answer to its end. */
export function startRecording(
  call: Pick<LiveCall, 'callId'>,
  house: RecordingHouse,
  ring: Ring,
  leg: Leg,
): void {
  const { seatId, agentId } = ring;
  const { recordingId } = leg;
  const at = house.clock.now();
  house.record({
    kind: 'recording.started',
    at,
    recordingId,
    callId: call.callId,
    seatId,
    agentId,
  });
  if (house.mayRecord()) return;
  house.log.error({ recordingId, callId: call.callId }, 'a conversation is not recorded: no room');
  house.record({ kind: 'recording.failed', at, recordingId, callId: call.callId, why: NO_ROOM });
}

/** When the leg is gone its recording is finished, off the call path. */
export function followRecording(
  call: Pick<LiveCall, 'callId'>,
  house: RecordingHouse,
  leg: Leg,
): void {
  const finish = () => house.finishRecording(leg.recordingId, call.callId);
  if (leg.gone.aborted) finish();
  else leg.gone.addEventListener('abort', finish, { once: true });
}
