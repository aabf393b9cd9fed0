import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Stage } from '../stage.ts';

/** Writes down that a call is in a stage. */
export function enterStage(call: LiveCall, house: House, stage: Stage): void {
  call.stage = stage;
  const { name, ...data } = stage;
  const { callId } = call;
  house.record({ kind: 'call.stage', at: house.clock.now(), callId, stage: name, data });
}
