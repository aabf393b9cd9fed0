import type { EndingSlug } from '../../ending.ts';
import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { OutsideFailure } from '../ports.ts';
import type { Next, Stage } from '../stage.ts';
import { askKey, say } from './ask.ts';
import { endingOfFailure } from './dialling.ts';
import { talkTogether } from './outside.ts';
import { OUTSIDE_RING_MS } from './party.ts';

type StageOf<Name extends Stage['name']> = Extract<Stage, { name: Name }>;

/** How long the officer may look for the key. */
const KEY_TIMEOUT_MS = 8_000;
/** The citizen must not be called to talk to a mailbox: so the officer presses a key, asked twice. */
const ASKED = 2;

/** The officer's own telephone is called, and a key says that a person is there. */
export async function relayCalling(
  call: LiveCall,
  { outside }: StageOf<'relay-calling'>,
): Promise<Next> {
  const { outgoing } = call;
  if (!outgoing) return over('error');
  // Nobody gives up but the officer, by not answering.
  const answer = await outgoing.dial(OUTSIDE_RING_MS, new AbortController().signal);
  if (answer !== 'answered') return over('relay-officer-missed');
  for (let asked = 0; asked < ASKED; asked += 1) {
    const key = await askKey(call, ['relay-confirm'], KEY_TIMEOUT_MS);
    if (key === '1') return { name: 'relay-dialling', outside };
  }
  return over('relay-officer-missed');
}

/** The officer hears music while the citizen is called and is told that the talk will be recorded. */
export async function relayDialling(
  call: LiveCall,
  house: House,
  { outside }: StageOf<'relay-dialling'>,
): Promise<Next> {
  const { callId, line, language } = call;
  const { legId, number } = outside;
  line.startMusic().catch(() => {});
  const request = { callId, legId, number, timeoutMs: OUTSIDE_RING_MS };
  const result = await house.telephony.dialOut(request, line.gone);
  if (result.kind === 'failed') return notReached(call, result.why);
  const { leg } = result;
  await house.telephony.sayTo(leg, language, ['relay-notice'], line.gone);
  if (line.gone.aborted) await leg.hangUp();
  line.gone.throwIfAborted();
  // Who hangs up on hearing what it is about does not want the call.
  if (leg.gone.aborted) return notReached(call, 'refused');
  call.outside = leg;
  return { name: 'relay-talk', outside, adopted: false };
}

/** An officer who has heard enough hangs up: the citizen was not reached all the same. */
async function notReached(call: LiveCall, why: OutsideFailure): Promise<Next> {
  await say(call, 'relay-not-reached').catch(() => {});
  return over(endingOfFailure[why]);
}

/** Officer and citizen talk until one of them leaves; recorded, both voices on one side. */
export async function relayTalk(
  call: LiveCall,
  house: House,
  stage: StageOf<'relay-talk'>,
): Promise<Next> {
  const { callId } = call;
  const { agentId } = stage.outside;
  let isTalk = stage.adopted;
  await talkTogether(call, house, stage, () => {
    isTalk = true;
    if (stage.adopted) return;
    house.record({ kind: 'call.relay-joined', at: house.clock.now(), callId, agentId });
  });
  return over(isTalk ? 'relayed' : 'out-unreachable');
}

function over(ending: EndingSlug): Next {
  return { name: 'ended', ending };
}
