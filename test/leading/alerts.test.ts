import { expect, test } from 'vitest';
import { CALM_MS } from '../../src/leading/alert-watch.ts';
import { openStore } from '../../src/store/db.ts';
import { hotlineWithRests, openLeadingRig } from './rig.ts';

const minuteMs = 60_000;
type Rig = ReturnType<typeof openLeadingRig>;
const open = (rig: Rig) => rig.alerts.open().map(({ kind }) => kind);
const raisedIn = (rig: Rig) =>
  rig.heard.flatMap((e) => (e.kind === 'alert.raised' ? [e.alert] : []));
const leave = (callId: string) => ({ kind: 'caller-left', callId, abandoned: true }) as const;
const nobodyOngoing = { waiting: [], talks: [], wrapUps: [], unreachable: [], callBacks: [] };

test('a queue whose callers wait too long is one alert, over when it has been calm', async () => {
  const rig = openLeadingRig();
  for (let n = 0; n < 50; n += 1) {
    rig.enter(`c${n}`);
    await rig.clock.advance(100);
  }
  await rig.clock.advance(minuteMs - 5_001);
  expect(open(rig)).toEqual([]);
  await rig.clock.advance(10_000);
  expect(raisedIn(rig)).toEqual(['waiting']);
  expect(rig.alerts.open()).toMatchObject([
    { queueId: 'consumer', callId: 'c0', limitMs: minuteMs, overAt: null },
  ]);
  for (let n = 0; n < 50; n += 1) rig.submit(leave(`c${n}`));
  await rig.clock.advance(CALM_MS - 1);
  rig.enter('late');
  expect(open(rig)).toEqual(['waiting']);
  await rig.clock.advance(1);
  expect(open(rig)).toEqual([]);
  await rig.clock.advance(minuteMs);
  expect(raisedIn(rig)).toEqual(['waiting', 'waiting']);
  // Coming and going within the calm time is no news.
  rig.submit(leave('late'));
  rig.enter('next');
  await rig.clock.advance(minuteMs - 1);
  rig.submit(leave('next'));
  await rig.clock.advance(2 * CALM_MS);
  expect(raisedIn(rig)).toHaveLength(2);
  expect(rig.clock.alarms).toBe(0);
});

test('an alert is told at once while nothing can be written, and stored afterwards', async () => {
  const store = openStore(':memory:');
  const complaints: string[] = [];
  const rig = openLeadingRig(undefined, store, (words) => void complaints.push(words));
  rig.enter('c1');
  store.sql.pragma('query_only = ON');
  await rig.clock.advance(minuteMs);
  expect(raisedIn(rig)).toEqual(['waiting']);
  expect(complaints).toHaveLength(1);
  store.sql.pragma('query_only = OFF');
  expect(open(rig)).toEqual([]);
  expect(rig.events.catchUp()).toBe(true);
  expect(open(rig)).toEqual(['waiting']);
});

test('a long talk and a long wrap-up end with themselves; limits are the queue’s', async () => {
  const rig = openLeadingRig(
    hotlineWithRests((doc) => {
      for (const queue of doc.queues) {
        queue.alerts = { waitMs: null, talkMs: 2 * minuteMs, wrapUpMs: minuteMs, callBackMs: null };
        if (queue.id === 'general') queue.alerts.talkMs = null;
      }
    }),
  );
  rig.sit('801', 'zhang');
  rig.sit('803', 'li');
  rig.talk('c1', '801');
  rig.talk('c2', '803', 'general');
  await rig.clock.advance(2 * minuteMs);
  expect(rig.alerts.open()).toMatchObject([
    { kind: 'long-talk', seatId: '801', agentName: 'Name of zhang', callId: 'c1' },
  ]);
  rig.submit({ kind: 'talk-ended', callId: 'c1', seatId: '801', by: 'caller' });
  expect(open(rig)).toEqual([]);
  rig.submit({ kind: 'wrap-up-extended', seatId: '801', byMs: 10 * minuteMs });
  await rig.clock.advance(minuteMs);
  expect(rig.alerts.open()).toMatchObject([{ kind: 'long-wrap-up', seatId: '801' }]);
  rig.submit({ kind: 'wrap-up-finished', seatId: '801' });
  expect(open(rig)).toEqual([]);
  expect(rig.alerts.list(8e15, 10).map(({ overAt }) => overAt)).toEqual([
    rig.clock.now(),
    rig.clock.now() - minuteMs,
  ]);
});

