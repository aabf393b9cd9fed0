import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Leg } from '../../src/calls/ports.ts';
import { newId } from '../../src/kit/ids.ts';
import {
  type AsteriskRig,
  openAsterisk,
  openSeat,
  recordedSent,
} from '../support/real-exchange.ts';
import { strengthOf } from '../support/rtp-ear.ts';
import type { Ear } from '../support/sip-phone.ts';
import { pause, until } from '../support/until.ts';
import { Department } from './department.ts';
import { answeredAt, OneSeat } from './one-seat.ts';

/** What each party says, Hz. */
const says = { caller: 440, agent: 880, party: 1_320 } as const;
type Voice = keyof typeof says;

let rig: AsteriskRig;
let room: OneSeat;
let department: Department;

beforeAll(async () => {
  rig = await openAsterisk();
  department = await Department.open();
  room = await OneSeat.open(rig, undefined, department.rules);
});

afterEach(async () => {
  await room.hangUpOnAll();
});

afterAll(async () => {
  department?.close();
  await room?.close();
  await rig?.close();
});

/** Caller and agent in a talk, each saying their tone. */
async function talking() {
  const { call: caller, line } = await room.dial();
  await line.answer();
  const callId = newId();
  const { leg, phone: agent } = await room.answeredSeat({ callId });
  caller.ear.tone(says.caller);
  agent.ear.tone(says.agent);
  const talk = await room.telephony.join(callId, line, leg);
  return { line, leg, talk, callId, caller, agent };
}

/** The department is called in the same call, answers, and says its tone. */
async function dialOut(callId: string) {
  const { leg: party, phone: third } = await department.reachedBy(room.telephony, callId);
  third.ear.tone(says.party);
  return { party, third };
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

test('three hear each other; the one who is dismissed hears nobody', async () => {
  const { leg, talk, callId, caller, agent } = await talking();
  const { party, third } = await dialOut(callId);
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
  const { party, third } = await dialOut(callId);
  await talk.admit(party);
  await hears(caller).toEqual([]);
  await hears(agent).toEqual(['party']);
  await hears(third).toEqual(['agent']);
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
  const { party, third } = await dialOut(callId);
  await talk.admit(party);
  await talk.leaveTo(party);
  await until(() => leg.gone.aborted);
  await hears(caller).toEqual(['party']);
  await hears(third).toEqual(['caller']);
  await talk.close();
  await party.hangUp();
});

test('a colleague is consulted on hold, hears the agent alone, and takes the caller over', async () => {
  const colleague = await openSeat(room.telephony, 'S102');
  const { leg, talk, callId, caller, agent } = await talking();
  await talk.hold();
  const to = { callId, seatId: 'S102' };
  const { leg: second, phone: guest } = await answeredAt(room.telephony, colleague, to);
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
  const { party } = await dialOut(callId);
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
  const { party, third } = await dialOut(callId);
  await talk.admit(party);
  await talk.close();
  await leg.hangUp();
  const two = await room.telephony.join(callId, callerLine, party);
  await hears(caller).toEqual(['party']);
  await hears(third).toEqual(['caller']);
  await two.close();
  await party.hangUp();
});
