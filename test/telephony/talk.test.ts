import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LegGone, Line, OutsideLeg, Talk, Telephony } from '../../src/calls/ports.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { createLog } from '../../src/kit/log.ts';
import type { AriOperationName } from '../../telephony/ari-operations.ts';
import { createTelephony } from '../../telephony/asterisk.ts';
import { type FakeAnswer, FakeAri, type FakeRequest, fakeChannel } from '../support/fake-ari.ts';

const never = new AbortController().signal;
const refused: FakeAnswer = { status: 500 };
let fake: FakeAri;
let telephony: Telephony;
let lines: Line[];
/** Who is in the bridge of the talk; null when there is none. */
let bridge: { members: Set<string>; isMixed: boolean } | null;
/** What is answered to the next requests of a kind, one after the other, before anything is done. */
let misbehaving: Partial<Record<AriOperationName, FakeAnswer[]>>;

beforeEach(async () => {
  fake = await FakeAri.start();
  bridge = null;
  misbehaving = {};
  lines = [];
  fake.answer = (request) => misbehaving[request.operation]?.shift() ?? answer(request);
  telephony = createTelephony({
    ariUrl: fake.url,
    user: fake.user,
    password: fake.password,
    app: 'yihao',
    prompts: { uploaded: '/none', synthesised: '/none', spoken: '/none' },
    clock: systemClock,
    log: createLog('silent'),
    limits: { requestTimeoutMs: 300, reconnectFirstMs: 5 },
  });
  await telephony.connect();
  telephony.listen({ onCaller: (line) => lines.push(line), onPhone() {}, onConnection() {} });
});

afterEach(async () => {
  await telephony.close();
  await fake.stop();
});

/** A bridge as Asterisk keeps it, and phones that answer at once. */
function answer({ operation, params, body }: FakeRequest): FakeAnswer | undefined {
  const channels = (params['channel'] ?? '').split(',');
  switch (operation) {
    case 'channels.originateWithId': {
      const { channelId = '' } = params;
      const args = `seat,call-1,${channelId}`;
      const channel = fakeChannel(channelId, args, 'Up');
      fake.channels.set(channelId, channel);
      setImmediate(() => {
        fake.emit({ type: 'StasisStart', timestamp: '', args: args.split(','), channel });
      });
      return undefined;
    }
    case 'bridges.createWithId':
      if (bridge) return { status: 409 };
      bridge = {
        members: new Set(),
        isMixed: JSON.stringify([params, body]).includes('video_sfu'),
      };
      return { status: 200, body: {} };
    case 'bridges.destroy':
      bridge = null;
      return { status: 204 };
    case 'bridges.get': {
      if (!bridge) return { status: 404 };
      const video_mode = bridge.isMixed ? 'sfu' : 'none';
      return {
        status: 200,
        body: { id: 'talk-call-1', channels: [...bridge.members], video_mode },
      };
    }
    case 'bridges.addChannel':
      if (!bridge) return { status: 404 };
      for (const channelId of channels) bridge.members.add(channelId);
      return { status: 204 };
    case 'bridges.removeChannel':
      if (!bridge) return { status: 404 };
      return { status: channels.every((id) => bridge?.members.delete(id)) ? 204 : 422 };
    default:
      return undefined;
  }
}

async function callerAndSeat() {
  fake.bring('caller');
  const line = await vi.waitFor(() => {
    const [found] = lines;
    if (!found) throw new Error('not yet');
    return found;
  });
  const request = {
    callId: 'call-1',
    seatId: 'S1',
    legId: 'leg-1',
    recordingId: 'rec-1',
    ringTimeoutMs: 5_000,
    display: '',
    autoAnswer: false,
  };
  const result = await telephony.ringSeat(request, never);
  if (result.kind !== 'answered') throw new Error('not answered');
  return { line, leg: result.leg };
}

async function talking() {
  const sides = await callerAndSeat();
  const talk = await telephony.join('call-1', sides.line, sides.leg);
  return { ...sides, talk };
}

function members(): string[] {
  return [...(bridge?.members ?? [])].sort();
}

function seen(operation: AriOperationName): number {
  return fake.requests.filter((request) => request.operation === operation).length;
}