test('a wrap-up that begins with a restart is looked at, too', async () => {
  const rig = openLeadingRig(
    hotlineWithRests((doc) => {
      for (const queue of doc.queues) {
        queue.alerts = { waitMs: null, talkMs: null, wrapUpMs: minuteMs, callBackMs: null };
      }
    }),
  );
  const since = rig.clock.now();
  const seat = { seatId: '801', agentId: 'zhang' };
  const event = { kind: 'seat.state', at: since, ...seat, state: 'wrap-up' } as const;
  rig.events.append([{ ...event, reason: null, callId: 'c1', until: null }]);
  rig.alerts.resume({ ...nobodyOngoing, wrapUps: [{ ...seat, queueId: 'consumer', since }] });
  await rig.clock.advance(minuteMs);
  expect(rig.alerts.open()).toMatchObject([{ kind: 'long-wrap-up', seatId: '801' }]);
});

test('low ratings and raised hands wait for a leader, who is in the audit', () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  const who = { callId: 'c1', queueId: 'consumer', agentId: 'zhang', seatId: '801' };
  const at = rig.clock.now();
  rig.events.append([{ kind: 'call.rated', at, ...who, score: 3 }]);
  rig.events.append([{ kind: 'call.rated', at, ...who, score: 2 }]);
  rig.alerts.raiseHand(rig.by('zhang'));
  rig.alerts.raiseHand(rig.by('zhang'));
  expect(raisedIn(rig)).toEqual(['low-rating', 'raised-hand']);
  expect(rig.alerts.handUpAt('zhang')).toBe(at);
  rig.alerts.acknowledge(
    rig.alerts.open().map(({ id }) => id),
    rig.by('leader'),
  );
  expect(open(rig)).toEqual([]);
  expect(rig.alerts.handUpAt('zhang')).toBeNull();
  expect(rig.alerts.list(8e15, 10)[0]).toMatchObject({ acknowledgedBy: 'Name of leader' });
  expect(rig.acts().filter(([who]) => who === 'leader')).toHaveLength(2);
  expect(() => rig.alerts.acknowledge(['none'], rig.by('leader'))).toThrow('Not found');
});

test('a phone that comes and goes is one alert; the exchange has its own', async () => {
  const rig = openLeadingRig();
  rig.sit('801', 'zhang');
  const lose = () => rig.submit({ kind: 'seat-not-ready', seatId: '801', reason: 'unreachable' });
  for (let n = 0; n < 5; n += 1) {
    lose();
    await rig.clock.advance(10_000);
    rig.submit({ kind: 'seat-ready', seatId: '801' });
    await rig.clock.advance(10_000);
  }
  expect(raisedIn(rig)).toEqual(['seat-unreachable']);
  await rig.clock.advance(CALM_MS);
  expect(open(rig)).toEqual([]);
  rig.alerts.onExchange(false);
  rig.alerts.onExchange(false);
  expect(open(rig)).toEqual(['exchange-lost']);
  rig.alerts.onExchange(true);
  expect(open(rig)).toEqual([]);
});

test('a server that stops raises nothing over the exchange it lets go', () => {
  const rig = openLeadingRig();
  rig.alerts.stop();
  rig.alerts.onExchange(false);
  expect(rig.alerts.open()).toEqual([]);
});

test('other limits hold at once for who waits', async () => {
  const rig = openLeadingRig();
  rig.enter('c1');
  rig.change(
    hotlineWithRests((doc) => {
      for (const queue of doc.queues) queue.alerts.waitMs = 20_000;
    }),
  );
  rig.events.append([{ kind: 'hotline.changed', at: rig.clock.now(), version: 2, personId: 'a' }]);
  await rig.clock.advance(20_000);
  expect(open(rig)).toEqual(['waiting']);
});

