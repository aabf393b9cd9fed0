import { afterEach, describe, expect, it } from 'vitest';
import { presentPop } from '../../src/calls/presenter.ts';
import type { NewEvent } from '../../src/events.ts';
import type { Alert, DeskMessage } from '../../src/realtime/protocol.ts';
import { visibleAlert } from '../../src/realtime/visible.ts';
import {
  callerNumber,
  openRecords,
  type Records,
  served,
  t0,
  waiting,
} from '../calls-records/sample.ts';
import { settle } from '../support/fake-clock.ts';
import { caughtUp, desk, listen, openRig, type Rig, raised } from './rig.ts';

let rig: Rig;
let records: Records | undefined;
afterEach(async () => {
  await rig.close();
  records?.store.close();
});

const low = { callId: 'c1', queueId: 'consumer', agentId: 'zhang', seatId: '801', score: 2 };

describe('alerts', () => {
  it('reach whoever watches the floor at once, without asking for the stream', async () => {
    rig = await openRig();
    const leader = await rig.connect('leader', { role: 'leader' });
    const agent = await rig.connect('zhang');
    const [heard, heardAgent] = [listen<Alert>(leader, 'alert'), listen(agent, 'alert')];
    const news = listen(leader, 'news');
    rig.gateway.onEvent(raised('low-rating', low));
    rig.gateway.onEvent(raised('waiting', { queueId: 'consumer', limitMs: 60_000 }));
    await Promise.all([caughtUp(leader), caughtUp(agent)]);
    expect(heard).toMatchObject([
      { kind: 'low-rating', score: 2, callId: 'c1', agentName: 'Name of zhang', seatId: '801' },
      { kind: 'waiting', queueId: 'consumer', limitMs: 60_000, agentName: null },
    ]);
    expect(heardAgent).toEqual([]);
    expect(news).toEqual(['alerts']);
    await rig.clock.advance(250);
    await caughtUp(leader);
    expect(news).toEqual(['alerts', 'alerts']);
  });

  it('show a technician that something is wrong, not with whom', async () => {
    rig = await openRig({ may: (_person, permission) => permission === 'floor.watch' });
    const admin = await rig.connect('admin', { role: 'admin' });
    const heard = listen<Alert>(admin, 'alert');
    rig.gateway.onEvent(raised('low-rating', low));
    await caughtUp(admin);
    expect(heard).toMatchObject([
      { kind: 'low-rating', queueId: 'consumer', callId: null, agentName: null, score: null },
    ]);
    const [alert] = heard;
    if (alert) expect(visibleAlert(alert, () => true)).toBe(alert);
  });
});

it('a missed calendar is told to every console; what is missing, only to who asks and may', async () => {
  rig = await openRig();
  const admin = await rig.connect('admin', { role: 'admin' });
  const news = listen(admin, 'news');
  rig.gateway.onCalendar();
  await caughtUp(admin);
  expect(news).toEqual(['calendar']);
});

describe('numbers', () => {
  it('are in no frame of a whole call, whoever listens', async () => {
    const open = openRecords();
    records = open;
    rig = await openRig({ pop: () => pop(open) });
    open.log.subscribe((event) => rig.gateway.onEvent(event));
    const agent = await rig.connect('agent-1');
    const leader = await rig.connect('leader', { role: 'leader' });
    const heard = listen<DeskMessage>(agent, 'desk');
    rig.desks.set('agent-1', desk('801', 'ringing'));
    await caughtUp(agent);
    leader.emit('watchFloor', () => {});

    const noted: NewEvent = {
      kind: 'call.noted',
      at: t0,
      callId: 'before',
      agentId: 'agent-1',
      note: `请回电 ${callerNumber}`,
      resultCode: 'solved',
    };
    const events = [
      ...waiting('before', t0 - 99_000),
      noted,
      ...waiting('now'),
      ...served('now', t0, 5_000, 1),
    ];
    for (const event of events) {
      open.log.append([event]);
      await settle();
      await rig.clock.advance(250);
    }
    await Promise.all([caughtUp(agent), caughtUp(leader)]);
    expect(heard.length).toBeGreaterThan(5);
    expect(heard.at(-1)?.pop).toMatchObject({ callerMasked: '138****5678', callsBefore: 1 });
    const everything = rig.frames.join('\n');
    expect(everything).toContain('138****5678');
    expect(everything).not.toContain(callerNumber);
    expect(everything).not.toContain(callerNumber.slice(2));
  });
});

function pop({ repo }: Records) {
  const call = repo.call('now');
  if (!call) return null;
  const earlier = repo.earlier(call.caller, call.arrivedAt, 5);
  return presentPop({ call, attempt: 1, earlier, known: null, callBack: undefined, now: t0 });
}
