import type { NewEvent } from '../events.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { House } from './house.ts';
import type { LiveCalls } from './live-calls.ts';
import type { Leg, Monitoring, MonitorMode } from './ports.ts';

/** A leader's phone answers by itself; one that does not within this time is not there. */
const LEADER_RING_MS = 10_000;
/** Why a leader's seat takes no calls meanwhile. */
const REASON = 'monitoring';

/** A leader who is with an agent's talk. */
interface Session {
  seatId: string;
  callId: string;
  agentId: string;
  mode: MonitorMode;
  /** Null while the leader's phone rings. */
  monitoring: Monitoring | null;
  stop: AbortController;
}

/** Shift leaders who listen to agents' talks, one talk per leader's seat. */
export interface Monitors {
  /**
   * Lets the leader at `leaderSeatId` hear the talk at `seatId`, or changes how they are with it.
   * @throws AppError `not-now` when nobody talks there or the leader has a call, `seat-not-free`
   * when the leader's phone does not answer
   */
  start(leaderSeatId: string, seatId: string, mode: MonitorMode): Promise<void>;
  /** Harmless when nobody listens. */
  stop(leaderSeatId: string): void;
  /** How somebody is with the talk at this seat; null when nobody is. */
  modeAt(seatId: string): MonitorMode | null;
  /** Whose talk the leader at this seat hears, and how; null while they hear nobody's. */
  from(leaderSeatId: string): { seatId: string; mode: MonitorMode } | null;
  /** To be told what happens: who listens follows an agent to another phone, and ends with the talk. */
  onEvent(event: NewEvent): void;
}

export function createMonitors(house: House, liveCalls: Pick<LiveCalls, 'legAt'>): Monitors {
  const sessions = new Map<string, Session>();

  function tell({ seatId, callId, agentId }: Session, bySeatId: string, mode: MonitorMode | null) {
    const at = house.clock.now();
    house.record({ kind: 'call.monitored', at, callId, seatId, agentId, bySeatId, mode });
  }

  async function ringLeader(leaderSeatId: string, session: Session, agent: Leg): Promise<Leg> {
    const result = await house.telephony.ringSeat(
      {
        callId: session.callId,
        seatId: leaderSeatId,
        legId: `leg-${newId()}`,
        recordingId: newId(),
        ringTimeoutMs: LEADER_RING_MS,
        display: '',
        autoAnswer: true,
        unrecorded: true,
      },
      AbortSignal.any([session.stop.signal, agent.gone]),
    );
    if (result.kind === 'answered') return result.leg;
    throw new AppError('seat-not-free', { seat: leaderSeatId });
  }

  /** Lasts until the leader has had enough or the talk at the seat is over. */
  async function follow(leaderSeatId: string, session: Session, leader: Leg) {
    const over = AbortSignal.any([session.stop.signal, leader.gone]);
    const end = async () => {
      sessions.delete(leaderSeatId);
      tell(session, leaderSeatId, null);
      await session.monitoring?.close();
      await leader.hangUp();
    };
    if (over.aborted) await end();
    else over.addEventListener('abort', () => void end(), { once: true });
  }

  async function open(leaderSeatId: string, session: Session, agent: Leg): Promise<void> {
    const leader = await ringLeader(leaderSeatId, session, agent);
    try {
      session.monitoring = await house.telephony.monitor(agent, leader, session.mode);
    } catch (error) {
      await leader.hangUp();
      throw error;
    }
    tell(session, leaderSeatId, session.mode);
    // The talk may have ended while the leader's phone rang.
    if (!talksAt(session)) session.stop.abort();
    await follow(leaderSeatId, session, leader);
  }

  function talksAt({ callId, seatId }: Session): boolean {
    const seat = house.dispatcher.engine.seat(seatId);
    return seat?.callId === callId && (seat.state === 'talking' || seat.state === 'hold');
  }

  /** The agent has the call on another phone; a leader who cannot follow there is out. */
  async function moveTo({ monitoring, stop, callId, seatId }: Session): Promise<void> {
    const agent = liveCalls.legAt(callId, seatId);
    try {
      if (agent) await monitoring?.moveTo(agent);
    } catch (err) {
      house.log.warn({ err, callId }, 'a leader could not follow an agent to another phone');
      stop.abort();
    }
  }

  async function begin(leaderSeatId: string, seatId: string, mode: MonitorMode): Promise<void> {
    const { engine } = house.dispatcher;
    const seat = engine.seat(seatId);
    const agent = seat?.callId ? liveCalls.legAt(seat.callId, seatId) : null;
    const own = engine.seat(leaderSeatId);
    const isIdle = own?.state === 'ready' || own?.state === 'not-ready';
    if (!seat?.callId || !agent || !isIdle || seatId === leaderSeatId)
      throw new AppError('not-now');
    if (own.state === 'ready') {
      house.dispatcher.submit({ kind: 'seat-not-ready', seatId: leaderSeatId, reason: REASON });
    }
    const { callId, agentId } = seat;
    const stop = new AbortController();
    const session: Session = { seatId, callId, agentId, mode, monitoring: null, stop };
    sessions.set(leaderSeatId, session);
    try {
      await open(leaderSeatId, session, agent);
    } catch (error) {
      sessions.delete(leaderSeatId);
      throw error instanceof AppError ? error : new AppError('not-now');
    }
  }

  return {
    async start(leaderSeatId, seatId, mode) {
      const present = sessions.get(leaderSeatId);
      if (!present) return begin(leaderSeatId, seatId, mode);
      if (present.seatId !== seatId || !present.monitoring) throw new AppError('not-now');
      try {
        await present.monitoring.change(mode);
      } catch {
        throw new AppError('not-now');
      }
      present.mode = mode;
      tell(present, leaderSeatId, mode);
    },
    stop: (leaderSeatId) => sessions.get(leaderSeatId)?.stop.abort(),
    modeAt(seatId) {
      const at = [...sessions.values()].find((one) => one.seatId === seatId && one.monitoring);
      return at?.mode ?? null;
    },
    from(leaderSeatId) {
      const session = sessions.get(leaderSeatId);
      return session?.monitoring ? { seatId: session.seatId, mode: session.mode } : null;
    },
    onEvent(event) {
      if (!('seatId' in event) || !('callId' in event)) return;
      for (const session of sessions.values()) {
        if (session.callId !== event.callId || session.seatId !== event.seatId) continue;
        if (event.kind === 'call.rejoined') void moveTo(session);
        const isEnd = event.kind === 'call.talk-ended' || event.kind === 'call.guest-left';
        if (isEnd && !talksAt(session)) session.stop.abort();
      }
    },
  };
}
