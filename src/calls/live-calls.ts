import type { EntryConfig, Hotline } from '../../config/hotline.ts';
import { deferred } from '../kit/abort.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { House } from './house.ts';
import { walk } from './journey.ts';
import {
  createLiveCall,
  type LiveCall,
  type LiveSelfService,
  type Request,
  type SelfServiceResult,
} from './live-call.ts';
import { placeCall, type WantedDial } from './place-call.ts';
import { needRelay, placeRelay, type RelayAsked, type WantedRelay } from './place-relay.ts';
import type { Language, Leg, Line, OutsideLeg, Talk } from './ports.ts';
import type { Stage } from './stage.ts';
import { enterStage } from './stages/enter-stage.ts';

/** A call of the store that was going on when the server went away. */
export interface KnownCall {
  callId: string;
  entryId: string;
  language: Language;
  stage: Stage;
  /** A call of ours to somebody who is called back. */
  isCallBack: boolean;
  /** How long the caller had been in the exchange when a server first saw them. */
  waitedForServerMs?: number;
}

/**
 * What people ask of one call waits for its stage to have time; so much at most. The engine's word is
 * never refused: it has one ring, and one end of it, for each call.
 */
const REQUESTS_MAX = 50;

/** All calls that are going on in this process. */
export interface LiveCalls {
  /** A caller dialled in; the call is ours until it has ended. */
  begin(line: Line): void;
  /**
   * A call of an earlier process goes on where it was.
   * @returns false when a phone rings for it that is not to ring on
   */
  adopt(known: KnownCall, line: Line, leg: Leg | null, outside?: OutsideLeg | null): boolean;
  /** A caller who was called back is on the line, in a talk with the agent. */
  reached(known: KnownCall, line: Line, leg: Leg, talk: Talk): void;
  /** Asks something of a call; rejects when the call cannot do it now. */
  ask(callId: string, request: Request): Promise<void>;
  /**
   * An agent without a call calls somebody (外呼).
   * @returns the new call's id
   * @throws AppError `not-now`, `number-not-allowed`, `lines-busy`
   */
  dial(wanted: WantedDial): string;
  /**
   * May these numbers be called for each other now?
   * @throws AppError `not-now`, `exchange-lost`, `number-not-allowed`, `lines-busy`, `dialled-too-often`
   */
  mayRelay(asked: RelayAsked): void;
  /** A unit's officer speaks to a citizen through the hotline's number. @throws AppError as `mayRelay` */
  relay(wanted: WantedRelay): void;
  /** The caller's self-service, and what the last one brought. */
  selfService(callId: string): {
    now: Pick<LiveSelfService, 'serviceId' | 'since' | 'until'> | null;
    last: SelfServiceResult | null;
  };
  /** Who was asked into a conversation: still being called, or in it. */
  party(callId: string): { number: string | null; seatId: string | null; isIn: boolean } | null;
  /** The phone of a seat that is in a call, the agent's own or a guest's; null when it is not. */
  legAt(callId: string, seatId: string): Leg | null;
  /** Resolves when the calls whose caller has left by now are closed in the books. */
  closing(): Promise<void>;
  /** Resolves when no call is left, or when `signal` aborts. Names the calls it waits for. */
  drained(signal: AbortSignal): Promise<string[]>;
  readonly count: number;
}

