import type { CallBackRecord } from '../calls/repo.ts';
import { createFiguresRepo, DAY_MS } from '../figures/repo.ts';
import { shanghaiMidnight } from '../kit/shanghai.ts';
import type { Ongoing } from '../leading/alert-watch.ts';
import { createAlerts } from '../leading/alerts.ts';
import { createAlertsRepo } from '../leading/alerts-repo.ts';
import { createEmergency } from '../leading/emergency.ts';
import { createEmergencyRepo } from '../leading/emergency-repo.ts';
import { type Day, normalDay } from '../leading/normal-day.ts';
import { createNotices } from '../leading/notices.ts';
import { createNoticesRepo } from '../leading/notices-repo.ts';
import { createPlans } from '../leading/plans.ts';
import { createPlansRepo } from '../leading/plans-repo.ts';
import { createRests } from '../leading/rests.ts';
import { createRestsRepo } from '../leading/rests-repo.ts';
import type { Leading } from '../leading/routes.ts';
import { createWaitingList } from '../leading/waiting.ts';
import type { FloorParts } from './floor.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

/** The same weekday of so many weeks before is what a normal day is made of. */
const NORMAL_WEEKS = 4;

/** What shift leaders run the room with. Follows the log from here on. */
export function openLeading({ clock, log }: AppOptions, records: Records, floor: FloorParts) {
  const { store, eventLog: events, hotline, hotlines: versions, nameOf, callRepo } = records;
  const { dispatcher, seats } = floor;
  const audit = records.audit.append;
  const ground = { clock, events, audit, hotline, dispatcher, nameOf, log };
  const rests = createRests({ ...ground, repo: createRestsRepo(store) });
  const alerts = createAlerts({ ...ground, repo: createAlertsRepo(store) });
  const notices = createNotices({ ...ground, repo: createNoticesRepo(store) });
  const plans = createPlans({
    ...ground,
    repo: createPlansRepo(store),
    seats: {
      all: () => seats.all(),
      move: (seatId, queues) => void seats.change(seatId, { queues: [...queues] }),
    },
  });
  const emergency = createEmergency({
    ...ground,
    repo: createEmergencyRepo(store),
    versions,
    notices,
    plans,
  });
  events.subscribe(alerts.onEvent);
  events.subscribe(rests.onEvent);
  const isRaised = (callId: string) =>
    events.read({ callId }).some(({ kind }) => kind === 'call.priority');
  const normal = normalDay((day) => offeredOn(createFiguresRepo(store), day), NORMAL_WEEKS);
  const leading: Leading = {
    rests,
    alerts,
    notices,
    plans,
    emergency,
    waiting: createWaitingList({
      liveCalls: () => callRepo.live(),
      place: (callId) => dispatcher.engine.place(callId),
      hotline,
      isRaised,
    }),
    wallNews: () => ({ notices: notices.forAll(), ...normal(shanghaiMidnight(clock.now())) }),
  };
  return {
    ...leading,
    /** After calls and seats were taken over: goes on with everything that is open. */
    resume() {
      rests.resume();
      alerts.resume(ongoing(records, floor));
    },
    onExchange: alerts.onExchange,
    reread: alerts.reread,
    stop() {
      rests.stop();
      alerts.stop();
    },
  };
}

export type LeadingParts = ReturnType<typeof openLeading>;

/** Callers who wait, talks and wrap-ups that go on, as calls and seats say it. */
function ongoing({ callRepo }: Records, { dispatcher }: FloorParts): Ongoing {
  const { engine } = dispatcher;
  const callBacks = callRepo.openWishes().map(wishOf);
  const found: Ongoing = { waiting: [], talks: [], wrapUps: [], unreachable: [], callBacks };
  const calls = callRepo.live();
  for (const { id, talkEndedAt } of calls) {
    const place = engine.place(id);
    if (!place) continue;
    const since = Math.max(place.enteredAt, talkEndedAt ?? 0);
    found.waiting.push({ callId: id, queueId: place.queueId, since });
  }
  for (const { seatId, agentId, state, since, callId, reason } of engine.seats()) {
    const call = callId === null ? undefined : callRepo.call(callId);
    if (reason === 'unreachable') found.unreachable.push({ seatId, agentId });
    if (callId === null || !call || call.queueId === null) continue;
    const about = { seatId, agentId, queueId: call.queueId };
    if (state === 'wrap-up') found.wrapUps.push({ ...about, since });
    if (state !== 'talking' && state !== 'hold') continue;
    found.talks.push({ ...about, callId, since: call.connectedAt ?? since });
  }
  return found;
}

/** Somebody to be called back: from the wish on, or from when the queue opened again. */
function wishOf(wish: CallBackRecord): Ongoing['callBacks'][number] {
  const { callId, queueId, backId, requestedAt, attempts, nextAt } = wish;
  const since = Math.max(requestedAt, attempts === 0 ? (nextAt ?? 0) : 0);
  return { callId, queueId, since, backId };
}

/** Offered per quarter of an hour of a day; null when nothing was counted then. */
function offeredOn(repo: ReturnType<typeof createFiguresRepo>, from: number): Day | null {
  const sums = repo.sums({ from, to: from + DAY_MS, by: 'quarter', queue: null, agent: null });
  if (sums.size === 0) return null;
  const day: number[] = Array.from({ length: 96 }, () => 0);
  for (const [key, { offered }] of sums) day[(Number(key) - from) / 900_000] = offered;
  return day;
}
