import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { parse } from 'yaml';
import { projectRoot } from '../../src/kit/root.ts';
import { officialNotice } from '../../src/kit/working-days.ts';
import { catalogue } from '../../src/order-rules/catalogue.ts';
import { policies } from '../../src/order-rules/policy.ts';
import { replyFindings } from '../../src/order-rules/reply-checks.ts';
import type { OrderRowView, OrderView } from '../../src/orders/schema.ts';
import { demoNow } from './demo-clock.ts';
import { orderRows } from './order-rows.ts';
import { people } from './people.ts';

const config = join(projectRoot, 'config');
const yaml = (file: string): unknown => parse(readFileSync(join(config, file), 'utf8'));
const city = catalogue.parse(yaml('catalogue.example.yaml'));
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

const named = [...new Set(orderRows.flatMap(({ leadUnit }) => leadUnit ?? []))];
const units = named.map((name, at) => ({
  id: `unit-${at}`,
  parentId: name.includes('街道') ? 'unit-0' : null,
  name,
  dutyPersonId: at === 4 ? null : (people[at]?.id ?? null),
  enabled: true,
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
    policies: version(2, policies.parse(yaml('policies.example.yaml'))),
    catalogue: version(3, city),
    calendars: calendars.map((notice) => version(1, notice)).toReversed(),
    missingYears: [2027],
  }));
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
