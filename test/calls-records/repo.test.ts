import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presentDetail, presentPop } from '../../src/calls/presenter.ts';
import { callDetailSchema, popSchema } from '../../src/calls/schema.ts';
import {
  callerNumber,
  openRecords,
  type Records,
  seat,
  served,
  t0,
  waiting,
  wholeCall,
} from './sample.ts';

let records: Records;
beforeEach(() => {
  records = openRecords();
});
afterEach(() => records.store.close());

describe('the list', () => {
  it('pages newest first without losing or doubling calls of the same moment', () => {
    for (let at = 0; at < 25; at += 1) {
      // Five calls share each moment.
      records.log.append(wholeCall(`c${String(at).padStart(2, '0')}`, t0 + Math.floor(at / 5)));
    }
    const seen: string[] = [];
    let page = records.repo.page({}, 4);
    while (page.length > 0) {
      seen.push(...page.map((call) => call.id));
      page = records.repo.page({}, 4, page.at(-1));
    }
    const expected = Array.from({ length: 25 }, (_, at) => `c${String(24 - at).padStart(2, '0')}`);
    expect(seen).toEqual(expected);
    expect(records.repo.total({})).toBe(25);
  });

  it('filters by everything the address bar can say', () => {
    records.log.append([
      ...waiting('good', t0),
      ...served('good', t0, 1_000, 5),
      ...waiting('bad', t0 + 1_000, '02087654321'),
      ...served('bad', t0 + 1_000, 1_000, 1),
      ...waiting('left', t0 + 2_000),
      { kind: 'call.ended', at: t0 + 9_000, callId: 'left', ending: 'left-while-waiting' },
      ...waiting('live', t0 + 3_000),
    ]);
    const ids = (filter: Parameters<typeof records.repo.page>[0]) => {
      const found = records.repo.page(filter, 10).map((call) => call.id);
      expect(records.repo.total(filter)).toBe(found.length);
      return found;
    };
    expect(ids({ from: t0 + 1_000, to: t0 + 2_000 })).toEqual(['left', 'bad']);
    expect(ids({ class: 'answered' })).toEqual(['bad', 'good']);
    expect(ids({ class: 'turned-away' })).toEqual([]);
    expect(ids({ ending: 'left-while-waiting' })).toEqual(['left']);
    expect(ids({ rating: 1 })).toEqual(['bad']);
    expect(ids({ agent: seat.agentId, seat: seat.seatId })).toEqual(['bad', 'good']);
    expect(ids({ agent: 'somebody-else' })).toEqual([]);
    expect(ids({ queue: 'consumer', live: 'yes' })).toEqual(['live']);
    expect(ids({ live: 'no' })).toEqual(['left', 'bad', 'good']);
    expect(ids({ caller: '4321' })).toEqual(['bad']);
    expect(ids({ caller: callerNumber })).toEqual(['live', 'left', 'good']);
    expect(ids({ caller: '1381' })).toEqual([]);
  });

  it.each([
    [
      'the newest',
      'SELECT * FROM calls ORDER BY arrivedAt DESC, id DESC LIMIT 50',
      'calls_arrived',
    ],
    ['live calls', "SELECT * FROM calls WHERE stage > ''", 'calls_live'],
    ['a number', 'SELECT * FROM calls WHERE caller = ? AND arrivedAt < ?', 'calls_caller'],
    ['the end of one', 'SELECT * FROM calls WHERE substr(caller, -4) = ?', 'calls_caller_end'],
    [
      'what is being recorded',
      "SELECT * FROM recordings WHERE state = 'running'",
      'recordings_running',
    ],
  ])('finds %s by an index', (_, query, index) => {
    const plan = records.store.sql.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...filled(query));
    expect(JSON.stringify(plan)).toMatch(new RegExp(`INDEX ${index}\\b`));
  });
});

function filled(query: string): string[] {
  return query.match(/\?/g) ?? [];
}

describe('what leaves the house', () => {
  it('shows the timeline without number, channel or stage data', () => {
    records.log.append([
      ...wholeCall('c1'),
      {
        kind: 'call.noted',
        at: t0 + 90_000,
        callId: 'c1',
        agentId: seat.agentId,
        note: `回电 ${callerNumber} 张先生`,
        resultCode: 'solved',
      },
    ]);
    const call = records.repo.call('c1');
    if (!call) throw new Error('no call');
    const detail = presentDetail(
      call,
      records.log.read({ callId: 'c1' }),
      records.repo.recordingsOf('c1'),
    );
    const text = JSON.stringify(callDetailSchema.parse(detail));
    expect(text).not.toContain(callerNumber);
    expect(text).not.toContain('channel-c1');
    expect(detail).toMatchObject({ callerMasked: '138****5678', note: '回电 138****5678 张先生' });
    expect(detail.steps.map((step) => step.kind)).toEqual(
      records.log.read({ callId: 'c1' }).map((event) => event.kind),
    );
    expect(detail.steps.find((step) => step.kind === 'call.connected')?.detail).toEqual({
      queueId: 'consumer',
      ...seat,
      waitedMs: 5_000,
      ringMs: 2_000,
    });
  });

  it('pops with the calls before, numbers of others masked, the own note as written', () => {
    records.log.append(waiting('now', t0 + 10_000_000));
    for (let at = 0; at < 7; at += 1) records.log.append(wholeCall(`old${String(at)}`, t0 + at));
    records.log.append([
      {
        kind: 'call.noted',
        at: t0,
        callId: 'old6',
        agentId: 'x',
        note: callerNumber,
        resultCode: 'y',
      },
      {
        kind: 'call.noted',
        at: t0,
        callId: 'now',
        agentId: 'x',
        note: callerNumber,
        resultCode: 'y',
      },
    ]);
    const call = records.repo.call('now');
    if (!call) throw new Error('no call');
    const earlier = records.repo.earlier(call.caller, call.arrivedAt, 5);
    const pop = presentPop({
      call,
      attempt: 2,
      earlier,
      known: { name: '王女士', attributes: ['elder'], note: `改拨 ${callerNumber}` },
      callBack: undefined,
      now: t0 + 10_012_000,
    });
    expect(popSchema.parse(pop)).toMatchObject({
      callerMasked: '138****5678',
      registered: { attributes: ['elder'], note: '改拨 138****5678' },
      attempt: 2,
      waitedMs: 10_000,
      callsBefore: 7,
      note: callerNumber,
    });
    expect(pop?.lastCalls.map((one) => one.id)).toEqual(['old6', 'old5', 'old4', 'old3', 'old2']);
    expect(pop?.lastCalls[0]?.note).toBe('138****5678');
  });
});
