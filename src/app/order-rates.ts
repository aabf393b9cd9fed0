import type { Clock } from '../kit/clock.ts';
import { createLeague } from '../order-rates/league.ts';
import type { RatesRepo } from '../order-rates/repo.ts';
import { registerOrderRateRoutes } from '../order-rates/routes.ts';
import { createOrderRates } from '../order-rates/service.ts';
import type { Catalogue } from '../order-rules/catalogue.ts';
import { areaPath, matterPath } from '../order-rules/catalogue-names.ts';
import type { SupervisionConfig } from '../order-rules/supervision.ts';
import type { OrderReading } from '../orders/reading.ts';
import { orderRowSchema } from '../orders/schema.ts';
import type { Units } from '../orders/units.ts';
import type { YihaoServer } from '../yihao-server.ts';

interface RateParts {
  readonly facts: RatesRepo;
  readonly clock: Clock;
  readonly units: Units;
  readonly reading: OrderReading;
  readonly supervision: SupervisionConfig;
  readonly catalogue: () => { readonly body: Catalogue };
}

/** The rates of work orders and the table of units, with the orders behind them as their lists show them. */
export function registerRates(
  server: YihaoServer,
  { facts, clock, units, reading, supervision, catalogue }: RateParts,
): void {
  const rates = createOrderRates({
    repo: facts,
    clock,
    unitsBelow: (unitId) => units.below(unitId),
    nameOf(by, key) {
      if (by === 'unit') return units.nameOf(key);
      return by === 'matter' ? matterPath(catalogue().body, key) : areaPath(catalogue().body, key);
    },
  });
  registerOrderRateRoutes(server, {
    rates,
    league: createLeague({
      repo: facts,
      clock,
      unit: (unitId) => ({ name: units.nameOf(unitId), peers: units.find(unitId)?.peers ?? '' }),
      config: supervision.league,
    }),
    reach: (person) => reading.reachOf(person),
    rowSchema: orderRowSchema,
    rowsOf: (ids, person) => reading.some(ids, { person, ip: '' }),
  });
}
