import type { Clock } from '../kit/clock.ts';
import type { RatesRepo } from '../order-rates/repo.ts';
import { registerOrderRateRoutes } from '../order-rates/routes.ts';
import { createOrderRates } from '../order-rates/service.ts';
import type { OrderReading } from '../orders/reading.ts';
import { orderRowSchema } from '../orders/schema.ts';
import type { Units } from '../orders/units.ts';
import type { YihaoServer } from '../yihao-server.ts';

interface RateParts {
  readonly facts: RatesRepo;
  readonly clock: Clock;
  readonly units: Units;
  readonly reading: OrderReading;
}

/** The rates of work orders, with the orders behind them as their lists show them. */
export function registerRates(
  server: YihaoServer,
  { facts, clock, units, reading }: RateParts,
): void {
  const rates = createOrderRates({
    repo: facts,
    clock,
    unitsBelow: (unitId) => units.below(unitId),
    unitName: (unitId) => units.nameOf(unitId),
  });
  registerOrderRateRoutes(server, {
    rates,
    reach: (person) => reading.reachOf(person),
    rowSchema: orderRowSchema,
    rowsOf: (ids, person) => reading.some(ids, { person, ip: '' }),
  });
}