test('after a restart what is over is over, what goes on goes on, and nothing is told twice', async () => {
  const before = openLeadingRig();
  before.sit('801', 'zhang');
  before.sit('802', 'li');
  before.talk('c1', '801');
  before.talk('c2', '802');
  before.enter('c3');
  await before.clock.advance(15 * minuteMs);
  expect(open(before)).toHaveLength(3);
  before.alerts.stop();

  const rig = openLeadingRig(hotlineWithRests(), before.store);
  const since = rig.clock.now() - 15 * minuteMs;
  const talk = { callId: 'c1', seatId: '801', agentId: 'zhang', queueId: 'consumer', since };
  const waiting = { callId: 'c3', queueId: 'consumer', since };
  rig.alerts.resume({ ...nobodyOngoing, talks: [talk], waiting: [waiting] });
  await rig.clock.advance(2 * CALM_MS);
  expect(open(rig).toSorted()).toEqual(['long-talk', 'waiting']);
  expect(raisedIn(rig)).toEqual([]);
});

test('an alert another process raised meanwhile is known, and can be ended', () => {
  const before = openLeadingRig();
  const after = openLeadingRig(hotlineWithRests(), before.store);
  before.sit('801', 'zhang');
  before.alerts.raiseHand(before.by('zhang'));
  after.events.reread();
  after.alerts.reread();
  after.sit('801', 'zhang');
  expect(after.alerts.handUpAt('zhang')).toBe(before.clock.now());
  after.alerts.lowerHand(after.by('zhang'));
  expect(open(after)).toEqual([]);
});

test('call-backs nobody made in time are one alert per queue, over when the last is settled', async () => {
  const rig = openLeadingRig(
    hotlineWithRests((doc) => {
      for (const queue of doc.queues) queue.alerts.callBackMs = 30 * minuteMs;
    }),
  );
  const tell = (...events: Parameters<typeof rig.events.append>[0]) => rig.events.append(events);
  const wanted = (callId: string, isMissed?: true) => ({
    kind: 'call.call-back-requested' as const,
    at: rig.clock.now(),
    callId,
    queueId: 'consumer',
    ...(isMissed && { isMissed }),
  });
  const begun = (callId: string, ofCallId: string, notBefore: number) => ({
    kind: 'call.call-back-begun' as const,
    at: rig.clock.now(),
    callId,
    ofCallId,
    notBefore,
    queueId: 'consumer',
    entryId: 'consumer-line',
    caller: '13800000001',
    dialled: '12315',
    language: 'zh',
  });
  const now = rig.clock.now();
  tell(wanted('asked'), begun('back', 'asked', now), wanted('missed', true));
  // Asked while it was closed: from the opening on.
  tell(wanted('evening'), begun('morning', 'evening', now + 10 * minuteMs));
  await rig.clock.advance(30 * minuteMs - 1);
  expect(open(rig)).toEqual([]);
  await rig.clock.advance(1);
  expect(rig.alerts.open()).toMatchObject([
    { kind: 'call-back-overdue', queueId: 'consumer', limitMs: 30 * minuteMs, overAt: null },
  ]);
  const who = { queueId: 'consumer', seatId: '801', agentId: 'zhang', waitedMs: 0, ringMs: 0 };
  tell({ kind: 'call.connected', at: rig.clock.now(), callId: 'back', ...who });
  tell({
    kind: 'call.call-back-closed',
    at: rig.clock.now(),
    callId: 'missed',
    how: 'done',
    personId: 'leader',
  });
  await rig.clock.advance(CALM_MS);
  expect(open(rig)).toEqual([]);
  await rig.clock.advance(10 * minuteMs);
  expect(raisedIn(rig)).toEqual(['call-back-overdue', 'call-back-overdue']);

  rig.alerts.stop();
  const after = openLeadingRig(hotlineWithRests(), rig.store);
  const since = after.clock.now() - 40 * minuteMs;
  const wish = { callId: 'evening', queueId: 'consumer', since, backId: 'morning' };
  after.alerts.resume({ ...nobodyOngoing, callBacks: [wish] });
  await after.clock.advance(2 * CALM_MS);
  expect(open(after)).toEqual(['call-back-overdue']);
  expect(raisedIn(after)).toEqual([]);
});
