import type { AddressInfo } from 'node:net';
import { startChores } from './app/chores.ts';
import type { Doors } from './app/doors.ts';
import { openFloor } from './app/floor.ts';
import { openLeading } from './app/leading.ts';
import type { AppOptions } from './app/options.ts';
import type { OrderParts } from './app/orders.ts';
import { openRecords } from './app/records.ts';
import { takeOver } from './app/take-over.ts';
import { atMost, sleep } from './kit/abort.ts';

/** Doors open after this long even when the exchange is not there yet. */
const EXCHANGE_PATIENCE_MS = 5_000;

/** Callers' rings wait for a server that lets go: no longer than this for its last notes. */
const LAST_NOTES_MS = 500;

/** For most recordings that are being put together; the successor finishes the others. */
const LAST_RECORDINGS_MS = 150;

/** The running house. */
export interface App {
  /** Where the console is. */
  url: string;
  /** The first administrator's one-time password: only at the first start. */
  firstPassword: string | null;
  /**
   * No new calls; live calls go on until they end or `drainMs` has passed; then everything closes.
   * @returns ids of calls that were still going on
   */
  stop(drainMs: number): Promise<string[]>;
  /**
   * Stops deciding and writing for a successor who is there already; calls live on in the exchange.
   * Resolves when what was asked of the exchange has been done, so that the successor finds it in its
   * list, or after half a second. The process has to end afterwards.
   * @param noNews resolves when nothing of what happens in the exchange comes to us any more
   */
  letGo(noNews: Promise<void>): Promise<void>;
}

/** Builds the house, takes over the calls that are going on, and opens the doors. */
export async function startApp(options: AppOptions): Promise<App> {
  const { clock, log, outside, config, giveUp } = options;
  const records = openRecords(options);
  const firstPassword = await records.people.makeFirst(options.adminPassword);
  // Loaded when they are wanted: orders and doors are most of the program, and callers wait for the rest.
  let ordersOpening: Promise<OrderParts> | undefined;
  const openedOrders = () => {
    ordersOpening ??= import('./app/orders.ts').then((module) =>
      module.openOrders(options, records),
    );
    return ordersOpening;
  };
  const floor = openFloor(options, records, async () => (await openedOrders()).requests);
  const leading = openLeading(options, records, floor);
  let opened: Doors | undefined;
  const openDoors = async (): Promise<Doors> => {
    const [module, orders] = await Promise.all([import('./app/doors.ts'), openedOrders()]);
    const doors = await module.openDoors(options, records, floor, leading);
    orders.register(doors.server, floor);
    opened = doors;
    return doors;
  };
  // While a former server decides, there is time for everything but the calls.
  const doorsBefore = options.succeed ? await openDoors() : null;
  if (options.succeed) {
    await options.succeed();
    // What it may have changed since we read it.
    records.eventLog.reread();
    records.hotlines.reread();
    records.seatsRepo.reread();
    leading.reread();
    (await openedOrders()).reread();
    floor.configureQueues();
  }
  const closing = new AbortController();
  const consoles = {
    onPhone: (seatId: string) => opened?.gateway.onPhone(seatId),
    onExchange: () => opened?.gateway.onExchange(),
  };
  const unlessClosing = (say: (err: unknown) => void) => (error: unknown) => {
    if (!closing.signal.aborted) say(error);
  };
  const takenOver = outside.telephony.connect().then(
    (live) =>
      takeOver(live, options, records, floor, leading, consoles).catch(unlessClosing(giveUp)),
    // A wrong account: another start makes it no better, and an administrator can see it here.
    unlessClosing((err) => log.fatal({ err }, 'the exchange cannot be used')),
  );
  await Promise.race([takenOver, sleep(clock, EXCHANGE_PATIENCE_MS, closing.signal)]);
  const doors = doorsBefore ?? (await openDoors());
  const { bind, http } = config;
  await doors.catchUpFigures();
  await doors.server.listen({ host: bind, port: http.port });
  const followed = doors.figures.follow(closing.signal);
  const stopChores = startChores(options, records);
  const orders = await openedOrders();
  const stopOrders = orders.start(() => doors.gateway.onCalendar());
  const { port } = doors.server.server.address() as AddressInfo;

  return {
    url: `http://${bind}:${port}`,
    firstPassword,
    async letGo(noNews) {
      // Somebody may have hung up just before the events went to the other: that is still ours to write,
      // and so is the end of a recording that is being put together.
      await atMost(
        clock,
        LAST_NOTES_MS,
        Promise.all([
          noNews.then(() => floor.liveCalls.closing()),
          atMost(clock, LAST_RECORDINGS_MS, floor.keeper.idle()),
        ]),
      );
      closing.abort(new Error('another server takes over'));
      stopChores();
      stopOrders();
      floor.dispatcher.stop();
      leading.stop();
      const answered = outside.telephony.close();
      doors.figures.flush();
      records.storage.stop();
      records.store.close();
      await answered;
    },
    async stop(drainMs) {
      const limit = new AbortController();
      floor.callBacks.stop();
      const cancel = clock.after(drainMs, () => limit.abort());
      const left = await floor.liveCalls.drained(limit.signal);
      cancel();
      closing.abort(new Error('the server stops'));
      stopChores();
      stopOrders();
      floor.dispatcher.stop();
      leading.stop();
      doors.detachSip();
      await doors.gateway.close();
      await doors.server.close();
      await outside.telephony.close();
      await floor.keeper.idle();
      await followed;
      doors.figures.flush();
      records.storage.stop();
      records.store.close();
      return left;
    },
  };
}
