/** What the shift leader's tools put on record: rests, notices, alerts, the emergency switch. */
export interface LeadingEvents {
  /** An agent asks for a rest; nobody having decided by `expiresAt`, it is refused. */
  'rest.asked': {
    restId: string;
    seatId: string;
    agentId: string;
    reason: string;
    note: string;
    expiresAt: number;
  };
  /** `expired`: refused by itself. `withdrawn`: by the agent. `personId` null: by nobody. */
  'rest.decided': {
    restId: string;
    seatId: string;
    agentId: string;
    outcome: 'approved' | 'refused' | 'expired' | 'withdrawn';
    personId: string | null;
  };
  'notice.posted': {
    noticeId: string;
    text: string;
    /** Must be confirmed at each desk. */
    isUrgent: boolean;
    audience: Audience;
    until: number | null;
    personId: string;
  };
  'notice.withdrawn': { noticeId: string; personId: string };
  'notice.read': { noticeId: string; personId: string; atSeatId: string | null };
  /** Something a shift leader should look at. `key`: what it is about; one is open per key at most. */
  'alert.raised': { alertId: string; key: string; alert: AlertKind; about: AlertSubject };
  'alert.over': { alertId: string };
  'alert.acknowledged': { alertId: string; personId: string };
  /** The emergency profile is on; `seats` as they were before its plan moved them. */
  'emergency.began': {
    runId: string;
    profileId: string;
    personId: string;
    versionBefore: number;
    noticeId: string | null;
    seats: SeatQueues[];
  };
  'emergency.ended': { runId: string; personId: string };
}

/** Whose desks a notice is for: everybody's, those that serve one of the queues, or these seats. */
export type Audience =
  | { to: 'all' }
  | { to: 'queues'; queueIds: string[] }
  | { to: 'seats'; seatIds: string[] };

/** Which queues a seat serves, at which level. */
export interface SeatQueues {
  seatId: string;
  queues: { queueId: string; level: number }[];
}

export type AlertKind =
  | 'waiting'
  | 'long-talk'
  | 'long-wrap-up'
  | 'call-back-overdue'
  | 'low-rating'
  | 'seat-unreachable'
  | 'raised-hand'
  | 'recording-failed'
  | 'exchange-lost';

/** What an alert is about, as far as it is about such a thing. */
export interface AlertSubject {
  callId: string | null;
  seatId: string | null;
  agentId: string | null;
  queueId: string | null;
  /** The rating given. */
  score: number | null;
  /** The limit that was passed, milliseconds. */
  limitMs: number | null;
}
