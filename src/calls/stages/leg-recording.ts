import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Leg, OutsideLeg } from '../ports.ts';
import { NO_ROOM } from '../recordings.ts';
import type { Outside, Ring } from '../stage.ts';

type RecordingHouse = Pick<House, 'clock' | 'log' | 'record' | 'mayRecord' | 'finishRecording'>;

/** Each leg is a recording of its own, from its answer to its end. */
export function startRecording(
  call: Pick<LiveCall, 'callId'>,
  house: RecordingHouse,
  { seatId, agentId }: Pick<Ring, 'seatId' | 'agentId'>,
  { recordingId }: Pick<Leg, 'recordingId'>,
): void {
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
  leg: Pick<Leg, 'recordingId' | 'gone'>,
): void {
  const finish = () => house.finishRecording(leg.recordingId, call.callId);
  if (leg.gone.aborted) finish();
  else leg.gone.addEventListener('abort', finish, { once: true });
}

/**
 * An agent has left caller and somebody outside to themselves: their talk is recorded on, as that
 * agent's, until one of them leaves. `began`: by an earlier process. Never rejects.
 */
export async function recordOn(
  call: Pick<LiveCall, 'callId'>,
  house: RecordingHouse & Pick<House, 'telephony'>,
  { agentId, seatId, recordingId }: Outside,
  leg: OutsideLeg,
  began: boolean,
): Promise<void> {
  if (seatId === undefined || recordingId === undefined) return;
  if (!began) {
    startRecording(call, house, { seatId, agentId }, { recordingId });
    if (!house.mayRecord()) return;
    try {
      await house.telephony.recordOn(leg, recordingId);
    } catch (err) {
      // Without a file the recording is found missing when the leg is gone.
      house.log.warn({ err, recordingId }, 'a talk that an agent left could not be recorded on');
    }
  }
  followRecording(call, house, { recordingId, gone: leg.gone });
}
