import type { EndingSlug } from '../../ending.ts';
import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Next, Wait } from '../stage.ts';
import { askKey, say } from './ask.ts';

/** How long a caller may think about the call-back offer. */
const OFFER_TIMEOUT_MS = 8_000;

/** Says why nobody will answer now, and ends the call. */
export async function message(call: LiveCall, promptId: string, ending: EndingSlug): Promise<Next> {
  await call.line.answer();
  await say(call, promptId);
  return { name: 'ended', ending };
}

/** Offers to call back a caller who cannot wait: key 1 leaves their number. */
export async function callBack(
  call: LiveCall,
  house: House,
  wait: Wait,
  ending: EndingSlug,
): Promise<Next> {
  if (call.line.callerNumber === '') {
    await say(call, 'call-back-no-number');
    return { name: 'ended', ending };
  }
  // What was typed before the offer is no answer to it.
  call.line.forgetKeys();
  const key = await askKey(call, ['call-back-offer'], OFFER_TIMEOUT_MS);
  if (key !== '1') {
    await say(call, 'goodbye');
    return { name: 'ended', ending };
  }
  house.callBacks.take(call, wait);
  await say(call, 'call-back-confirmed');
  return { name: 'ended', ending: 'call-back-requested' };
}
