import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { House } from './house.ts';
import { createLiveCall, type LiveCall } from './live-call.ts';
import type { Stage } from './stage.ts';
import { needAllowed, needTurn } from './stages/party.ts';

/** Who are to hear each other. Never log them. */
export interface RelayNumbers {
  /** The officer's own telephone. */
  officer: string;
  citizen: string;
}

/** A unit's officer who asks whether they could be called now. */
export interface RelayAsked extends RelayNumbers {
  personId: string;
}

/** A unit's officer who wants to speak to the citizen of a work order. */
export interface WantedRelay extends RelayAsked {
  /** Chosen by who asks, so that the order names the call before it is placed. */
  callId: string;
  orderId: string;
}

/** @throws AppError `exchange-lost`, `number-not-allowed`, `lines-busy`, `dialled-too-often` */
export function needRelay(house: House, { officer, citizen, personId }: RelayAsked): void {
  if (!house.telephony.isConnected()) throw new AppError('exchange-lost');
  for (const number of [officer, citizen]) needAllowed(house, number);
  needTurn(house, personId);
}

/**
 * Writes down that an officer calls a citizen through the hotline's number. The officer's telephone is
 * the call's line, so that they can be asked for a key; the citizen is who is called outside.
 * @throws AppError `not-now`
 */
export function placeRelay(house: House, wanted: WantedRelay): { call: LiveCall; stage: Stage } {
  const { callId, orderId, personId: agentId, officer, citizen } = wanted;
  const [entry] = house.hotline().entries;
  if (!entry) throw new AppError('not-now');
  const channelId = `call-${callId}`;
  const line = house.telephony.lineTo({ callId, channelId, number: officer });
  const language = 'zh';
  house.record({
    kind: 'call.relay-placed',
    at: house.clock.now(),
    callId,
    orderId,
    entryId: entry.id,
    agentId,
    caller: citizen,
    number: officer,
    dialled: line.dialledNumber,
    language,
    channelId,
  });
  const call = createLiveCall({ callId, line, entry, language, waitedForServerMs: 0 });
  call.outgoing = line;
  const ids = { legId: `out-${newId()}`, recordingId: newId() };
  return {
    call,
    stage: { name: 'relay-calling', outside: { ...ids, number: citizen, agentId, seatId: '' } },
  };
}
