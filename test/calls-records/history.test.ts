import { expect, it } from 'vitest';
import { createCallHistory } from '../../src/calls/history.ts';
import { projectCalls } from '../../src/calls/projection.ts';
import type { EndingSlug } from '../../src/ending.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';

const caller = '13800000001';

function build() {
  const store = openStore(':memory:');
  const log = createEventLog(store, [projectCalls(store)], { error: () => {} });
  let at = 0;
  function call(ending: EndingSlug | null, agentId: string | null, resultCode = ''): string {
    at += 1_000;
    const callId = `c${String(at)}`;
    const arrived = { callId, entryId: 'e', caller, dialled: '12345', language: 'zh' };
    const stamp = { at, callId };
    log.append([{ kind: 'call.arrived', at, ...arrived, channelId: callId }]);
    if (agentId !== null) {
      const talk = { queueId: 'q', seatId: 's', agentId, waitedMs: 0, ringMs: 0 };
      log.append([{ kind: 'call.connected', ...stamp, ...talk }]);
      log.append([{ kind: 'call.noted', ...stamp, agentId, note: '', resultCode }]);
    }
    if (ending !== null) log.append([{ kind: 'call.ended', ...stamp, ending }]);
    return callId;
  }
  const history = createCallHistory(store, (code) => code === 'to-be-handled');
  return { store, call, history };
}

it('tells who spoke with a caller and what was left open, newest first', () => {
  const { call, history } = build();
  call('agent-hung-up', 'wang', 'answered');
  call('left-while-waiting', null);
  call('caller-hung-up', 'li', 'to-be-handled');
  call('seat-lost', 'zhao');
  call(null, null);
  const now = call(null, null);
  const told = history(caller, 0, now).map(({ agentId, isOpen }) => [agentId, isOpen]);
  expect(told).toEqual([
    ['zhao', true],
    ['li', true],
    [null, true],
    ['wang', false],
  ]);
  expect(history(caller, 3_000, now)).toHaveLength(2);
  expect(history('', 0, now)).toEqual([]);
  expect(history('13900000002', 0, now)).toEqual([]);
});

it('costs a call one look into an index', () => {
  const { store } = build();
  const plan = store.sql
    .prepare(
      `EXPLAIN QUERY PLAN SELECT agentId FROM calls
       WHERE caller = 'x' AND arrivedAt >= 1 AND id <> 'y' ORDER BY arrivedAt DESC LIMIT 10`,
    )
    .all();
  expect(JSON.stringify(plan)).toContain('SEARCH calls USING INDEX calls_caller');
  expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
});
