import { setImmediate } from 'node:timers/promises';
import { registerCallerRoutes } from '../callers/routes.ts';
import { registerCallBackRoutes } from '../calls/call-back-routes.ts';
import { registerCallRoutes } from '../calls/routes.ts';
import { popSchema } from '../calls/schema.ts';
import { createPeaksReader } from '../calls/waveform.ts';
import { registerFigureRoutes } from '../figures/routes.ts';
import { createFloorFold } from '../floor/fold.ts';
import { registerFloorRoutes } from '../floor/routes.ts';
import { createFloorService, type FloorService, rememberedKinds } from '../floor/service.ts';
import { registerBulletinRoutes } from '../hotline/bulletin-routes.ts';
import type { Prompts } from '../hotline/prompts.ts';
import { registerHotlineRoutes, registerPromptRoutes } from '../hotline/routes.ts';
import { isOwnOrigin } from '../http/guards.ts';
import { createServer } from '../http/server.ts';
import { attachSipProxy } from '../http/sip-proxy.ts';
import { shanghaiMidnight } from '../kit/shanghai.ts';
import { registerLeadingRoutes } from '../leading/routes.ts';
import { registerPeopleRoutes } from '../people/routes.ts';
import { mayWith } from '../people/rules.ts';
import { createGateway, type Gateway } from '../realtime/gateway.ts';
import { registerActRoutes } from '../seats/act-routes.ts';
import { registerExpertRoutes } from '../seats/experts-routes.ts';
import { registerLeaderRoutes } from '../seats/leader-routes.ts';
import { registerDeskRoutes, registerSeatRoutes } from '../seats/routes.ts';
import { targetsOf } from '../seats/targets.ts';
import { registerStaffingRoutes } from '../staffing/routes.ts';
import { createStaffing } from '../staffing/service.ts';
import type { Store } from '../store/db.ts';
import type { EventLog } from '../store/event-log.ts';
import type { YihaoServer } from '../yihao-server.ts';
import { openFigures } from './figures.ts';
import type { FloorParts } from './floor.ts';
import type { LeadingParts } from './leading.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';
import { touchedBy } from './touched.ts';

/** The doors: HTTP, the live line to the consoles, the browsers' phones. */
export async function openDoors(
  options: AppOptions,
  records: Records,
  floor: FloorParts,
  leading: LeadingParts,
) {
  const { config, clock, log, outside } = options;
  const { store, storage, sessions, prompts, eventLog, nameOf } = records;
  const { publicOrigins } = config.http;
  const sessionOf = (cookie: string | undefined) => sessions.ofCookie(cookie);
  const server = await createServer({
    config,
    log,
    sessionOf,
    readiness: () => ({
      database: databaseState(store),
      exchange: outside.telephony.isConnected() ? 'ok' : 'not connected',
      prompts: missingPrompts(prompts),
      storage: storage.words(),
      loop: options.loop?.() ?? 'ok',
    }),
    ...(options.consoleFolder !== undefined && { consoleFolder: options.consoleFolder }),
  });
  const live = openLiveFloor(options, records, floor);
  const gateway = createGateway({
    server: server.server,
    clock,
    log,
    sessionOf,
    isOwnOrigin: (headers) => isOwnOrigin(headers, publicOrigins),
    may: (person, permission) => mayWith(person.roles, permission),
    floor: live.state,
    agentAt: (seatId) => floor.dispatcher.engine.seat(seatId)?.agentId ?? null,
    agentName: nameOf,
    agentOfCall: (callId) => records.callRepo.call(callId)?.agentId ?? null,
    storage: () => storage.state,
    desk: floor.desk.of,
    pop: (personId) => popAt(records, floor, personId),
  });
  eventLog.subscribe(gateway.onEvent);
  storage.onChange((state) => {
    gateway.onStorage(state);
    if (state === 'ok') floor.keeper.retry();
  });
  sessions.onEnded((sessionId, why) => gateway.closeSession(sessionId, why));
  registerRoutes(options, records, floor, gateway, server);
  registerLeadingRoutes(server, leading);
  const figures = openFigures(options, records);
  registerStaffingRoutes(server, createStaffing());
  registerFigureRoutes(server, figures.service, () => records.hotline().shortAbandonMs);
  const detachSip = attachSipProxy(server.server, {
    exchange: outside.sipWebSocket,
    publicOrigins,
    sessionOf,
    touch: (sessionId) => sessions.touch(sessionId),
    onSessionEnded: (listener) => sessions.onEnded(listener),
    log,
  });
  return { server, gateway, detachSip, catchUpFigures: live.catchUp, figures };
}

export type Doors = Awaited<ReturnType<typeof openDoors>>;

