import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '../sipp/place-call.ts';
import type { CallArgs } from './args.ts';
import type { CallRecord } from './record.ts';

/** A person reaches for the key only once the greeting has begun. */
const beforeKeysMs = 1_000;
const betweenKeysMs = 600;
const beforeRatingMs = 800;
const lookEveryMs = 100;

/** What the person at the phone does: presses keys, talks, loses patience, rates, hangs up. */
export async function conduct(
  call: Call,
  keys: string,
  args: CallArgs,
  look: () => CallRecord | undefined,
): Promise<void> {
  if (!(await call.answered)) return;
  const answeredAt = performance.now();
  const over = call.ended.then(() => true);
  const isOverAfter = (ms: number) => Promise.race([over, pause(ms, false, { ref: false })]);
  void pressAll(call, keys, isOverAfter);
  let connectedAt: number | undefined;
  let hasRated = false;
  while (!(await isOverAfter(lookEveryMs))) {
    const record = look();
    if (record?.connectedAt != null) connectedAt ??= performance.now();
    if (record?.stage === 'rating' && args.rate !== undefined && !hasRated) {
      hasRated = true;
      if (await isOverAfter(beforeRatingMs)) return;
      call.press(args.rate);
    }
    if (isTimeToLeave(args, record, answeredAt, connectedAt)) {
      await call.hangUp();
      return;
    }
  }
}

async function pressAll(
  call: Call,
  keys: string,
  isOverAfter: (ms: number) => Promise<boolean>,
): Promise<void> {
  if (await isOverAfter(beforeKeysMs)) return;
  for (const key of keys) {
    call.press(key);
    if (await isOverAfter(betweenKeysMs)) return;
  }
}

function isTimeToLeave(
  args: CallArgs,
  record: CallRecord | undefined,
  answeredAt: number,
  connectedAt: number | undefined,
): boolean {
  const secondsSince = (moment: number) => (performance.now() - moment) / 1_000;
  const whatever = args['hangup-after'];
  if (whatever !== undefined && secondsSince(answeredAt) >= whatever) return true;
  if (connectedAt === undefined) return secondsSince(answeredAt) >= args.patience;
  const isTalking = record?.stage === 'conversation';
  return isTalking && secondsSince(connectedAt) >= args.seconds;
}