/** Somebody outside who has answered. */
function party(): OutsideLeg {
  return { legId: 'out-1', number: '', gone: never, hangUp: async () => {} };
}

test('a hold that was refused is no hold: the second press takes the caller out', async () => {
  const { talk } = await talking();
  misbehaving['bridges.removeChannel'] = [refused];
  await expect(talk.hold()).rejects.toMatchObject({ status: 500 });
  expect(members()).toEqual(['caller', 'leg-1']);
  await talk.hold();
  expect(members()).toEqual(['leg-1']);
  expect(seen('channels.startMoh')).toBe(1);
});

test('a hold that was carried out without an answer ends with music at the second press', async () => {
  const { talk } = await talking();
  misbehaving['bridges.removeChannel'] = ['never-answer'];
  await expect(talk.hold()).rejects.toMatchObject({ status: 0 });
  bridge?.members.delete('caller');
  await talk.hold();
  expect(seen('channels.startMoh')).toBe(1);
  await talk.resume();
  expect(members()).toEqual(['caller', 'leg-1']);
});

test('a hold without music can be taken back', async () => {
  const { talk } = await talking();
  misbehaving['channels.startMoh'] = [refused];
  await expect(talk.hold()).rejects.toMatchObject({ status: 500 });
  expect(members()).toEqual(['leg-1']);
  await talk.resume();
  expect(members()).toEqual(['caller', 'leg-1']);
});

test('a caller who could not be taken from hold is at the second press', async () => {
  const { talk } = await talking();
  await talk.hold();
  misbehaving['bridges.addChannel'] = [refused];
  await expect(talk.resume()).rejects.toMatchObject({ status: 500 });
  expect(members()).toEqual(['leg-1']);
  await talk.resume();
  expect(members()).toEqual(['caller', 'leg-1']);
});

test.each([
  ['refused', refused],
  ['not answered', 'never-answer' as const],
])('after a restart one request that is %s does not part who talks', async (_how, answered) => {
  const { line, leg } = await callerAndSeat();
  bridge = { members: new Set(['caller', 'leg-1']), isMixed: false };
  misbehaving['bridges.get'] = [answered];
  await telephony.rejoin('call-1', line, leg, false);
  expect(members()).toEqual(['caller', 'leg-1']);
  expect([seen('bridges.destroy'), seen('bridges.addChannel')]).toEqual([0, 0]);
});

test('after a restart a caller on hold without music keeps the agent, and is held at the next press', async () => {
  const { line, leg } = await callerAndSeat();
  bridge = { members: new Set(['leg-1']), isMixed: false };
  misbehaving['channels.startMoh'] = [refused, refused];
  const talk = await telephony.rejoin('call-1', line, leg, true);
  expect(members()).toEqual(['leg-1']);
  expect(seen('bridges.destroy')).toBe(0);
  await talk.hold();
  expect(seen('channels.startMoh')).toBe(3);
});

/** The bridge is left as `times` requests to put somebody in are refused, and a party asks to come in. */
async function letInWith(talk: Talk, times: number): Promise<unknown> {
  misbehaving['bridges.addChannel'] = Array.from({ length: times }, () => refused);
  return talk.admit(party()).catch((error: unknown) => error);
}

test('letting somebody in is tried again when the exchange refuses once', async () => {
  const { talk } = await talking();
  expect(await letInWith(talk, 1)).toBeUndefined();
  expect(members()).toEqual(['caller', 'leg-1', 'out-1']);
  expect(bridge?.isMixed).toBe(true);
});

test('who cannot be moved into a bridge that mixes talks on without the party', async () => {
  const { talk, leg } = await talking();
  expect(await letInWith(talk, 2)).toMatchObject({ status: 500 });
  expect(members()).toEqual(['caller', 'leg-1']);
  expect(leg.gone.aborted).toBe(false);
});

test('a talk that cannot be put together again has lost its seat', async () => {
  const { talk, line, leg } = await talking();
  expect(await letInWith(talk, 4)).toBeInstanceOf(Error);
  expect((leg.gone.reason as LegGone).by).toBe('seat-lost');
  expect(line.gone.aborted).toBe(false);
  await vi.waitFor(() => expect(seen('channels.hangup')).toBe(1));
});
