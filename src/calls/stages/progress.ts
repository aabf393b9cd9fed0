import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Key } from '../ports.ts';
import type { Next, Stage } from '../stage.ts';
import { askKey, say } from './ask.ts';
import { enterQueue } from './enter-queue.ts';

/** How often a caller may key a wrong number or code before a person answers after all. */
const TRIES_MAX = 3;
const KEY_TIMEOUT_MS = 6_000;
/** Digits of an order's number and of a query code. */
const NUMBER_DIGITS = 18;
const CODE_DIGITS = 8;

/** Where an order stands, by its number (or the last digits of it) and its query code. */
export async function progress(
  call: LiveCall,
  house: House,
  stage: Extract<Stage, { name: 'progress' }>,
): Promise<Next> {
  const person = () => enterQueue(call, house, stage.queueId, { hasChosen: true });
  const number = await keyed(call, 'progress-number', NUMBER_DIGITS);
  if (number === '' || number === '0') return person();
  const code = await keyed(call, 'progress-code', CODE_DIGITS);
  if (code === '') return person();
  const requests = await house.requests();
  const found = requests.find(number, code, call.line.callerNumber);
  if (found !== null && found !== 'too-many') {
    return { name: 'progress-told', ...found, queueId: stage.queueId };
  }
  const tries = stage.tries + 1;
  if (found === 'too-many' || tries >= TRIES_MAX) {
    await say(call, 'progress-too-many');
    return person();
  }
  await say(call, 'progress-wrong');
  return { ...stage, tries };
}

/** Tells where it stands and what was replied; the caller may hear it again, urge, or ask for a person. */
export async function progressTold(
  call: LiveCall,
  house: House,
  stage: Extract<Stage, { name: 'progress-told' }>,
): Promise<Next> {
  const { callId } = call;
  const { orderId } = stage;
  house.record({ kind: 'call.request-told', at: house.clock.now(), callId, orderId });
  const requests = await house.requests();
  const told = await requests.words({ orderId, callId, language: call.language });
  let key: Key | undefined = '*';
  try {
    // A `#` is what a caller keys after a code that was long enough already.
    while (key === '*' || key === '#')
      key = await askKey(call, [...told, 'progress-keys'], KEY_TIMEOUT_MS);
  } finally {
    requests.forget(callId);
  }
  if (key === '1') {
    const isUrged = requests.urge(orderId, callId);
    key = await askKey(call, [isUrged ? 'progress-urged' : 'progress-not-urged'], KEY_TIMEOUT_MS);
  }
  if (key === '0') return enterQueue(call, house, stage.queueId, { hasChosen: true });
  await say(call, 'goodbye');
  return { name: 'ended', ending: 'self-served' };
}

/** Digits until `#`, enough of them, or silence; `*` begins anew. Empty when nothing was keyed. */
async function keyed(call: LiveCall, promptId: string, most: number): Promise<string> {
  let typed = '';
  let key = await askKey(call, [promptId], KEY_TIMEOUT_MS);
  while (key !== undefined) {
    if (key === '#' && typed !== '') return typed;
    // A `#` before anything is what a caller keyed after a number that was long enough already.
    if (key !== '#') typed = key === '*' ? '' : typed + key;
    if (typed.length === most) return typed;
    key = await call.line.nextKey(KEY_TIMEOUT_MS, call.line.gone);
  }
  return typed;
}
