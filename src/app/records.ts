import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadHotlineExample } from '../../config/load.ts';
import { loadPromptCatalogue } from '../../config/prompt-catalogue.ts';
import type { Hotline } from '../../config/hotline.ts';
import type { AuditEntry } from '../access.ts';
import type { CallNames } from '../calls/csv.ts';
import { projectCalls } from '../calls/projection.ts';
import { createCallRecords } from '../calls/records.ts';
import { createCallRepo } from '../calls/repo.ts';
import { Prompts } from '../hotline/prompts.ts';
import { createHotlineRepo } from '../hotline/repo.ts';
import { Hotlines } from '../hotline/service.ts';
import { projectRoot } from '../kit/root.ts';
import { createAudit } from '../people/audit.ts';
import { Lockout } from '../people/lockout.ts';
import { createPeopleRepo } from '../people/repo.ts';
import { People } from '../people/service.ts';
import { Sessions } from '../people/sessions.ts';
import { SignIn } from '../people/sign-in.ts';
import { createSeatsRepo, projectSeatStates, type SeatsRepo } from '../seats/repo.ts';
import { openStore } from '../store/db.ts';
import { createEventLog } from '../store/event-log.ts';
import { type AppOptions, promptFolders } from './options.ts';

/** The cellar: the database and everything that is only about what is kept. */
export function openRecords({ config, clock, log, outside }: AppOptions) {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o750 });
  const store = openStore(join(config.dataDir, 'yihao.sqlite'));
  const eventLog = createEventLog(store, [projectCalls(store), projectSeatStates(store)], log);
  const audit = createAudit(store, clock);
  const sessions = new Sessions(store, clock, config.session);
  const peopleRepo = createPeopleRepo(store);
  const passwordRules = config.password;
  const lockout = new Lockout(peopleRepo, clock, config.signIn);
  const names = new Map<string, string>();
  const account = {
    store,
    repo: peopleRepo,
    sessions,
    passwordRules,
    // Names stand on every line of the floor, several times a second: kept until an account changes.
    audit(entry: AuditEntry) {
      audit.append(entry);
      names.clear();
    },
  };
  const people = new People({ ...account, clock });
  const signIn = new SignIn({ ...account, lockout });
  const prompts = new Prompts({
    ...promptFolders(config.dataDir),
    catalogue: loadPromptCatalogue(join(projectRoot, 'config/hotline.example/prompts.yaml')),
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
  const hotline = () => hotlines.current().hotline;
  const callRepo = createCallRepo(store);
  const seatsRepo = createSeatsRepo(store);
  const nameOf = (personId: string) => {
    if (names.size === 0) for (const { id, name } of people.names()) names.set(id, name);
    return names.get(personId) ?? personId;
  };
  const callRecords = createCallRecords({
    repo: callRepo,
    readEvents: (callId) => eventLog.read({ callId }),
    pathOf: outside.recordings.pathOf,
    audit: audit.append,
    clock,
    names: callNames(hotline, nameOf, seatsRepo),
  });
  return {
    store,
    eventLog,
    audit,
    sessions,
    people,
    signIn,
    hotline,
    hotlines,
    prompts,
    isFirstStart,
    callRepo,
    callRecords,
    nameOf,
    seatsRepo,
  };
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
    seat: (id) => seatsRepo.find(id)?.name ?? id,
  };
}

export type Records = ReturnType<typeof openRecords>;
