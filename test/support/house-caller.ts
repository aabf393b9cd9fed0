import { type Call, type CallRequest, placeCall } from '../../scripts/sipp/place-call.ts';
import { exchange } from './house-rig.ts';

let counter = 0;
const dialled = new Set<Call>();

/** A caller with a number nobody else has: the record of the call is found by it. */
export interface Caller {
  number: string;
  call: Call;
}

/** Dials with SIPp; `from` is for one who calls again. Resolves when the INVITE is on its way. */
export async function dial(
  to: string,
  options: Pick<Partial<CallRequest>, 'from' | 'sound' | 'loop' | 'keepHeard'> = {},
): Promise<Caller> {
  counter += 1;
  const number =
    options.from ??
    `138${String(process.pid % 10_000).padStart(4, '0')}${String(counter).padStart(4, '0')}`;
  const call = await placeCall({ exchange, to, ...options, from: number });
  // A failed call shows where its outcome is awaited; here it must not end the run.
  call.ended.catch(() => {}).finally(() => dialled.delete(call));
  dialled.add(call);
  return { number, call };
}

/** Hangs up every caller a test left behind, so that one failure stays one. */
export async function hangUpAll(): Promise<void> {
  await Promise.all([...dialled].map((call) => call.hangUp().catch(() => {})));
}

/** Dials straight to a person: an unknown key ends the greeting. */
export async function dialPerson(
  to = '12315',
  options: Parameters<typeof dial>[1] = {},
): Promise<Caller> {
  const caller = await dial(to, options);
  await caller.call.answered;
  caller.call.press('4');
  return caller;
}
