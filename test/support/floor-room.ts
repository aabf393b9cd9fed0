import { statSync } from 'node:fs';
import { join } from 'node:path';
import { toneOf } from '../../scripts/sipp/tone.ts';
import type { BookedCall } from './call-book.ts';
import { untilHeard } from './hearing.ts';
import { type Caller, dialPerson } from './house-caller.ts';
import { exchange, type House, openHouse } from './house-rig.ts';
import type { ReadySeat } from './house-seat.ts';
import { type PhoneCall, SipPhone } from './sip-phone.ts';
import { until } from './until.ts';
import { type Ear, tones, type Voice } from './voices.ts';

/** A house whose agents may call outside, and the telephone everybody outside is reached at. */
export interface Room {
  house: House;
  /** Stands for the carrier: rings for 110, 119, 120 and a department. */
  outside: SipPhone;
  close(): Promise<void>;
}

/** A department of the city. */
export const department = '057188886666';

/** Opens a house with a way to the outside. */
export async function openRoom(options: Parameters<typeof openHouse>[0] = {}): Promise<Room> {
  const outside = await SipPhone.open(exchange.port, 'outside');
  const house = await openHouse({
    ...options,
    outbound: {
      host: '127.0.0.1',
      port: outside.port,
      prefix: '',
      allowed: ['110', '119', '120', '0571XXXXXXXX', '138XXXXXXXX'],
      callerId: '12345',
      maxConcurrent: 10,
      maxPerMinute: 1_000,
      maxPerPersonHour: 1_000,
    },
  });
  return {
    house,
    outside,
    async close() {
      outside.close();
      await house.close();
    },
  };
}

const callerSays = toneOf(tones.caller, 1);

/** A SIPp caller in conversation at a seat, each saying their tone. */
export interface Conversation {
  caller: Caller;
  call: BookedCall;
  /** The agent's phone in this call. */
  agent: PhoneCall;
  ears: { caller: Ear; agent: Ear };
}

/** Dials, is answered at the one seat that is ready, and both begin to speak. */
export async function converse(house: House, seat: ReadySeat, to = '12315'): Promise<Conversation> {
  const options = { sound: callerSays, loop: true, keepHeard: true };
  const caller = await dialPerson(to, options);
  const call = await house.book.reaches(caller.number, 'conversation');
  const agent = newestAt(seat.phone, 'agent');
  return { caller, call, agent, ears: { caller: earOf(caller), agent: earOf(agent) } };
}

/**
 * Dials 12315, hears the offer to be called back, presses the key and hangs up on hearing that the
 * place is kept.
 */
export async function keepsPlace({ book, dataDir }: House): Promise<Caller> {
  const caller = await dialPerson('12315', { keepHeard: true });
  await untilHeard(caller.call, dataDir, 'zh/call-back-offer');
  caller.call.press('1');
  await untilHeard(caller.call, dataDir, 'zh/call-back-kept');
  await caller.call.hangUp();
  await until(() => book.backTo(caller.number)?.stage === 'virtual', 'a place is kept');
  return caller;
}

/** Waits until a call has so many recordings and the newest holds a second of sound. */
export async function untilRecorded(house: House, callId: string, count: number): Promise<void> {
  const secondBytes = 32_000;
  await until(() => {
    const recordings = house.book.recordingsOf(callId);
    const raw = join(house.dataDir, 'asterisk/spool/monitor', `${recordings.at(-1)?.id}.raw`);
    const { size } = statSync(raw, { throwIfNoEntry: false }) ?? { size: 0 };
    return recordings.length === count && size >= secondBytes;
  }, 'a second is recorded');
}

/** The newest call at a phone, which says its tone from now on. */
export function newestAt(phone: SipPhone, says: Voice): PhoneCall {
  const call = phone.rung.at(-1);
  if (!call) throw new Error('the phone was never rung');
  call.ear.tone(tones[says]);
  return call;
}

/** What somebody hears, at a SIP phone or with SIPp. */
export function earOf(party: PhoneCall | Caller): Ear {
  if ('ear' in party) return () => party.ear.heard;
  return () => party.call.heard();
}
