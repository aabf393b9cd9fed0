import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Cancel } from '../kit/clock.ts';
import { projectRoot } from '../kit/root.ts';
import { officialNotice, WorkingDays } from '../kit/working-days.ts';
import { policies as policiesShape } from '../order-rules/policy.ts';
import { DispatchRules } from '../orders/dispatch.ts';
import { EventChain } from '../orders/event-chain.ts';
import { OrderReading } from '../orders/reading.ts';
import { OrdersRepo } from '../orders/repo.ts';
import { registerOrderRoutes } from '../orders/routes.ts';
import { registerOrderRulesRoutes } from '../orders/rules-routes.ts';
import { Orders } from '../orders/service.ts';
import { Units } from '../orders/units.ts';
import type { YihaoServer } from '../yihao-server.ts';
import type { AppOptions } from './options.ts';
import type { Records } from './records.ts';

/** Silence and appeal windows are looked at this often: they are counted in days. */
const WAKE_EVERY_MS = 60_000;
const PROGRESS_PER_MINUTE = 20;

/** The work orders' part of the house. */
export function openOrders({ clock, log }: AppOptions, records: Records) {
  const { store, audit, callRepo, nameOf } = records;
  const repo = new OrdersRepo(store);
  const chain = new EventChain(store);
  const units = new Units(store);
  const rules = new DispatchRules(store);
  const policies = policiesShape.parse(
    parse(readFileSync(join(projectRoot, 'config/policies.example.yaml'), 'utf8')),
  );
  const calendar = new WorkingDays(officialNotices());
  const parts = { store, repo, chain, units, rules, policies, calendar, clock };
  const orders = new Orders({
    ...parts,
    audit: audit.append,
    callerOf: (callId) => callRepo.call(callId)?.caller ?? null,
  });
  const reading = new OrderReading({ ...parts, audit: audit.append, nameOf });
  return {
    register(server: YihaoServer) {
      registerOrderRoutes(server, { orders, reading, progressPerMinute: PROGRESS_PER_MINUTE });
      registerOrderRulesRoutes(server, { units, rules, audit: audit.append });
    },
    /** Does by itself what is due; a fault is logged and the next look comes all the same. */
    start(): Cancel {
      let cancel: Cancel = () => {};
      const look = () => {
        cancel = clock.after(WAKE_EVERY_MS, look);
        try {
          orders.wake();
        } catch (error) {
          log.error({ err: error }, 'orders that were due could not be moved');
        }
      };
      look();
      return () => cancel();
    },
  };
}

/** The official notices there are, one a year. */
function officialNotices() {
  const folder = join(projectRoot, 'config/calendars');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => officialNotice.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}
