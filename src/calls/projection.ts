import type { DomainEvent, EventKind } from '../events.ts';
import type { Store } from '../store/db.ts';

/** What a caller has spent on hold since the last `call.held`, 0 when the call is not held. */
const heldSinceMs = `coalesce(
  (SELECT CASE kind WHEN 'call.held' THEN @at - at END FROM events
   WHERE callId = @callId AND seq < @seq
     AND kind IN ('call.held', 'call.resumed', 'call.connected', 'call.talk-ended')
   ORDER BY seq DESC LIMIT 1), 0)`;

/**
 * What each event does to the tables; `@name` is a field of the event. A call served twice (put
 * back when a seat was lost) keeps its first wait and its last seat, and its talks add up.
 */
const folds: { readonly [K in EventKind]?: string | readonly string[] } = {
  'call.arrived': `INSERT INTO calls (id, entryId, caller, dialled, language, channelId, arrivedAt, stage)
    VALUES (@callId, @entryId, @caller, @dialled, @language, @channelId, @at, 'greeting')`,
  'call.placed': `INSERT INTO calls (id, entryId, caller, dialled, language, channelId, arrivedAt, stage,
      direction, queueId, seatId, agentId, orderId)
    VALUES (@callId, @entryId, @caller, @dialled, @language, @channelId, @at, 'dialling',
      'out', @queueId, @seatId, @agentId, @orderId)`,
  'call.relay-placed': `INSERT INTO calls (id, entryId, caller, dialled, language, channelId, arrivedAt, stage,
      direction, agentId, orderId)
    VALUES (@callId, @entryId, @caller, @dialled, @language, @channelId, @at, 'relay-calling',
      'out', @agentId, @orderId)`,
  'call.relay-joined': 'UPDATE calls SET connectedAt = @at WHERE id = @callId',
  'call.stage': `UPDATE calls SET stage = @stage, stageData = @data
    WHERE id = @callId AND ending IS NULL`,
  'call.language': 'UPDATE calls SET language = @language WHERE id = @callId',
  'call.choice': 'UPDATE calls SET choice = @choice WHERE id = @callId',
  'call.queued': `UPDATE calls SET queueId = @queueId, priority = @priority,
      queuedAt = coalesce(queuedAt, @at)
    WHERE id = @callId`,
  'call.priority': 'UPDATE calls SET priority = @priority WHERE id = @callId',
  'call.overflowed': 'UPDATE calls SET queueId = @queueId WHERE id = @callId',
  'call.connected': [
    `UPDATE calls SET queueId = @queueId, seatId = @seatId, agentId = @agentId,
      connectedAt = coalesce(connectedAt, @at), waitedMs = coalesce(waitedMs, @waitedMs),
      ringMs = coalesce(ringMs, @ringMs)
    WHERE id = @callId`,
    `UPDATE call_back_requests SET state = 'reached', nextAt = NULL, doneAt = @at, doneBy = @agentId
    WHERE backId = @callId AND doneAt IS NULL`,
  ],
  'call.resumed': `UPDATE calls SET heldMs = heldMs + ${heldSinceMs} WHERE id = @callId`,
  'call.talk-ended': `UPDATE calls SET talkMs = coalesce(talkMs, 0) + @talkMs, talkEndedAt = @at,
      endedBy = @by, heldMs = heldMs + ${heldSinceMs}
    WHERE id = @callId`,
  'call.abandoned': `UPDATE calls SET waitedMs = coalesce(waitedMs, @waitedMs) WHERE id = @callId`,
  'call.turned-away': `UPDATE calls SET queueId = @queueId,
      waitedMs = coalesce(waitedMs, @at - queuedAt)
    WHERE id = @callId`,
  'call.call-back-requested': `INSERT INTO call_back_requests
      (callId, caller, queueId, language, requestedAt, isMissed)
    SELECT id, caller, @queueId, language, @at, @isMissed FROM calls WHERE id = @callId
    ON CONFLICT DO NOTHING`,
  'call.call-back-begun': [
    `INSERT INTO calls (id, entryId, caller, dialled, language, channelId, arrivedAt, direction, queueId, callBackOf, stage)
    VALUES (@callId, @entryId, @caller, @dialled, @language, '', @at, 'out', @queueId, @ofCallId, 'virtual')`,
    `UPDATE call_back_requests SET state = 'waiting', backId = @callId, attempts = 0, nextAt = @notBefore
    WHERE callId = @ofCallId`,
  ],
  'call.call-back-dialled': [
    'UPDATE calls SET channelId = @channelId WHERE id = @callId',
    "UPDATE call_back_requests SET state = 'dialling' WHERE backId = @callId AND doneAt IS NULL",
  ],
  // The agent walked off while the caller was dialled.
  'call.ring-failed': `UPDATE call_back_requests SET state = 'waiting'
    WHERE backId = @callId AND state = 'dialling'`,
  'call.call-back-failed': `UPDATE call_back_requests SET attempts = @tries, nextAt = @againAt,
      lastFailure = @why, state = iif(@againAt IS NULL, 'failed', 'paused')
    WHERE backId = @callId AND doneAt IS NULL`,
  'call.call-back-closed': `UPDATE call_back_requests SET state = @how, nextAt = NULL, doneAt = @at,
      doneBy = @personId
    WHERE callId = @callId AND doneAt IS NULL`,
  'call.rating-asked': 'UPDATE calls SET ratingAskedAt = @at WHERE id = @callId',
  'call.rated': 'UPDATE calls SET rating = @score WHERE id = @callId',
  'call.noted': `UPDATE calls SET note = @note, resultCode = nullif(@resultCode, '')
    WHERE id = @callId`,
  'call.tagged': 'UPDATE calls SET tags = @tags WHERE id = @callId',
  'call.ended': [
    // How long an officer and a citizen spoke; not known when their end was not seen.
    `UPDATE calls SET talkMs = @at - connectedAt, talkEndedAt = @at
    WHERE id = @callId AND orderId IS NOT NULL AND ending IS NULL AND @ending = 'relayed'`,
    `UPDATE calls SET ending = @ending, endedAt = @at, stage = NULL, stageData = NULL
    WHERE id = @callId AND ending IS NULL`,
    // Whoever is not reached stays on the page, missed.
    `UPDATE call_back_requests SET state = 'failed', nextAt = NULL
    WHERE backId = @callId AND doneAt IS NULL`,
  ],
  'recording.started': `INSERT INTO recordings (id, callId, seatId, agentId, startedAt, state)
    VALUES (@recordingId, @callId, @seatId, @agentId, @at, 'running')`,
  'recording.ready': `UPDATE recordings SET state = iif(@repaired, 'repaired', 'ready'), file = @file,
      sha256 = @sha256, durationMs = @durationMs, bytes = @bytes, failure = NULL
    WHERE id = @recordingId`,
  'recording.failed': `UPDATE recordings SET state = 'failed', failure = @why
    WHERE id = @recordingId AND state = 'running'`,
};

/** Keeps calls, recordings and call-back requests as the events tell them. */
export function projectCalls(store: Store): (event: DomainEvent) => void {
  const statements = new Map(
    Object.entries(folds).map(([kind, sql]) => [
      kind,
      [sql].flat().map((one) => store.sql.prepare<[object]>(one)),
    ]),
  );
  return (event) => {
    const wanted = statements.get(event.kind);
    if (!wanted) return;
    const values = bindable(event);
    for (const statement of wanted) statement.run(values);
  };
}

/** Fields that are not always there. */
const absent = { isMissed: 0, orderId: null };

/** SQLite takes neither truth values nor objects. */
function bindable(event: DomainEvent): Record<string, unknown> {
  const values: Record<string, unknown> = { ...absent };
  for (const [name, value] of Object.entries(event)) values[name] = bindableValue(value);
  return values;
}

function bindableValue(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