export function createLiveCalls(house: House): LiveCalls {
  const calls = new Map<string, LiveCall>();
  const walks = new Map<LiveCall, Promise<void>>();
  let draining = false;
  let onEmpty: () => void = () => {};

  house.dispatcher.onEffect((effect) => {
    const call = calls.get(effect.callId);
    if (call) call.news.put(effect);
    else house.callBacks.onEffect(effect);
  });

  function run(call: LiveCall, from: Stage): void {
    calls.set(call.callId, call);
    const walked = walk(call, house, from)
      .catch((error: unknown) =>
        house.log.error({ err: error, callId: call.callId }, 'a call broke'),
      )
      .finally(() => {
        calls.delete(call.callId);
        walks.delete(call);
        if (calls.size === 0) onEmpty();
      });
    walks.set(call, walked);
  }

  function mayRelay(asked: RelayAsked): void {
    if (draining) throw new AppError('not-now');
    needRelay(house, asked);
  }

  return {
    begin(line) {
      const { call, stage } = house.together(() => {
        const arrived = arrive(house, line);
        const first = draining ? drainingMessage : firstStage(arrived);
        enterStage(arrived, house, first);
        return { call: arrived, stage: first };
      });
      run(call, stage);
    },
    reached(known, line, leg, talk) {
      const call = liveCall(house, known, line);
      call.leg = leg;
      call.talk = talk;
      run(call, known.stage);
    },
    adopt(known, line, leg, outside = null) {
      const call = liveCall(house, known, line);
      const { stage } = known;
      call.leg = leg;
      call.outside = outside;
      if (stage.name !== 'ringing') {
        run(call, stage);
        return true;
      }
      // The caller is offered again, in the old place; while the phone rings, to the same seat.
      const wanted = stage.rings ? { wantedSeatId: stage.ring.seatId } : {};
      if (stage.rings) call.rung = stage.ring;
      run(call, { name: 'waiting', ...stage.wait, ...wanted });
      // Not offered at once: the seat is offered with a new ring, if it ever is.
      call.rung = null;
      return isRinging(call.stage, stage.ring.legId);
    },
    async ask(callId, request) {
      const call = calls.get(callId);
      if (!call || call.news.size >= REQUESTS_MAX) throw new AppError('not-now');
      const done = deferred<void>();
      call.news.put({ kind: 'asked', request, done });
      await done.promise.catch((error: unknown) => {
        throw error instanceof AppError ? error : new AppError('not-now');
      });
    },
    dial(wanted) {
      if (draining) throw new AppError('not-now');
      const { call, stage } = placeCall(house, wanted);
      run(call, stage);
      return call.callId;
    },
    mayRelay,
    relay(wanted) {
      mayRelay(wanted);
      const { call, stage } = placeRelay(house, wanted);
      run(call, stage);
    },
    selfService(callId) {
      const call = calls.get(callId);
      return { now: call?.selfService ?? null, last: call?.selfServiceResult ?? null };
    },
    party(callId) {
      const party = calls.get(callId)?.party;
      if (!party) return null;
      const { who, leg } = party;
      const number = 'number' in who ? who.number : null;
      const seatId = 'guest' in who ? who.guest.seatId : null;
      return { number, seatId, isIn: leg !== null };
    },
    legAt(callId, seatId) {
      const call = calls.get(callId);
      const legs = [call?.leg, call?.party?.leg, call?.taker?.leg];
      const isSeats = (leg: (typeof legs)[number]): leg is Leg =>
        !!leg && 'seatId' in leg && leg.seatId === seatId;
      return legs.find(isSeats) ?? null;
    },
    async closing() {
      const left = [...walks].filter(([call]) => call.line.gone.aborted);
      await Promise.all(left.map(([, walked]) => walked));
    },
    async drained(signal) {
      draining = true;
      const empty = deferred<void>();
      onEmpty = () => empty.resolve();
      if (calls.size === 0) empty.resolve();
      signal.addEventListener('abort', () => empty.resolve(), { once: true });
      await empty.promise;
      return [...calls.keys()];
    },
    get count() {
      return calls.size;
    },
  };
}

/** A call that is known already. */
function liveCall(house: House, known: KnownCall, line: Line): LiveCall {
  const { callId, entryId, language, isCallBack, waitedForServerMs = 0 } = known;
  const entry = house.hotline().entries.find(({ id }) => id === entryId);
  const call = {
    callId,
    line,
    entry: entry ?? unknownEntry(house.hotline()),
    language,
    waitedForServerMs,
  };
  return createLiveCall(call, isCallBack);
}

function isRinging(stage: Stage | null, legId: string): boolean {
  return stage?.name === 'ringing' && stage.ring.legId === legId;
}

/** Writes down that a caller is there. */
function arrive(house: House, line: Line): LiveCall {
  const now = house.clock.now();
  const entry = entryOf(house.hotline(), line.dialledNumber);
  const callId = newId();
  const known = house.knownCaller(line.callerNumber);
  const language = known?.language ?? entry.language;
  house.record({
    kind: 'call.arrived',
    at: now,
    callId,
    entryId: entry.id,
    caller: line.callerNumber,
    dialled: line.dialledNumber,
    language,
    channelId: line.channelId,
  });
  if (known) {
    const { attributes } = known;
    house.record({
      kind: 'call.known',
      at: now,
      callId,
      attributes: [...attributes],
      language: known.language,
    });
  }
  const waitedForServerMs = Math.max(0, now - line.arrivedAt);
  return createLiveCall({ callId, line, entry, language, waitedForServerMs });
}

/** What a number leads to; a stand-in for a number nobody configured. */
export function entryOf(hotline: Hotline, dialled: string): EntryConfig {
  const found = hotline.entries.find(({ numbers }) => numbers.includes(dialled));
  return found ?? unknownEntry(hotline);
}

const UNKNOWN_ENTRY = 'unknown';

const drainingMessage = { name: 'message', promptId: 'draining', ending: 'draining' } as const;

function firstStage({ entry }: LiveCall): Stage {
  if (entry.id !== UNKNOWN_ENTRY) return { name: 'greeting' };
  return { name: 'message', promptId: 'number-unknown', ending: 'unknown-number' };
}

/** Stands in for the entry of a number nobody configured. */
function unknownEntry(hotline: Hotline): EntryConfig {
  return {
    id: UNKNOWN_ENTRY,
    name: { zh: '未配置号码', en: 'Unknown number' },
    numbers: [],
    language: 'zh',
    greeting: [],
    mode: 'direct',
    menu: null,
    keys: {},
    queue: hotline.queues[0]?.id ?? '',
    priority: 0,
    hours: null,
    onClosed: { do: 'message', prompt: 'queue-closed' },
  };
}
