import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { House } from './house.ts';
import { createLiveCall, type LiveCall } from './live-call.ts';
import type { Language } from './ports.ts';
import type { Stage } from './stage.ts';
import { needAllowed, needTurn } from './stages/party.ts';

/** The agent's own phone, which answers by itself, is given this long. */
const OWN_PHONE_MS = 12_000;

/** Whom an agent wants to call, and for what. */
export interface WantedDial {
  seatId: string;
  number: string;
  /** The queue the call is work for; its wrap-up time applies. */
  queueId: string;
  language: Language;
  /** The call whose caller it is. */
  ofCallId: string | null;
  /** The work order whose citizen it is. */
  orderId?: string;
}

/**
 * Writes down that an agent calls somebody, and holds the seat for it.
 * @throws AppError `not-now`, `number-not-allowed`, `lines-busy`, `dialled-too-often`
 */
export function placeCall(house: House, wanted: WantedDial): { call: LiveCall; stage: Stage } {
  const { seatId, number, queueId, language, ofCallId, orderId } = wanted;
  needAllowed(house, number);
  const caller = house.dispatcher.engine.seat(seatId)?.agentId;
  if (caller !== undefined) needTurn(house, caller);
  const [entry] = house.hotline().entries;
  if (!entry) throw new AppError('not-now');
  const callId = newId();
  house.dispatcher.submit({ kind: 'seat-dials', callId, seatId });
  const seat = house.dispatcher.engine.seat(seatId);
  if (seat?.callId !== callId) throw new AppError('not-now');
  const { agentId } = seat;
  const channelId = `call-${callId}`;
  const line = house.telephony.lineTo({ callId, channelId, number });
  const at = house.clock.now();
  house.record({
    kind: 'call.placed',
    at,
    callId,
    entryId: entry.id,
    queueId,
    seatId,
    agentId,
    caller: number,
    dialled: line.dialledNumber,
    language,
    channelId,
    ofCallId,
    ...(orderId !== undefined && { orderId }),
  });
  const call = createLiveCall({ callId, line, entry, language, waitedForServerMs: 0 });
  call.outgoing = line;
  const ids = { legId: `leg-${newId()}`, recordingId: newId() };
  const ring = { seatId, agentId, queueId, attempt: 0, ringTimeoutMs: OWN_PHONE_MS, ...ids };
  const wait = { queueId, priority: entry.priority, arrivedAt: at, hops: 0, after: null };
  return { call, stage: { name: 'dialling', wait, ring } };
}
