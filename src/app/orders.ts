import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadMessageTexts, type TextKind, textNames } from '../../config/messages.ts';
import type { CallRecord } from '../calls/repo.ts';
import { Spoken } from '../hotline/spoken.ts';
import type { Cancel } from '../kit/clock.ts';
import { projectRoot } from '../kit/root.ts';
import { officialNotice } from '../kit/working-days.ts';
import { fileProvider } from '../messages/provider.ts';
import { createMessagesRepo } from '../messages/repo.ts';
import { registerMessageRoutes } from '../messages/routes.ts';
import { Messages } from '../messages/service.ts';
import { createRatesRepo } from '../order-rates/repo.ts';
import { catalogue } from '../order-rules/catalogue.ts';
import { policies as policiesShape } from '../order-rules/policy.ts';
import { supervisionConfig } from '../order-rules/supervision.ts';
import { Approvals } from '../orders/approvals.ts';
import { registerApprovalRoutes } from '../orders/approvals-routes.ts';
import { SupervisionBoard } from '../orders/board.ts';
import { watchCalendars } from '../orders/calendar-watch.ts';
import { registerCitizenRoutes } from '../orders/citizen-routes.ts';
import { Citizens } from '../orders/citizens.ts';
import { DispatchRules } from '../orders/dispatch.ts';
import { registerDispatchRoutes } from '../orders/dispatch-routes.ts';
import { EventChain } from '../orders/event-chain.ts';
import { OrderFiles } from '../orders/files.ts';
import { Intake } from '../orders/intake.ts';
import { registerIntakeRoutes } from '../orders/intake-routes.ts';
import { Meetings } from '../orders/meetings.ts';
import { OrderReading } from '../orders/reading.ts';
import { registerRelayRoutes } from '../orders/relay-routes.ts';
import type { RelayCall } from '../orders/relayed.ts';
import { Relays } from '../orders/relays.ts';
import { OrdersRepo } from '../orders/repo.ts';
import { registerOrderRoutes } from '../orders/routes.ts';
import { registerOrderRulesRoutes } from '../orders/rules-routes.ts';
import { house, Orders } from '../orders/service.ts';
import { OrderSettings } from '../orders/settings.ts';
import { registerOrderSettingsRoutes } from '../orders/settings-routes.ts';
import { registerSupervisionRoutes } from '../orders/supervision-routes.ts';
import type { Texting } from '../orders/texts.ts';
import { Tries } from '../orders/tries.ts';
import { Units } from '../orders/units.ts';
import { wakeOrders } from '../orders/waking.ts';
import type { YihaoServer } from '../yihao-server.ts';
import type { FloorParts } from './floor.ts';
import { type AppOptions, promptFolders } from './options.ts';
import { registerRates } from './order-rates.ts';
import type { Records } from './records.ts';
import { requestDesk } from './requests.ts';

/** Silence and appeal windows are looked at this often: they are counted in days. */
const WAKE_EVERY_MS = 60_000;
const PROGRESS_PER_MINUTE = 20;

