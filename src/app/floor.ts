import { loadSeatsExample } from '../../config/load.ts';
import { createEngine } from '../acd/engine.ts';
import type { CallBackParts } from '../calls/call-backs.ts';
import { createCallBacks } from '../calls/call-backs.ts';
import { createDispatcher } from '../calls/dispatcher.ts';
import { createDialCap } from '../calls/history.ts';
import type { House } from '../calls/house.ts';
import { createLiveCalls } from '../calls/live-calls.ts';
import { createMonitors } from '../calls/monitors.ts';
import { queueRules } from '../calls/queue-rules.ts';
import { createRecordingKeeper } from '../calls/recordings.ts';
import type { NewEvent } from '../events.ts';
import { promptOfBulletin } from '../hotline/bulletins.ts';
import { SIP_PATH } from '../http/sip-proxy.ts';
import { createDesk } from '../seats/desk.ts';
import { createHomeLines } from '../seats/home-lines.ts';
import { createIceServers } from '../seats/ice-servers.ts';
import { createLeader } from '../seats/leader.ts';
import type { AskCall } from '../seats/ports.ts';
import { answersByItself } from '../seats/schema.ts';
import { createSeats } from '../seats/service.ts';
import { openActs, openExperts, selfServiceOf } from './acts.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

/** Earlier calls of a caller; whom a death of the exchange cut off lately has a place from before. */
function historyOf(
  { config, clock }: AppOptions,
  { callRepo, callHistory }: Records,
): Pick<CallBackParts, 'callHistory' | 'placeBefore'> {
  const windowMs = config.redialMinutes * 60_000;
  return {
    callHistory,
    placeBefore: (number, exceptCallId) =>
      callRepo.cutOff(number, clock.now() - windowMs, exceptCallId),
  };
}

/** The floor: calls, seats and the engine that brings them together. */
export function openFloor(options: AppOptions, records: Records, requests: House['requests']) {
  const { clock, log, outside } = options;
  const { eventLog, storage, hotline, callRepo, seatsRepo, isFirstStart } = records;
  const { callers, bulletins } = records;
  const { telephony, recordings } = outside;
  const keep = (events: readonly NewEvent[]) => void eventLog.keep(events);
  /** What has happened has happened: a fact nobody can store is loud, and calls go on. */
  const record = (...events: NewEvent[]) => {
    try {
      keep(events);
    } catch (error) {
      log.error({ err: error, kinds: events.map((e) => e.kind) }, 'events could not be stored');
    }
  };
  const dispatcher = createDispatcher({ engine: createEngine(), clock, log, record: keep });
  const configureQueues = () => {
    const queues = hotline().queues.map(queueRules);
    dispatcher.submit({ kind: 'queues-configured', queues });
  };
  configureQueues();
  eventLog.subscribe((event) => {
    if (event.kind === 'hotline.changed') configureQueues();
  });
  const keeper = createRecordingKeeper({ recordings, repo: callRepo, append: keep, clock, log });
  const parts = {
    clock,
    log,
    telephony,
    dispatcher,
    record,
    together: eventLog.together,
    hotline,
    finishRecording(recordingId: string, callId: string) {
      const startedAt = callRepo.recording(recordingId)?.startedAt ?? clock.now();
      keeper.finish({ recordingId, callId, startedAt });
    },
    seatGraceMs: () => hotline().seatGraceMs,
    knownCaller: (number: string) => callers.of(number),
    ...historyOf(options, records),
    bulletins: () =>
      bulletins.on().map((bulletin) => ({ ...bulletin, promptId: promptOfBulletin(bulletin.id) })),
    mayRecord: storage.mayRecord,
    mayDial: createDialCap(records.store, clock, options.config.sip.outbound?.maxPerPersonHour),
    autoAnswers: (seatId: string) => answersByItself(seatsRepo.find(seatId)),
  };
  const { house, callBacks, liveCalls } = openCalls({ ...parts, requests }, records);
  const monitors = createMonitors(house, liveCalls);
  const knowsQueue = (queueId: string) => hotline().queues.some(({ id }) => id === queueId);
  const shared = { repo: seatsRepo, dispatcher, phones: telephony, clock };
  const seats = createSeats({ ...shared, ...waysToUs(options), knowsQueue });
  const homeLines = createHomeLines({ ...shared, lines: telephony.openLines, log, record });
  for (const { onEvent } of [monitors, homeLines]) eventLog.subscribe(onEvent);
  if (isFirstStart) for (const seat of loadSeatsExample()) seats.create(seat);
  const askCall: AskCall = (callId, request) => liveCalls.ask(callId, request);
  const desk = createDesk({
    ...shared,
    selfServiceOf: selfServiceOf(liveCalls),
    askCall,
    record: (event) => void eventLog.append([event]),
    lineOf: homeLines.stateOf,
    queueOf: (callId) => callRepo.call(callId)?.queueId ?? null,
    knowsQueue,
    monitoredAt: (seatId) => (hotline().monitoring.agentSees ? monitors.modeAt(seatId) : null),
    monitoringFrom: monitors.from,
    partyOf: (callId) => liveCalls.party(callId),
    settings() {
      const { notReadyReasons, resultCodes, wrapUp, emergency, rest } = hotline();
      const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
      return {
        notReadyReasons: codes(notReadyReasons),
        approvedReasons: rest.reasons,
        resultCodes: codes(resultCodes),
        extendMs: wrapUp.extendMs,
        emergency,
      };
    },
  });
  const leader = createLeader({ dispatcher, seats, askCall });
  const acts = openActs(options, records, { desk, dispatcher, liveCalls, record });
  const experts = openExperts(options, records, dispatcher);
  const floor = { dispatcher, liveCalls, callBacks, monitors, keeper, seats, desk, leader, record };
  return { ...floor, homeLines, acts, experts, configureQueues };
}

/** How seats' phones find the exchange, from inside and from outside. */
function waysToUs({ config, clock }: AppOptions) {
  const { bind: domain, sip, session } = config;
  const goodForMs = session.longestMinutes * 60_000;
  return {
    sip: { domain, port: sip.port, webSocketPath: SIP_PATH },
    iceServersFor: createIceServers({ servers: sip.iceServers, goodForMs, clock }),
  };
}

/** Callers on the line, and those who are to be called back: each hands over to the other. */
function openCalls(parts: Omit<House, 'callBacks'>, { callRepo, eventLog }: Records) {
  const callBacks = createCallBacks({ ...parts, repo: callRepo });
  const house: House = { ...parts, callBacks };
  const liveCalls = createLiveCalls(house);
  callBacks.handOverTo(liveCalls);
  eventLog.subscribe(callBacks.hear);
  return { house, callBacks, liveCalls };
}

export type FloorParts = ReturnType<typeof openFloor>;
