import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { AuditEntry } from '../../src/access.ts';
import { projectRoot } from '../../src/kit/root.ts';
import { officialNotice } from '../../src/kit/working-days.ts';
import { catalogue, missingIn } from '../../src/order-rules/catalogue.ts';
import { policies } from '../../src/order-rules/policy.ts';
import { OrderSettings } from '../../src/orders/settings.ts';
import { registerOrderSettingsRoutes } from '../../src/orders/settings-routes.ts';
import { openStore } from '../../src/store/db.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as } from './rig.ts';

const read = (path: string) => readFileSync(`${projectRoot}/config/${path}`, 'utf8');
const first = () => ({
  policies: policies.parse(parse(read('policies.example.yaml'))),
  catalogue: catalogue.parse(parse(read('catalogue.example.yaml'))),
  notices: [officialNotice.parse(JSON.parse(read('calendars/2026.json')))],
});
const store = () => openStore(':memory:');
let audited: AuditEntry[];
let parts: ConstructorParameters<typeof OrderSettings>[0];
let clock: FakeClock;
let settings: OrderSettings;
const { person, ip } = as('admin');
const by = { person, ip, why: '新规定' };

beforeEach(() => {
  audited = [];
  clock = new FakeClock(Date.parse('2026-05-07T09:00:00+08:00'));
  parts = { store: store(), clock, audit: (entry) => void audited.push(entry), first };
  settings = new OrderSettings(parts);
});

test('a city starts with the example: 44 matters and a few more, templates, streets, packs', () => {
  const { matters, areas } = settings.catalogue.body;
  expect(matters.length).toBeGreaterThanOrEqual(44);
  expect(areas.filter(({ code }) => code.length === 9)).toHaveLength(12);
  expect(missingIn(settings.catalogue.body, 'M504', 'M504-1', { where: '天河路 1 号' })).toEqual([
    '井盖字样',
    '有无围挡',
  ]);
  expect(missingIn(settings.catalogue.body, 'M504', null, {})).toEqual(['诉求点']);
  expect(missingIn(settings.catalogue.body, 'M301', null, {})).toEqual(['诉求点']);
  expect(missingIn(settings.catalogue.body, 'M401', null, {})).toEqual([]);
});

test('a pack that was in force is never changed, but may end; the next version comes beside it', () => {
  const body = structuredClone(settings.policies.body);
  const pack = body.packs[0];
  if (!pack) throw new Error('no pack');
  const shorter = { ...pack, limits: { ...pack.limits, reply: { workdays: 3 } } };
  const change = { baseVersion: 1, ...by };
  const rest = body.packs.slice(1);
  expect(() => settings.changePolicies({ ...body, packs: [shorter, ...rest] }, change)).toThrow();
  expect(() =>
    settings.changePolicies({ ...body, packs: [{ ...shorter, version: 2 }, ...rest] }, change),
  ).toThrow();
  const ended = { ...pack, until: '2026-12-31' };
  const next = { ...shorter, version: 2, from: '2027-01-01' };
  settings.changePolicies({ ...body, packs: [ended, next, ...rest] }, change);
  expect(settings.policies).toMatchObject({ version: 2, why: '新规定', personId: person.id });
  expect(audited).toMatchObject([{ action: 'order-settings.changed', detail: { why: '新规定' } }]);
  expect(() => settings.changePolicies(body, change)).toThrow(/old-version|meanwhile/);
  // A restarted server reads the same.
  expect(new OrderSettings(parts).policies.body.packs).toHaveLength(3);
});

test('a new catalogue is in force at once; orders find the one they were taken down with', () => {
  const body = structuredClone(settings.catalogue.body);
  settings.changeCatalogue(
    { ...body, matters: body.matters.slice(0, 3) },
    { baseVersion: 1, ...by },
  );
  expect(settings.catalogueAt(1).matters).toHaveLength(body.matters.length);
  expect(settings.catalogueAt(2).matters).toHaveLength(3);
});

test('the next year’s calendar is missed from November on, until it is imported; corrections replace it', async () => {
  expect(settings.missingYears()).toEqual([]);
  await clock.advance(Date.parse('2026-11-01T00:00:00+08:00') - clock.now());
  expect(settings.missingYears()).toEqual([2027]);
  const newYear = (isOffDay: boolean) => ({ year: 2027, days: [{ date: '2027-01-04', isOffDay }] });
  settings.importCalendar(newYear(true), by);
  expect(settings.missingYears()).toEqual([]);
  const monday = Date.parse('2027-01-04') / 86_400_000;
  expect(settings.calendar.isWorking(monday)).toBe(false);
  settings.importCalendar(newYear(false), by);
  expect(settings.calendar.isWorking(monday)).toBe(true);
  expect(settings.calendars().map(({ version, body }) => [body.year, version])).toEqual([
    [2027, 2],
    [2026, 1],
  ]);
  expect(new OrderSettings(parts).calendar.isWorking(monday)).toBe(true);
});

test('over HTTP: administrators change, agents read the catalogue, a wrong document is refused by place', async () => {
  const server = await openRoleServer((app) => registerOrderSettingsRoutes(app, settings));
  const city = await server.ask('GET', '/api/order-settings/catalogue', undefined, 'agent');
  expect(city.json().matters[0].find).toContain('yfksjgmtf');
  expect((await server.ask('GET', '/api/order-settings', undefined, 'agent')).statusCode).toBe(403);
  const twice = [
    { code: 'M1', name: '一', group: '一', type: 'help' },
    { code: 'M1', name: '二', group: '一', type: 'help' },
  ];
  const put = (body: object) =>
    server.ask(
      'PUT',
      '/api/order-settings/catalogue',
      { baseVersion: 1, why: '测试', body },
      'admin',
    );
  const refused = await put({ matters: twice, areas: [] });
  expect(refused.json()).toMatchObject({ status: 422 });
  expect(refused.body).toContain('/matters/1');
  expect((await put({ matters: twice.slice(1), areas: [] })).json()).toEqual({ version: 2 });
  const notice = { why: '国务院办公厅通知', body: { year: 2027, days: [] } };
  const taken = await server.ask('PUT', '/api/order-settings/calendars', notice, 'admin');
  expect(taken.json()).toEqual({ missingYears: [] });
  await server.app.close();
});
