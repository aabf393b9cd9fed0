import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { parse } from 'yaml';
import { projectRoot } from '../../src/kit/root.ts';
import { faultsOf, officialNotice, WorkingDays } from '../../src/kit/working-days.ts';
import { moves } from '../../src/order-rules/moves.ts';
import { policies } from '../../src/order-rules/policy.ts';
import { replyFindings } from '../../src/order-rules/reply-checks.ts';
import { actors } from '../../src/order-rules/words.ts';
import type { OrderRowView, OrderView } from '../../src/orders/schema.ts';
import { tryOutQuerySchema } from '../../src/orders/settings-schema.ts';
import { tryOut } from '../../src/orders/try-out.ts';
import { demoNow } from './demo-clock.ts';
import { city } from './order-city.ts';
import { orderRows } from './order-rows.ts';
import { people } from './people.ts';

const config = join(projectRoot, 'config');
const yaml = (file: string): unknown => parse(readFileSync(join(config, file), 'utf8'));
const limits = policies.parse(yaml('policies.example.yaml'));
const version = <Body>(number: number, body: Body) => ({
  version: number,
  at: demoNow() - number * 86_400_000,
  personId: null,
  why: '',
  body,
});
const calendars = readdirSync(join(config, 'calendars'))
  .sort()
  .map((file) => readFileSync(join(config, 'calendars', file), 'utf8'))
  .map((text) => officialNotice.parse(JSON.parse(text)));

/** Who changed a document; what is in force is the newest. */
function pastOf(kind: string) {
  const newest = kind === 'catalogue' ? 3 : 2;
  const why = ['', '井盖类事项补充必问要素', '南岸街道更名，新增街道'];
  return Array.from({ length: newest }, (_, at) => ({
    version: newest - at,
    at: demoNow() - (at * 40 + 3) * 86_400_000,
    personId: at === newest - 1 ? null : (people[at]?.id ?? null),
    why: why[newest - at - 1] ?? '',
  }));
}

/** An earlier version lacked a street and the enterprises' own row. */
function asBefore(kind: string, number: number) {
  if (kind === 'policies') {
    return number === 2 ? limits : { ...limits, choose: limits.choose.slice(1) };
  }
  if (number === 3) return city;
  const areas = city.areas.slice(0, -1);
  return {
    ...city,
    areas: areas.map((area, at) => (at === 3 ? { ...area, name: '渔码头街道' } : area)),
  };
}

const named = [...new Set(orderRows.flatMap(({ leadUnit }) => leadUnit ?? []))];
const units = named.map((name, at) => ({
  id: `unit-${at}`,
  parentId: name.includes('街道') ? 'unit-0' : null,
  name,
  dutyPersonId: at === 4 ? null : (people[at]?.id ?? null),
  enabled: true,
  peers: name.includes('街道') ? '街道' : at % 3 === 0 ? '' : '市级部门',
}));

const replies = [
  '经现场核实，信号灯控制板损坏，已于今日 16 时更换，现已恢复正常。',
  '已约谈商家，保证您的余额一定退还到位，详情请致电 138****5678。',
  '您反映的问题已收到，正在研究处理。',
];

/** What administrators decide about work orders, and replies that wait for a yes, in the demo city. */
export function orderRulesRoutes(
  app: FastifyInstance,
  whole: (row: OrderRowView) => OrderView,
): void {
  app.get('/api/order-settings', () => ({
    policies: version(2, limits),
    catalogue: version(3, city),
    calendars: calendars.map((notice) => version(1, notice)).toReversed(),
    extensionApprovers: moves.extend.agreedBy.map((some) => some.map((actor) => actors[actor])),
  }));
  // Told on every page of administrators; who plays all roles is spared it on theirs.
  app.get('/api/order-settings/missing-years', (request) => ({
    missingYears: request.cookies['yihao_session'] === 'admin' ? [2027] : [],
  }));
  app.post('/api/order-settings/calendars/preview', (request) => {
    const notice = officialNotice.parse(request.body);
    const changes = new WorkingDays(calendars).changesBy(notice);
    const version = Number(calendars.some(({ year }) => year === notice.year));
    return { version, faults: faultsOf(notice), changes };
  });
  app.post('/api/order-settings/policies/try', (request) => {
    const asked = tryOutQuerySchema.parse(request.body);
    const { order, at = demoNow(), policies: draft = limits } = asked;
    return { got: tryOut(draft, new WorkingDays(calendars), order, at) };
  });
  app.get<{ Params: { kind: string } }>('/api/order-settings/versions/:kind', (request) => ({
    rows: pastOf(request.params.kind),
  }));
  app.get<{ Params: { kind: string; version: string } }>(
    '/api/order-settings/versions/:kind/:version',
    ({ params }) => asBefore(params.kind, Number(params.version)),
  );
  app.get('/api/order-settings/catalogue', () => ({
    version: 3,
    missingYears: [2027],
    areas: city.areas,
    matters: city.matters.map((each) => ({ ...each, find: `${each.code} ${each.name}` })),
  }));
  app.get('/api/units', () => ({ rows: units }));
  app.get('/api/units/tree', () => ({
    units,
    members: units.flatMap(({ id }, at) =>
      people.slice(at, at + 3).map((person) => ({ personId: person.id, unitId: id })),
    ),
  }));
  app.get('/api/orders/approvals', () => ({
    rows: replies.map((text, at) => {
      const order = whole(orderRows[at] ?? orderRows[0] ?? noRow());
      return { ...order, reply: { text, findings: replyFindings(text, '') } };
    }),
  }));
  app.post('/api/orders/:id/reply-checks', (request) => {
    const { publicReply } = request.body as { publicReply: string };
    return { findings: replyFindings(publicReply, '') };
  });
}

function noRow(): never {
  throw new Error('the demo city has no orders');
}
