import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Next, Stage } from '../stage.ts';
import { askKey } from './ask.ts';

/**
 * Tells the caller of incidents before the wait; any key goes on to the next. Like the greeting it is
 * no waiting: the place is later by its length, for everybody but those who have an earlier call's.
 */
export async function bulletin(
  call: LiveCall,
  house: House,
  { bulletins, wait, keepsPlace = false }: Extract<Stage, { name: 'bulletin' }>,
): Promise<Next> {
  const { callId } = call;
  // A key too many in the menu is no wish to hear nothing of it.
  call.line.forgetKeys();
  const since = house.clock.now();
  for (const { id: bulletinId, promptId } of bulletins) {
    const skipped = (await askKey(call, [promptId], 0)) !== undefined;
    const at = house.clock.now();
    house.record({ kind: 'call.bulletin', at, callId, bulletinId, skipped });
  }
  const saidMs = keepsPlace ? 0 : house.clock.now() - since;
  return { name: 'waiting', ...wait, arrivedAt: wait.arrivedAt + saidMs };
}
