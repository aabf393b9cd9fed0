import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Leg, Line, Telephony } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import {
  type AsteriskRig,
  openAsterisk,
  openSeat,
  openTelephony,
  rigPorts,
} from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { type Ear, type PhoneCall, SipPhone } from '../support/sip-phone.ts';
import { pause, until } from '../support/until.ts';

/** What each party says, Hz. */
const says = { caller: 440, agent: 880, leader: 1_320 } as const;
type Voice = keyof typeof says;

const never = new AbortController().signal;
let rig: AsteriskRig;
let telephony: Telephony;
const phones: SipPhone[] = [];
let line: Line | undefined;

beforeAll(async () => {
  rig = await openAsterisk();
  ({ telephony } = await openTelephony(rig));
  telephony.listen({
    onCaller: (arrived) => {
      line = arrived;
    },
    onPhone: () => {},
    onConnection: () => {},
  });
});

afterAll(async () => {
  for (const phone of phones) phone.close();
  await telephony?.close();
  await rig?.close();
});

async function seatThatSays(
  seatId: string,
  hz: number,
  unrecorded: boolean,
): Promise<{ leg: Leg; call: PhoneCall }> {
  const phone = await openSeat(telephony, seatId);
  phones.push(phone);
  const request = {
    callId: newId(),
    seatId,
    legId: newId(),
    recordingId: newId(),
    ringTimeoutMs: 30_000,
    display: '',
    autoAnswer: unrecorded,
    ...(unrecorded && { unrecorded: true as const }),
  };
  const ring = await telephony.ringSeat(request, never);
  const call = phone.rung.at(-1);
  if (ring.kind !== 'answered' || !call) throw new Error('not answered');
  call.ear.tone(hz);
  return { leg: ring.leg, call };
}

async function heardBy(ear: Ear): Promise<Voice[]> {
  await pause(300);
  ear.heard.length = 0;
  await pause(500);
  const heard = ear.heard.slice();
  const voices = Object.keys(says) as Voice[];
  return voices.filter((voice) => strengthOf(heard, says[voice]) > 1_000);
}

test('listen, whisper, barge: each of the three hears exactly what they should', async () => {
  const callerPhone = await SipPhone.open(rigPorts.sipPort, '13800001234');
  phones.push(callerPhone);
  const caller = await callerPhone.call('12345');
  await until(() => line !== undefined);
  if (!line) throw new Error('no caller arrived');
  await line.answer();
  caller.ear.tone(says.caller);
  const agent = await seatThatSays('S101', says.agent, false);
  const leader = await seatThatSays('S109', says.leader, true);
  const talk = await telephony.join(newId(), line, agent.leg);
  const everybody = async () => ({
    caller: await heardBy(caller.ear),
    agent: await heardBy(agent.call.ear),
    leader: await heardBy(leader.call.ear),
  });
  // Soon: a busy machine mixes with gaps.
  const eachHears = () => expect.poll(everybody);
  const unheard = { caller: ['agent'], agent: ['caller'], leader: ['caller', 'agent'] };
  const whispered = { ...unheard, agent: ['caller', 'leader'] };
  const barged = { ...whispered, caller: ['agent', 'leader'] };

  const monitoring = await telephony.monitor(agent.leg, leader.leg, 'listen');
  await eachHears().toEqual(unheard);
  await monitoring.change('whisper');
  await eachHears().toEqual(whispered);
  await monitoring.change('barge');
  await eachHears().toEqual(barged);
  await monitoring.change('listen');
  await eachHears().toEqual(unheard);
  await monitoring.close();
  await eachHears().toEqual({ caller: ['agent'], agent: ['caller'], leader: [] });

  await leader.leg.hangUp();
  await talk.close();
  await agent.leg.hangUp();
  await line.hangUp();
});
