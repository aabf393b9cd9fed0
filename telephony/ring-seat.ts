import { type Leg, LegGone, type RingRequest, type RingResult } from '../src/calls/ports.ts';
import type { RingOrder } from './ari-requests.ts';
import { DialledChannel, dial } from './dialled.ts';
import type { ChannelEnd, Exchange } from './exchange.ts';

/** Where in the dialplan an answered seat begins to record itself before it comes to us. */
const seatContext = 'yihao-seat';
const unrecordedContext = 'yihao-seat-unrecorded';

/** The two ways phones are asked to answer by themselves; each maker reads one of them. */
const answerByItself = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:yihao>;answer-after=0',
  'PJSIP_HEADER(add,Alert-Info)': '<sip:yihao>;info=alert-autoanswer;delay=0',
} as const;

/** Q.850 causes. 0 is a hang-up from the far side without a cause. */
const normalEnds: ReadonlySet<number> = new Set([0, 16]);

/** A seat's channel, from the ring to its end. */
export class SeatLeg extends DialledChannel implements Leg {
  readonly seatId: string;
  readonly recordingId: string;
  /** A local channel to a line that is kept open: nothing tells of its end but its leaving us. */
  readonly isOverLine: boolean;

  /** `isPlaced`: the channel exists already (an adopted leg). */
  constructor(
    exchange: Exchange,
    leg: { legId: string; seatId: string; recordingId: string; isOverLine: boolean },
    isPlaced: boolean,
  ) {
    super(exchange, leg.legId, isPlaced);
    this.seatId = leg.seatId;
    this.recordingId = leg.recordingId;
    this.isOverLine = leg.isOverLine;
  }

  protected override reasonOf(end: ChannelEnd | null): LegGone {
    return new LegGone(end === null ? 'system' : sideOf(end));
  }
}

/** Rings a seat's phone, or gives the call over its open line; see `Telephony.ringSeat`. */
export async function ringSeat(
  exchange: Exchange,
  request: RingRequest,
  isOverLine: boolean,
  signal: AbortSignal,
): Promise<RingResult> {
  signal.throwIfAborted();
  const order = orderOf(request, isOverLine);
  const refused = 'a seat could not be rung';
  const { ringTimeoutMs: timeoutMs } = request;
  // Rung by the process before us: nothing is ordered twice, and it may have been answered by now.
  const rung = exchange.owners.get(request.legId);
  if (rung instanceof SeatLeg) {
    return dial(exchange, rung, { timeoutMs, send: async () => {}, refused }, signal);
  }
  const leg = new SeatLeg(exchange, { ...request, isOverLine }, false);
  return dial(exchange, leg, { timeoutMs, send: () => exchange.link.ring(order), refused }, signal);
}

function orderOf(request: RingRequest, isOverLine: boolean): RingOrder {
  const seatId = plain(request.seatId);
  return {
    channelId: plain(request.legId),
    endpoint: isOverLine ? `Local/${seatId}@yihao-home/n` : `PJSIP/${seatId}`,
    context: request.unrecorded ? unrecordedContext : seatContext,
    extension: 's',
    callerId: request.display.replace(/[^0-9+*#]/g, ''),
    timeoutMs: request.ringTimeoutMs,
    // Left to itself a local channel takes 192 kHz: costly, and no recording survives a wide band.
    ...(isOverLine && { formats: 'alaw' }),
    variables: {
      YIHAO_CALL: plain(request.callId),
      YIHAO_SEAT: seatId,
      YIHAO_LEG: plain(request.legId),
      YIHAO_RECORDING: plain(request.recordingId),
      ...(!isOverLine && { 'PJSIP_HEADER(add,X-Yihao-Call)': plain(request.callId) }),
      ...(!isOverLine && request.autoAnswer && answerByItself),
    },
  };
}

/** What goes into the dialplan is of our own making; this holds if that ever changes. */
export function plain(id: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
    throw new TypeError(`not a plain id: ${JSON.stringify(id)}`);
  return id;
}

function sideOf(end: ChannelEnd): LegGone['by'] {
  return end.why === 'hung-up' && normalEnds.has(end.cause) ? 'agent' : 'seat-lost';
}
