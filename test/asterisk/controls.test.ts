import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type Leg,
  type Line,
  type OutsideLeg,
  PartyGone,
  type RingRequest,
  type Telephony,
} from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import {
  type AsteriskRig,
  openAsterisk,
  openSeat,
  openTelephony,
  recordedSent,
  rigPorts,
} from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import { type Ear, type PhoneCall, SipPhone } from '../support/sip-phone.ts';
import { pause, until } from '../support/until.ts';

/** What each party says, Hz. */
const says = { caller: 440, agent: 880, party: 1_320 } as const;
type Voice = keyof typeof says;

const never = new AbortController().signal;
let rig: AsteriskRig;
let telephony: Telephony;
let seat: SipPhone;
let outside: SipPhone;
let line: Line | undefined;
let callerPhone: SipPhone | undefined;

beforeAll(async () => {
  rig = await openAsterisk();
  outside = await SipPhone.open(rigPorts.sipPort, 'department');
  ({ telephony } = await openTelephony(rig, undefined, {
    host: '127.0.0.1',
    port: outside.port,
    prefix: '9',
    allowed: ['110', '0571XXXXXXXX'],
    callerId: '12345',
    maxConcurrent: 2,
    maxPerMinute: 1_000,
  }));
  telephony.listen({
    onCaller: (arrived) => {
      line = arrived;
    },
    onPhone: () => {},
    onConnection: () => {},
  });
  seat = await openSeat(telephony, 'S101');
});

afterEach(async () => {
  await line?.hangUp();
  line = undefined;
  callerPhone?.close();
  outside.manner = 'answer';
});

afterAll(async () => {
  seat?.close();
  outside?.close();
  await telephony?.close();
  await rig?.close();
});

/** Caller and agent in a talk, each saying their tone. */
async function talking() {
  callerPhone = await SipPhone.open(rigPorts.sipPort, '13800001234');
  const caller = await callerPhone.call('12345');
  await until(() => line !== undefined);
  if (!line) throw new Error('no caller arrived');
  await line.answer();
  const callId = newId();
  const legOfAgent = await ringSeat(callId, 'S101');
  const agent = newest(seat);
  caller.ear.tone(says.caller);
  agent.ear.tone(says.agent);
  const talk = await telephony.join(callId, line, legOfAgent);
  return { line, leg: legOfAgent, talk, callId, caller, agent };
}

async function ringSeat(callId: string, seatId: string): Promise<Leg> {
  const request: RingRequest = {
    callId,
    seatId,
    legId: newId(),
    recordingId: newId(),
    ringTimeoutMs: 30_000,
    display: '138****1234',
    autoAnswer: false,
  };
  const ring = await telephony.ringSeat(request, never);
  if (ring.kind !== 'answered') throw new Error(`not answered: ${ring.why}`);
  return ring.leg;
}

function newest(phone: SipPhone): PhoneCall {
  const call = phone.rung.at(-1);
  if (!call) throw new Error('the phone was not rung');
  return call;
}

async function dialOut(callId: string, number = '110'): Promise<OutsideLeg> {
  const request = { callId, legId: newId(), number, timeoutMs: 30_000 };
  const result = await telephony.dialOut(request, never);
  if (result.kind !== 'answered') throw new Error(`not answered: ${result.why}`);
  newest(outside).ear.tone(says.party);
  return result.leg;
}

/** Who is heard at an ear now: all voices that are really there. */
async function heardBy({ ear }: { ear: Ear }): Promise<Voice[]> {
  await pause(300);
  ear.heard.length = 0;
  await pause(500);
  return voicesIn(ear.heard.slice());
}

function voicesIn(heard: number[]): Voice[] {
  const voices = Object.keys(says) as Voice[];
  return voices.filter((voice) => strengthOf(heard, says[voice]) > 1_500);
}

/** Checks who is heard, soon: a busy machine mixes with gaps. */
const hears = (who: { ear: Ear }) => expect.poll(() => heardBy(who));

/** Whom a seat's leg recorded besides its agent, a quarter of a second after the other. */
function recordedBy({ recordingId }: Leg): Voice[][] {
  return recordedSent(rig, recordingId).map(voicesIn);
}

test('somebody outside is called with prefix and the number of the hotline', async () => {
  const leg = await dialOut(newId());
  const call = newest(outside);
  expect(call.invite?.headers.get('to')?.[0]).toContain('sip:9110@');
  expect(call.invite?.headers.get('from')?.[0]).toContain('sip:12345@');
  expect(call.invite?.body).not.toMatch(/a=rtpmap:\d+ (G722|opus)/);
  await leg.hangUp();
  await call.over;
  await until(() => leg.gone.aborted);
  expect(leg.gone.reason).toEqual(new PartyGone('system'));
});

test('a hang-up outside is heard', async () => {
  const leg = await dialOut(newId());
  newest(outside).hangUp();
  await until(() => leg.gone.aborted);
  expect(leg.gone.reason).toEqual(new PartyGone('party'));
});

test.each([
  [486, 'busy'],
  [603, 'refused'],
  [404, 'unreachable'],
] as const)('outside says %i: %s', async (status, why) => {
  outside.manner = status;
  const request = { callId: newId(), legId: newId(), number: '110', timeoutMs: 5_000 };
  expect(await telephony.dialOut(request, never)).toEqual({ kind: 'failed', why });
});