/** The work orders' part of the house. */
export function openOrders(options: AppOptions, records: Records) {
  const { clock, config, log, outside } = options;
  const { store, audit, callRepo, nameOf } = records;
  const isAllowed = (number: string) => outside.telephony.dialRefusal(number) !== 'not-allowed';
  const repo = new OrdersRepo(store);
  const facts = createRatesRepo(store);
  const chain = new EventChain(store, facts.apply);
  facts.catchUp((orderId) => chain.of(orderId));
  const units = new Units(store);
  const rules = new DispatchRules(store);
  const { nextYearFrom } = config.calendar;
  const city = { first: exampleCity, nextYearFrom };
  const settings = new OrderSettings({ store, clock, audit: audit.append, ...city });
  const files = new OrderFiles(store, join(config.dataDir, 'order-files'));
  const numberOf = (orderId: string) => repo.byId(orderId)?.number ?? null;
  const messages: Messages = openMessages(options, records, numberOf, (orderId, sent, kind) =>
    orders.actAs(
      orderId,
      { do: sent ? 'text-sent' : 'text-failed', data: { why: textNames[kind] } },
      house,
      '',
    ),
  );
  const supervision = supervisionConfig.parse(readExample('supervision'));
  const text: Texting = (...sent) => void messages.queue(...sent);
  const parts = {
    store,
    repo,
    chain,
    units,
    rules,
    clock,
    files,
    nameOf,
    text,
    policies: settings.livePolicies,
    calendar: settings.calendar,
    audit: audit.append,
    supervision,
    catalogue: () => settings.catalogue,
    catalogueAt: (version: number | null) => settings.catalogueAt(version),
    callerOf: (callId: string) => callRepo.call(callId)?.caller ?? null,
    callOf: (callId: string) => relayCallIn(callRepo.call(callId)),
  };
  const orders: Orders = new Orders(parts);
  const intake = new Intake({ ...parts, orders });
  const reading = new OrderReading(parts);
  const board = new SupervisionBoard({ ...parts, reading });
  const meetings = new Meetings({ ...parts, orders });
  const citizens = new Citizens({ ...parts, orders, tries: new Tries(store, clock) });
  const spoken = new Spoken(promptFolders(options.config.dataDir).spoken);
  return {
    /** For callers who ask by keys. */
    requests: requestDesk({ ...parts, citizens, spoken, log }),
    /** What another process may have changed since it was read. */
    reread() {
      for (const table of [units, rules, settings]) table.reread();
    },
    register(server: YihaoServer, { liveCalls, acts }: Pick<FloorParts, 'liveCalls' | 'acts'>) {
      registerIntakeRoutes(server, { intake, reading });
      registerOrderSettingsRoutes(server, settings);
      registerOrderRoutes(server, { orders, reading });
      const { mayRelay, relay } = liveCalls;
      const dial = (personId: string, number: string, orderId: string) =>
        acts.dial(personId, { number, orderId })?.callId ?? '';
      const line = { mayRelay, relay, isAllowed, dial };
      registerRelayRoutes(server, new Relays({ ...parts, orders, reading, line }));
      registerCitizenRoutes(server, { citizens, perMinute: PROGRESS_PER_MINUTE });
      registerApprovalRoutes(server, new Approvals({ orders, reading }));
      registerRates(server, { facts, ...parts, reading });
      registerOrderRulesRoutes(server, { units, audit: audit.append });
      registerDispatchRoutes(server, { units, rules, audit: audit.append });
      registerSupervisionRoutes(server, { board, meetings });
      registerMessageRoutes(server, { messages, audit: audit.append });
    },
    /**
     * Does by itself what is due; a fault is logged and the next look comes all the same.
     * @param onCalendar a year's calendar is missed, or has come
     */
    start(onCalendar: () => void): Cancel {
      let cancel: Cancel = () => {};
      const look = () => {
        cancel = clock.after(WAKE_EVERY_MS, look);
        try {
          wakeOrders({ ...parts, orders, log });
        } catch (error) {
          log.error({ err: error }, 'orders that were due could not be moved');
        }
      };
      look();
      const stopSending = messages.start();
      const stopMissing = watchCalendars({ settings, clock, log, tell: onCalendar });
      return () => {
        stopMissing();
        stopSending();
        cancel();
      };
    },
  };
}

export type OrderParts = ReturnType<typeof openOrders>;

/** A call's record, as an order asks for it. Only records with one of our own endings are written. */
function relayCallIn(call: CallRecord | undefined): RelayCall | null {
  if (!call) return null;
  const { stage, connectedAt, talkMs } = call;
  return { stage, connectedAt, talkMs, ending: call.ending as RelayCall['ending'] };
}

function readExample(name: string): unknown {
  return parse(readFileSync(join(projectRoot, `config/${name}.example.yaml`), 'utf8'));
}

/** The outbox of texts; what became of each is told to its order. */
function openMessages(
  { config, clock, log }: AppOptions,
  { store }: Records,
  orderNumberOf: (orderId: string) => string | null,
  onDone: (orderId: string, sent: boolean, kind: TextKind) => void,
): Messages {
  const { provider, retryMinutes } = config.messages;
  const texts = loadMessageTexts();
  return new Messages({
    store,
    clock,
    log,
    orderNumberOf,
    repo: createMessagesRepo(store),
    provider: fileProvider(join(config.dataDir, 'messages')),
    texts: provider === 'none' ? { ...texts, texts: {} } : texts,
    retryMs: retryMinutes.map((minutes) => minutes * 60_000),
    onDone: ({ orderId, kind }, outcome) => onDone(orderId, outcome === 'sent', kind),
  });
}

/** What a city starts with: the example city's limits and catalogue, and the notices there are. */
function exampleCity() {
  const read = (path: string) => readFileSync(join(projectRoot, 'config', path), 'utf8');
  const files = readdirSync(join(projectRoot, 'config/calendars')).sort();
  return {
    policies: policiesShape.parse(parse(read('policies.example.yaml'))),
    catalogue: catalogue.parse(parse(read('catalogue.example.yaml'))),
    notices: files
      .filter((file) => file.endsWith('.json'))
      .map((file) => officialNotice.parse(JSON.parse(read(`calendars/${file}`)))),
  };
}