/** For `/readyz`: `ok`, or why the database does not answer. */
function databaseState({ sql }: Store): string {
  try {
    sql.prepare('SELECT 1 FROM events LIMIT 1').get();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** For `/readyz`: `ok`, or the first prompts that have no sound file. */
function missingPrompts(prompts: Prompts): string {
  const missing = prompts.missing();
  if (missing.length === 0) return 'ok';
  return `${missing.length} missing: ${missing.slice(0, 5).join(' ')}`;
}

/** Live figures, from today's events on. */
function openLiveFloor({ clock, outside }: AppOptions, records: Records, floor: FloorParts) {
  const { hotline, eventLog, callRepo, seatsRepo, nameOf, limits } = records;
  const { engine } = floor.dispatcher;
  const queues = () => hotline().queues;
  const live = createFloorService(
    createFloorFold(limits),
    {
      configuredSeats: () => seatsRepo.all(),
      queueIds: () => queues().map(({ id }) => id),
      seats: () => engine.seats(),
      queue: (queueId) => engine.queue(queueId),
      agentName: nameOf,
      queueOfCall: (callId) => callRepo.call(callId)?.queueId ?? null,
      isReachable: (seatId) => outside.telephony.isPhoneReachable(seatId),
      isConnected: () => outside.telephony.isConnected(),
    },
    clock,
  );
  return { ...live, catchUp: () => catchUp(live, eventLog, shanghaiMidnight(clock.now())) };
}

/** Events read between two looks at the calls that go on meanwhile. */
const CATCH_UP_STEP = 2_000;

/**
 * Reads today's events and follows the log from there on. A late restart has hundreds of thousands to
 * read, so this comes after the calls were taken over and gives way to them in between.
 */
async function catchUp(live: FloorService, eventLog: EventLog, since: number): Promise<void> {
  let read = 0;
  for (const event of eventLog.readSince({ atMs: since }, rememberedKinds)) {
    live.apply(event);
    read += 1;
    if (read % CATCH_UP_STEP === 0) await setImmediate();
  }
  eventLog.subscribe(live.apply);
}

/** Every route of the house; the table of contents of the API. */
function registerRoutes(
  { config }: AppOptions,
  records: Records,
  floor: FloorParts,
  gateway: Gateway,
  server: YihaoServer,
): void {
  const { audit, people, signIn, sessions, hotlines, prompts, callRecords, nameOf, names } =
    records;
  const { seats, desk } = floor;
  const popOf = (personId: string) => popAt(records, floor, personId);
  const seatRoutes = {
    seats,
    desk,
    audit: audit.append,
    nameOf,
    experts: floor.experts,
    callAgain: floor.homeLines.callAgain,
    pop: { schema: popSchema, of: popOf },
    targets: () =>
      targetsOf({
        engine: floor.dispatcher.engine,
        seatName: names.seat,
        agentName: nameOf,
        queues: records.hotline().queues,
      }),
  };
  const { signInPerMinute } = config.rateLimit;
  registerPeopleRoutes(server, { people, signIn, sessions, audit, signInPerMinute });
  const { engine } = floor.dispatcher;
  registerHotlineRoutes(server, hotlines, (before, after) =>
    touchedBy(before, after, {
      configuredSeats: () => records.seatsRepo.all(),
      seats: () => engine.seats(),
      queue: (queueId) => engine.queue(queueId),
      queueOfCall: (callId) => records.callRepo.call(callId)?.queueId ?? null,
    }),
  );
  registerPromptRoutes(server, prompts);
  registerBulletinRoutes(server, records.bulletins, prompts);
  registerCallerRoutes(server, records.callers);
  registerSeatRoutes(server, seatRoutes);
  registerDeskRoutes(server, seatRoutes);
  registerExpertRoutes(server, { experts: floor.experts, audit: audit.append });
  registerActRoutes(server, { acts: floor.acts, audit: audit.append });
  registerLeaderRoutes(server, {
    leader: floor.leader,
    monitors: floor.monitors,
    seatOf: desk.seatOf,
    audit: audit.append,
  });
  registerFloorRoutes(server, gateway.floor);
  registerCallBackRoutes(server, {
    list: callRecords.callBacks,
    callBacks: floor.callBacks,
    audit: audit.append,
  });
  registerCallRoutes(server, {
    records: callRecords,
    peaksOf: createPeaksReader(),
    mayReveal: ({ id }, callId) => desk.of(id)?.callId === callId,
  });
}

/** What the agent may know of the call at the own seat. */
function popAt({ callRecords }: Records, { desk }: FloorParts, personId: string) {
  const callId = desk.of(personId)?.callId;
  return callId === undefined || callId === null ? null : callRecords.pop(callId);
}
