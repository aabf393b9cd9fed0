import { join } from 'node:path';
import type { Hotline } from '../../config/hotline.ts';
import { loadHotlineExample } from '../../config/load.ts';
import { loadPromptCatalogue } from '../../config/prompt-catalogue.ts';
import type { ServerConfig } from '../../config/server.ts';
import type { Auditor } from '../access.ts';
import { createCallersRepo } from '../callers/repo.ts';
import { Callers } from '../callers/service.ts';
import type { CallNames } from '../calls/csv.ts';
import { createCallHistory } from '../calls/history.ts';
import { projectCalls } from '../calls/projection.ts';
import { createCallRecords } from '../calls/records.ts';
import { createCallRepo } from '../calls/repo.ts';
import { Bulletins } from '../hotline/bulletins.ts';
import { Prompts } from '../hotline/prompts.ts';
import { createHotlineRepo } from '../hotline/repo.ts';
import { Hotlines } from '../hotline/service.ts';
import type { Clock } from '../kit/clock.ts';
import { projectRoot } from '../kit/root.ts';
import { projectLeading } from '../leading/projection.ts';
import { createAudit } from '../people/audit.ts';
import { Lockout } from '../people/lockout.ts';
import { createPeopleRepo } from '../people/repo.ts';
import { People } from '../people/service.ts';
import { Sessions } from '../people/sessions.ts';
import { SignIn } from '../people/sign-in.ts';
import { createSeatsRepo, projectSeatStates, type SeatsRepo } from '../seats/repo.ts';
import { mendLog, openStore, type Store } from '../store/db.ts';
import { createEventLog } from '../store/event-log.ts';
import { createReserve } from '../store/reserve.ts';
import { isRoomError } from '../store/storage-error.ts';
import { createLimits } from './limits.ts';
import { type AppOptions, promptFolders } from './options.ts';
import { watchStorage } from './storage.ts';

/** The cellar: the database and everything that is only about what is kept. */
export function openRecords({ config, clock, log, outside }: AppOptions) {
  const store = openStore(join(config.dataDir, 'yihao.sqlite'));
  const { eventLog, storage } = openLog(store, { config, clock, log });
  const audit = createAudit(store, clock);
  const accounts = openAccounts(store, audit.append, clock, config);
  const prompts = new Prompts({
    ...promptFolders(config.dataDir),
    catalogue: () => loadPromptCatalogue(join(projectRoot, 'config/hotline.example/prompts.yaml')),
    audit: audit.append,
  });
  const hotlineRepo = createHotlineRepo(store);
  const isFirstStart = hotlineRepo.newest() === null;
  const hotlines = new Hotlines({
    repo: hotlineRepo,
    events: eventLog,
    audit: audit.append,
    clock,
    hasPrompt: (id) => prompts.has(id),
  });
  if (isFirstStart) hotlines.importFirst(loadHotlineExample());
  const bulletins = new Bulletins({ store, events: eventLog, prompts, audit: audit.append, clock });
  const hotline = () => hotlines.current().hotline;
  const callRepo = createCallRepo(store);
  const callers = new Callers({ repo: createCallersRepo(store), audit: audit.append, clock });
  const isOpenResult = (code: string) =>
    hotline().resultCodes.some((result) => result.code === code && result.isOpen);
  const seatsRepo = createSeatsRepo(store);
  const names = callNames(hotline, accounts.nameOf, seatsRepo);
  const callRecords = createCallRecords({
    repo: callRepo,
    readEvents: (callId) => eventLog.read({ callId }),
    pathOf: outside.recordings.pathOf,
    audit: audit.append,
    clock,
    names,
    knownCaller: (number) => callers.of(number),
  });
  return {
    store,
    eventLog,
    storage,
    audit,
    ...accounts,
    hotline,
    hotlines,
    limits: createLimits(hotlines),
    prompts,
    bulletins,
    names,
    isFirstStart,
    callRepo,
    callRecords,
    callers,
    callHistory: createCallHistory(store, isOpenResult),
    seatsRepo,
  };
}

/** The log of events, and the watch over the room it is written to. */
function openLog(
  store: Store,
  { config, clock, log }: Pick<AppOptions, 'config' | 'clock' | 'log'>,
) {
  const { dataDir } = config;
  const { recordingsStopBelowMb: stopBelowMb, reserveMb } = config.storage;
  const reserve = createReserve(join(dataDir, 'reserve'), reserveMb);
  const projections = [projectCalls(store), projectSeatStates(store), projectLeading(store)];
  const eventLog = createEventLog(store, projections, log, {
    makeRoom(error) {
      storage.trouble();
      return isRoomError(error) && reserve.spend();
    },
  });
  const watched = { folder: dataDir, stopBelowMb, reserve, reserveMb };
  const mend = () => mendLog(store.sql);
  const storage = watchStorage({ ...watched, eventLog, clock, log, mend });
  return { eventLog, storage };
}

/** Who may come in, and what they are called. */
function openAccounts(store: Store, append: Auditor, clock: Clock, config: ServerConfig) {
  const sessions = new Sessions(store, clock, config.session);
  const repo = createPeopleRepo(store);
  const names = new Map<string, string>();
  // Names stand on every line of the floor, several times a second: kept until an account changes.
  const audit: Auditor = (entry) => {
    append(entry);
    names.clear();
  };
  const parts = { store, repo, sessions, audit, clock, passwordRules: config.password };
  const people = new People(parts);
  const signIn = new SignIn({ ...parts, lockout: new Lockout(repo, clock, config.signIn) });
  const nameOf = (personId: string) => {
    if (names.size === 0) for (const { id, name } of people.names()) names.set(id, name);
    return names.get(personId) ?? personId;
  };
  const teams = () => new Map(repo.all().map(({ id, team }) => [id, team]));
  const isLeader = (personId: string) => {
    const person = repo.byId(personId);
    return person?.disabledAt === null && person.roles.includes('leader');
  };
  return { sessions, people, signIn, nameOf, teams, isLeader };
}

/** What ids are called in a file that people read. */
function callNames(
  hotline: () => Hotline,
  agent: CallNames['agent'],
  seatsRepo: SeatsRepo,
): CallNames {
  return {
    agent,
    entry: (id) => hotline().entries.find((entry) => entry.id === id)?.name.zh ?? id,
    queue: (id) => hotline().queues.find((queue) => queue.id === id)?.name.zh ?? id,
    result: (code) => hotline().resultCodes.find((one) => one.code === code)?.name.zh ?? code,
    tag: (code) => hotline().tags.find((one) => one.code === code)?.name.zh ?? code,
    seat: (id) => seatsRepo.find(id)?.name ?? id,
  };
}

export type Records = ReturnType<typeof openRecords>;
