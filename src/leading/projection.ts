import type { DomainEvent, EventKind } from '../events.ts';
import type { Store } from '../store/db.ts';
import type { Projection } from '../store/event-log.ts';

/**
 * What each event does to the tables of leading; `@name` is a field of the event. A rest begins with
 * the seat not ready for its reason and is over with whatever the seat does next.
 */
const folds: { readonly [K in EventKind]?: readonly string[] } = {
  'rest.asked': [
    `INSERT INTO rest_requests (id, seatId, agentId, reason, note, askedAt, expiresAt, state)
     VALUES (@restId, @seatId, @agentId, @reason, @note, @at, @expiresAt, 'asked')`,
  ],
  'rest.decided': [
    `UPDATE rest_requests SET state = @outcome, decidedAt = @at, decidedBy = @personId,
       overAt = CASE @outcome WHEN 'approved' THEN NULL ELSE @at END
     WHERE id = @restId`,
  ],
  'seat.state': [
    `UPDATE rest_requests SET overAt = @at
     WHERE overAt IS NULL AND seatId = @seatId AND begunAt IS NOT NULL
       AND (@state <> 'not-ready' OR reason <> @reason)`,
    `UPDATE rest_requests SET begunAt = @at
     WHERE overAt IS NULL AND seatId = @seatId AND state = 'approved' AND begunAt IS NULL
       AND @state = 'not-ready' AND reason = @reason`,
  ],
  'seat.signed-out': [
    `UPDATE rest_requests SET overAt = @at,
       state = CASE state WHEN 'asked' THEN 'withdrawn' ELSE state END
     WHERE overAt IS NULL AND seatId = @seatId`,
  ],
  'notice.posted': [
    `INSERT INTO notices (id, at, personId, text, isUrgent, audience, until)
     VALUES (@noticeId, @at, @personId, @text, @isUrgent, @audience, @until)`,
  ],
  'notice.withdrawn': [
    'UPDATE notices SET withdrawnAt = @at WHERE id = @noticeId AND withdrawnAt IS NULL',
  ],
  'notice.read': [
    `INSERT OR IGNORE INTO notice_reads (noticeId, personId, seatId, at)
     VALUES (@noticeId, @personId, @atSeatId, @at)`,
  ],
  'alert.raised': [
    `INSERT INTO alerts (id, key, kind, at, callId, seatId, agentId, queueId, score, limitMs)
     SELECT @alertId, @key, @alert, @at, about ->> 'callId', about ->> 'seatId', about ->> 'agentId',
       about ->> 'queueId', about ->> 'score', about ->> 'limitMs' FROM (SELECT @about AS about)`,
  ],
  'alert.over': ['UPDATE alerts SET overAt = @at WHERE id = @alertId AND overAt IS NULL'],
  'alert.acknowledged': [
    `UPDATE alerts SET acknowledgedAt = @at, acknowledgedBy = @personId
     WHERE id = @alertId AND acknowledgedAt IS NULL`,
  ],
  'emergency.began': [
    `INSERT INTO emergency_runs (id, profileId, at, personId, versionBefore, noticeId, seats)
     VALUES (@runId, @profileId, @at, @personId, @versionBefore, @noticeId, @seats)`,
  ],
  'emergency.ended': [
    'UPDATE emergency_runs SET overAt = @at, overBy = @personId WHERE id = @runId',
  ],
};

/** Folds rests, notices, alerts and emergencies out of the events. */
export function projectLeading({ sql }: Store): Projection {
  const prepared = new Map(
    Object.entries(folds).map(([kind, list]) => [kind, list.map((text) => sql.prepare(text))]),
  );
  return (event) => {
    const statements = prepared.get(event.kind);
    if (!statements) return;
    const row = rowOf(event);
    for (const statement of statements) statement.run(row);
  };
}

/** As SQLite takes it: objects as JSON, truth as a number. */
function rowOf(event: DomainEvent): Record<string, unknown> {
  const columns = Object.entries(event).map(([name, value]) => {
    if (typeof value === 'boolean') return [name, Number(value)];
    return [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : value];
  });
  return Object.fromEntries(columns);
}