test('outside rings and nobody answers; a call given up stops ringing', async () => {
  outside.manner = 'ring';
  const request = { callId: newId(), legId: newId(), number: '110', timeoutMs: 1_000 };
  expect(await telephony.dialOut(request, never)).toEqual({ kind: 'failed', why: 'no-answer' });
  const stop = new AbortController();
  const rang = outside.nextRing();
  const dialling = telephony.dialOut({ ...request, legId: newId(), timeoutMs: 9_000 }, stop.signal);
  await rang;
  stop.abort(new Error('enough'));
  await expect(dialling).rejects.toThrow('enough');
  expect(await newest(outside).answered).toBe(487);
});

test('a number that is not allowed, or one call too many, never leaves the house', async () => {
  const before = outside.rung.length;
  const request = { callId: newId(), legId: newId(), number: '0085212345678', timeoutMs: 5_000 };
  expect(await telephony.dialOut(request, never)).toEqual({ kind: 'failed', why: 'not-allowed' });
  expect(outside.rung).toHaveLength(before);
  const first = await dialOut(newId());
  const second = await dialOut(newId(), '057188886666');
  expect(telephony.dialRefusal('110')).toBe('too-many');
  await Promise.all([first.hangUp(), second.hangUp()]);
  await until(() => telephony.dialRefusal('110') === null);
});

test('three hear each other; the one who is dismissed hears nobody', async () => {
  const { leg, talk, callId, caller, agent } = await talking();
  const party = await dialOut(callId);
  const third = newest(outside);
  await talk.admit(party);
  await hears(caller).toEqual(['agent', 'party']);
  await hears(agent).toEqual(['caller', 'party']);
  await hears(third).toEqual(['caller', 'agent']);

  await talk.dismiss(party);
  await talk.dismiss(party);
  await hears(third).toEqual([]);
  await hears(agent).toEqual(['caller']);
  await party.hangUp();
  await talk.close();
  await leg.hangUp();
});

test('on hold the caller hears neither agent nor party, who go on talking', async () => {
  const { leg, talk, callId, caller, agent } = await talking();
  await talk.hold();
  const party = await dialOut(callId);
  await talk.admit(party);
  await hears(caller).toEqual([]);
  await hears(agent).toEqual(['party']);
  await hears(newest(outside)).toEqual(['agent']);
  await talk.resume();
  await hears(caller).toEqual(['agent', 'party']);
  await party.hangUp();
  await talk.close();
  await leg.hangUp();
});

test('nobody hears a muted agent, who hears everybody', async () => {
  const { leg, talk, caller, agent } = await talking();
  await talk.mute(true);
  await hears(caller).toEqual([]);
  await hears(agent).toEqual(['caller']);
  await talk.mute(false);
  await hears(caller).toEqual(['agent']);
  await talk.close();
  await leg.hangUp();
});

test('the agent leaves on hold and muted; caller and party hear each other at once', async () => {
  const { leg, talk, callId, caller } = await talking();
  await talk.hold();
  await talk.mute(true);
  const party = await dialOut(callId);
  await talk.admit(party);
  await talk.leaveTo(party);
  await until(() => leg.gone.aborted);
  await hears(caller).toEqual(['party']);
  await hears(newest(outside)).toEqual(['caller']);
  await talk.close();
  await party.hangUp();
});

test('a colleague is consulted on hold, hears the agent alone, and takes the caller over', async () => {
  const colleague = await openSeat(telephony, 'S102');
  const { leg, talk, callId, caller, agent } = await talking();
  await talk.hold();
  const second = await ringSeat(callId, 'S102');
  const guest = newest(colleague);
  guest.ear.tone(says.party);
  await talk.admit(second);
  await hears(caller).toEqual([]);
  await hears(agent).toEqual(['party']);
  await hears(guest).toEqual(['agent']);
  await talk.leaveTo(second);
  await until(() => leg.gone.aborted);
  await hears(caller).toEqual(['party']);
  await hears(guest).toEqual(['caller']);
  await talk.hold();
  await hears(guest).toEqual([]);
  await talk.close();
  await second.hangUp();
  colleague.close();
});

test('the recording hears whom the agent hears, after a consultation and after three', async () => {
  const { leg, talk, callId, agent } = await talking();
  // For a whole second: the recording is judged by its quarters, wherever they begin.
  const agentHears = (...voices: Voice[]) =>
    until(
      () => {
        const { heard } = agent.ear;
        return [heard.slice(-8_000, -4_000), heard.slice(-4_000)].every(
          (half) => half.length === 4_000 && String(voicesIn(half)) === String(voices),
        );
      },
      `the agent hears ${voices.join(' and ')}`,
    );
  await agentHears('caller');
  await talk.hold();
  const party = await dialOut(callId);
  await talk.admit(party);
  await agentHears('party');
  await talk.resume();
  await agentHears('caller', 'party');
  await talk.dismiss(party);
  await party.hangUp();
  await agentHears('caller');
  await talk.close();
  await leg.hangUp();
  await agent.over;
  await pause(300);
  const recorded = recordedBy(leg).map(String);
  for (const voices of ['caller', 'party', 'caller,party', 'caller']) {
    expect(recorded).toContain(voices);
    recorded.splice(0, recorded.indexOf(voices) + 1);
  }
});

test('caller and party are joined anew when the agent has gone before', async () => {
  const { line: callerLine, leg, talk, callId, caller } = await talking();
  const party = await dialOut(callId);
  await talk.admit(party);
  await talk.close();
  await leg.hangUp();
  const two = await telephony.join(callId, callerLine, party);
  await hears(caller).toEqual(['party']);
  await hears(newest(outside)).toEqual(['caller']);
  await two.close();
  await party.hangUp();
});
