import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Role } from '../../src/access.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { projectRoot } from '../../src/kit/root.ts';
import { officialNotice, WorkingDays } from '../../src/kit/working-days.ts';
import { policies } from '../../src/order-rules/policy.ts';
import { supervisionConfig } from '../../src/order-rules/supervision.ts';
import { importCatalogue } from '../../src/orders/catalogue.ts';
import { DispatchRules } from '../../src/orders/dispatch.ts';
import { EventChain } from '../../src/orders/event-chain.ts';
import { OrderFiles } from '../../src/orders/files.ts';
import { OrderReading } from '../../src/orders/reading.ts';
import { OrdersRepo } from '../../src/orders/repo.ts';
import { Orders, type Visitor } from '../../src/orders/service.ts';
import { Units } from '../../src/orders/units.ts';
import type { Store } from '../../src/store/db.ts';

const DISTRICTS = 11;
const STREETS = 16;
const OFFICES = 20;
const AREAS = DISTRICTS * (STREETS + 1) + 1;

const two = (number: number) => String(number).padStart(2, '0');
export const districtCode = (number: number) => `4401${two(number + 1)}`;
export const matterOf = (number: number) => `M${1_000 + number}`;
export const numberOf = (order: number) => `2025${String(order).padStart(14, '0')}`;
/** Who filed an order: every tenth is one of a few thousand people who call again and again. */
export const phoneOf = (order: number) =>
  `139${String(order % 10 === 0 ? (order * 7) % 4_001 : order).padStart(8, '0')}`;

/** The city's areas: itself, its districts, their streets. */
export const areas = [
  '',
  ...Array.from({ length: DISTRICTS }, (_, district) => [
    districtCode(district),
    ...Array.from({ length: STREETS }, (_, street) => `${districtCode(district)}${two(street)}0`),
  ]).flat(),
];

/** Somebody with one role. */
export const as = (role: Role, id = role as string): Visitor => ({
  person: { id, login: id, name: id, staffNo: '1', roles: [role], mustChangePassword: false },
  ip: '127.0.0.1',
});

/** What work orders need of the house, on a database of its own: the city's units and people. */
export function openOrderHouse(store: Store) {
  const config = join(projectRoot, 'config');
  const notices = readdirSync(join(config, 'calendars'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(config, 'calendars', file), 'utf8')));
  const city = { matters: [], areas: [] };
  const parts = {
    store,
    clock: systemClock,
    units: new Units(store),
    rules: new DispatchRules(store),
    repo: new OrdersRepo(store),
    chain: new EventChain(store),
    policies: policies.parse(parse(readFileSync(join(config, 'policies.example.yaml'), 'utf8'))),
    calendar: new WorkingDays(notices.map((notice) => officialNotice.parse(notice))),
    audit: () => {},
    nameOf: (id: string) => id,
    callerOf: () => null,
    callOf: () => null,
    text: () => {},
    files: new OrderFiles(store, join(tmpdir(), 'yihao-bench-order-files')),
    supervision: supervisionConfig.parse(
      parse(readFileSync(join(config, 'supervision.example.yaml'), 'utf8')),
    ),
    catalogue: () => ({ version: 1, body: city }),
    catalogueAt: () => city,
  };
  return { ...parts, orders: new Orders(parts), reading: new OrderReading(parts) };
}
export type OrderHouse = ReturnType<typeof openOrderHouse>;

/** The city, its districts with their offices and streets. @returns the ids of those that handle orders */
export function foundUnits({ store, units }: OrderHouse): string[] {
  const handling: string[] = [];
  const put = (id: string, parentId: string | null) =>
    units.put({ id, parentId, name: id, dutyPersonId: `${id}-duty`, enabled: true });
  store.transaction(() => {
    put('city', null);
    for (let district = 0; district < DISTRICTS; district += 1) {
      put(`d${district}`, 'city');
      for (let number = 0; number < OFFICES + STREETS; number += 1) {
        const id = `d${district}-${number < OFFICES ? 'office' : 'street'}${number}`;
        put(id, `d${district}`);
        handling.push(id);
      }
    }
    for (const unit of ['city', 'd0', 'd0-office0']) units.assign(`${unit}-person`, unit);
  });
  return handling;
}

/** A catalogue of so many rules, matter × area, imported as an administrator imports it. */
export async function importRules(house: OrderHouse, rules: number, handling: readonly string[]) {
  const lines = Array.from({ length: rules }, (_, at) => {
    const lead = handling[(at * 7) % handling.length] ?? '';
    const co = at % 9 === 0 ? (handling[(at * 7 + 1) % handling.length] ?? '') : '';
    return `${matterOf(Math.floor(at / AREAS))},${areas[at % AREAS] ?? ''},${lead},${co}`;
  });
  const file = ['matter,area,lead,co', ...lines].join('\n');
  return importCatalogue(file, house.rules, house.units);
}
