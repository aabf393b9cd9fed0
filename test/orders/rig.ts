import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { AuditEntry, Role } from '../../src/access.ts';
import { projectRoot } from '../../src/kit/root.ts';
import { officialNotice, WorkingDays } from '../../src/kit/working-days.ts';
import { createRatesRepo } from '../../src/order-rates/repo.ts';
import { catalogue } from '../../src/order-rules/catalogue.ts';
import { policies } from '../../src/order-rules/policy.ts';
import { supervisionConfig } from '../../src/order-rules/supervision.ts';
import { SupervisionBoard } from '../../src/orders/board.ts';
import { Citizens } from '../../src/orders/citizens.ts';
import { DispatchRules } from '../../src/orders/dispatch.ts';
import { EventChain } from '../../src/orders/event-chain.ts';
import { OrderFiles } from '../../src/orders/files.ts';
import { Intake } from '../../src/orders/intake.ts';
import { Meetings } from '../../src/orders/meetings.ts';
import { OrderReading } from '../../src/orders/reading.ts';
import type { RelayCall } from '../../src/orders/relayed.ts';
import { OrdersRepo } from '../../src/orders/repo.ts';
import { type ActBody, newOrderSchema } from '../../src/orders/schema.ts';
import { Orders, type Visitor } from '../../src/orders/service.ts';
import { Tries } from '../../src/orders/tries.ts';
import { Units } from '../../src/orders/units.ts';
import { wakeOrders } from '../../src/orders/waking.ts';
import { openStore } from '../../src/store/db.ts';
import { FakeClock } from '../support/fake-clock.ts';

const read = (path: string) => readFileSync(`${projectRoot}/config/${path}`, 'utf8');

/** Somebody with one role, at the unit named in `buildHouse`, if any. */
export const as = (role: Role, who = role as string): Visitor => ({
  person: {
    id: who,
    login: who,
    name: `${who}’s name`,
    staffNo: '1',
    roles: [role],
    mustChangePassword: false,
  },
  ip: '10.1.1.1',
});

/** Work orders on SQLite in memory: three units, two rules, the example city's packs, 2026's calendar. */
export function buildHouse() {
  const store = openStore(':memory:');
  const clock = new FakeClock(Date.parse('2026-05-07T09:00:00+08:00'));
  const units = new Units(store);
  const unit = (id: string, parentId: string | null = null) =>
    units.put({ id, parentId, name: `${id} unit`, dutyPersonId: `${id}-duty`, enabled: true });
  for (const id of ['traffic', 'water', 'market']) unit(id);
  unit('traffic-east', 'traffic');
  units.assign('unit-operator', 'traffic');
  units.assign('unit-leader', 'traffic');
  units.assign('water-operator', 'water');
  units.assign('east-operator', 'traffic-east');
  const rules = new DispatchRules(store);
  rules.replace([
    { matter: 'M704', area: '440105', leadUnitId: 'traffic', coUnitIds: [] },
    { matter: 'M905', area: '', leadUnitId: 'water', coUnitIds: ['traffic'] },
  ]);
  const city = catalogue.parse({
    matters: [
      { code: 'M704', name: '信号灯故障', group: '交通出行', type: 'help' },
      {
        code: 'M504',
        name: '井盖缺失',
        group: '城市管理',
        type: 'help',
        points: [
          {
            code: 'M504-1',
            name: '井盖缺失',
            elements: [
              { key: 'where', label: '具体位置', required: true },
              { key: 'since', label: '发现时间' },
            ],
          },
        ],
      },
    ],
    areas: [],
  });
  const facts = createRatesRepo(store);
  const audited: AuditEntry[] = [];
  const texts: { kind: string; to: string; code: string }[] = [];
  const calls = new Map<string, RelayCall>();
  const parts = {
    store,
    calls,
    text: (kind: string, _: string, to: string, { code = '' }: Readonly<Record<string, string>>) =>
      void texts.push({ kind, to, code }),
    clock,
    units,
    rules,
    repo: new OrdersRepo(store),
    facts,
    chain: new EventChain(store, facts.apply),
    policies: policies.parse(parse(read('policies.example.yaml'))),
    calendar: new WorkingDays([officialNotice.parse(JSON.parse(read('calendars/2026.json')))]),
    files: new OrderFiles(store, mkdtempSync(join(tmpdir(), 'yihao-order-files-'))),
    catalogue: () => ({ version: 1, body: city }),
    catalogueAt: () => city,
    supervision: supervisionConfig.parse(parse(read('supervision.example.yaml'))),
    audit: (entry: AuditEntry) => void audited.push(entry),
    nameOf: (id: string) => `${id}’s name`,
    callerOf: (callId: string) => (callId === 'call-1' ? '13812345678' : null),
    callOf: (callId: string) => calls.get(callId) ?? null,
  };
  const orders = new Orders(parts);
  const intake = new Intake({ ...parts, orders });
  const tries = new Tries(store, clock);
  const citizens = new Citizens({ ...parts, orders, tries });
  const trouble: unknown[] = [];
  const log = { error: (what: unknown) => void trouble.push(what) };
  const wake = () => {
    wakeOrders({ ...parts, orders, log: log as never });
    if (trouble.length > 0) throw new Error(JSON.stringify(trouble));
  };
  const act = (id: string, body: ActBody, by: Visitor) => orders.act(id, body, by);
  const reading = new OrderReading(parts);
  const board = new SupervisionBoard({ ...parts, reading });
  const meetings = new Meetings({ ...parts, orders });
  const more = { board, meetings, reading, act, intake, citizens };
  return { ...parts, audited, texts, wake, orders, ...more };
}
export type House = ReturnType<typeof buildHouse>;

export const lamp = newOrderSchema.parse({
  type: 'help',
  matter: 'M704',
  area: '440105',
  title: '路口信号灯不亮',
  content: '天河路与体育西路路口信号灯不亮，请联系 13987654321',
  place: '天河路 1 号',
  callerName: '王女士',
  callId: 'call-1',
});

/** An order that rules have sent to the traffic unit. */
export function dispatched(house: House): string {
  const { id } = house.orders.open(lamp, as('agent'));
  house.act(id, { do: 'submit' }, as('agent'));
  return id;
}

/** Signed, contacted, replied to and approved: with the hotline's reviewer. */
export function replied(house: House): string {
  const id = dispatched(house);
  const operator = as('unit-operator');
  house.act(id, { do: 'sign', owner: 'unit-operator' }, operator);
  house.act(id, { do: 'contact', proof: '已通话' }, operator);
  house.act(id, { do: 'reply', publicReply: '已修复，如有问题请拨 13700001111' }, operator);
  house.act(id, { do: 'approve-reply' }, as('unit-leader'));
  return id;
}
