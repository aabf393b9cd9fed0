import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import type { AuditEntry } from '../../src/access.ts';
import { projectRoot } from '../../src/kit/root.ts';
import { officialNotice } from '../../src/kit/working-days.ts';
import { catalogue, missingIn } from '../../src/order-rules/catalogue.ts';
import { policies } from '../../src/order-rules/policy.ts';
import { watchCalendars } from '../../src/orders/calendar-watch.ts';
import { OrderSettings } from '../../src/orders/settings.ts';
import { registerOrderSettingsRoutes } from '../../src/orders/settings-routes.ts';
import { openStore } from '../../src/store/db.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRoleServer } from '../support/role-server.ts';
import { as, buildHouse, lamp } from './rig.ts';

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
const newYear = (isMondayOff: boolean) => ({
  year: 2027,
  days: [
    { name: '元旦', date: '2027-01-01', isOffDay: true },
    { name: '元旦', date: '2027-01-03', isOffDay: false },
    { name: '元旦', date: '2027-01-04', isOffDay: isMondayOff },
  ],
});

beforeEach(() => {
  audited = [];
  clock = new FakeClock(Date.parse('2026-05-07T09:00:00+08:00'));
  const audit = (entry: AuditEntry) => void audited.push(entry);
  parts = { store: store(), clock, audit, first, nextYearFrom: '11-01' };
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

test('what another process put in force is read again', () => {
  const other = new OrderSettings(parts);
  const change = { baseVersion: 1, ...by };
  other.changePolicies(other.policies.body, change);
  other.changeCatalogue(other.catalogue.body, change);
  other.importCalendar(newYear(true), { baseVersion: 0, ...by });
  settings.reread();
  const { policies: packs, catalogue: matters, calendar } = settings;
  expect([packs.version, matters.version, calendar.knows(2027)]).toEqual([2, 2, true]);
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

test('a try says what an order would get, by what is in force or by a draft; a real order gets the same', () => {
  const order = {
    type: 'consult',
    urgency: 'normal',
    party: 'enterprise',
    matter: '',
    area: '',
  } as const;
  const limits = (got: ReturnType<typeof settings.tryOut>) =>
    got?.limits.find(({ kind }) => kind === 'reply');
  const got = settings.tryOut({ order });
  expect(got).toMatchObject({ row: 0, pack: 'enterprise-2135@1' });
  expect(limits(got)).toEqual({
    kind: 'reply',
    limit: { workdays: 1 },
    isSpecial: true,
    // Friday 8 May 2026, the day after; it ends at 24:00.
    dueAt: Date.parse('2026-05-09T00:00:00+08:00'),
  });
  const house = buildHouse();
  const { id } = house.orders.open({ ...lamp, type: 'consult', party: 'enterprise' }, as('agent'));
  house.act(id, { do: 'submit' }, as('agent'));
  expect(house.orders.find(id).folded.pack).toBe(got?.pack);
  const { packs } = settings.policies.body;
  const draft = { packs, choose: [{ when: {}, pack: 'general-1515' }] };
  const drafted = settings.tryOut({ order, policies: draft });
  expect(drafted).toMatchObject({ row: 0, pack: 'general-1515@1' });
  expect(limits(drafted)).toMatchObject({ limit: { workdays: 2 }, isSpecial: true });
  expect(settings.policies.version).toBe(1);
  expect(settings.tryOut({ order, at: Date.parse('2019-01-01') })).toBeNull();
});

test('every version is listed with who and why, and can be read again', () => {
  const body = structuredClone(settings.catalogue.body);
  settings.changeCatalogue({ ...body, areas: [] }, { baseVersion: 1, ...by });
  expect(settings.versions('catalogue')).toMatchObject([
    { version: 2, personId: person.id, why: '新规定' },
    { version: 1, personId: null, why: '' },
  ]);
  expect(settings.version('catalogue', 1)).toEqual(body);
  expect(settings.version('policies', 1)).toEqual(settings.policies.body);
  expect(() => settings.version('policies', 2)).toThrow(/not-found|Not found/);
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

test('the next year’s calendar is missed from its day on, until it is imported; corrections replace it', async () => {
  expect(settings.missingYears()).toEqual([]);
  await clock.advance(Date.parse('2026-11-01T00:00:00+08:00') - clock.now() - 1);
  expect(settings.missingYears()).toEqual([]);
  await clock.advance(1);
  expect(settings.missingYears()).toEqual([2027]);
  const late = new OrderSettings({ ...parts, nextYearFrom: '12-15' });
  expect(late.missingYears()).toEqual([]);
  settings.importCalendar(newYear(true), { ...by, baseVersion: 0 });
  expect(settings.missingYears()).toEqual([]);
  const monday = Date.parse('2027-01-04') / 86_400_000;
  expect(settings.calendar.isWorking(monday)).toBe(false);
  const stale = () => settings.importCalendar(newYear(false), { ...by, baseVersion: 0 });
  expect(stale).toThrow(/old-version|meanwhile/);
  settings.importCalendar(newYear(false), { ...by, baseVersion: 1 });
  expect(settings.calendar.isWorking(monday)).toBe(true);
  expect(settings.calendars().map(({ version, body }) => [body.year, version])).toEqual([
    [2027, 2],
    [2026, 1],
  ]);
  expect(new OrderSettings(parts).calendar.isWorking(monday)).toBe(true);
});

test('a notice is looked at before it is taken in: which days change, and what cannot be', () => {
  const first = settings.previewCalendar(newYear(true));
  // New Year's Day 2027 is a Friday; the Sunday after it is made up for.
  expect(first).toEqual({
    version: 0,
    faults: [],
    changes: [
      { date: '2027-01-01', works: false },
      { date: '2027-01-03', works: true },
      { date: '2027-01-04', works: false },
    ],
  });
  expect(settings.missingYears()).toEqual([]);
  settings.importCalendar(newYear(true), { ...by, baseVersion: 0 });
  const again = settings.previewCalendar(newYear(false));
  expect(again).toMatchObject({ version: 1, changes: [{ date: '2027-01-04', works: true }] });
  const [day] = newYear(true).days;
  const bad = { year: 2028, days: [...newYear(true).days, ...(day ? [day] : [])] };
  const faults = [
    { fault: 'twice', date: '2027-01-01' },
    { fault: 'nothing-off', date: '' },
  ];
  expect(settings.previewCalendar(bad).faults).toEqual(faults);
  expect(settings.previewCalendar({ ...bad, year: 2030 }).faults).toContainEqual({
    fault: 'other-year',
    date: '2027-01-03',
  });
  expect(() => settings.importCalendar(bad, { ...by, baseVersion: 0 })).toThrow();
  expect(settings.calendar.knows(2028)).toBe(false);
});

test('administrators are told the day a calendar is missed, and when it has come', async () => {
  const told: (readonly number[])[] = [];
  const log = { warn: vi.fn() };
  const stop = watchCalendars({ settings, clock, log, tell: (years) => void told.push(years) });
  await clock.advance(Date.parse('2026-11-01T00:00:00+08:00') - clock.now() - 1);
  expect(told).toEqual([]);
  await clock.advance(1);
  expect(told).toEqual([[2027]]);
  await clock.advance(30 * 86_400_000);
  expect(told).toEqual([[2027]]);
  expect(log.warn).toHaveBeenCalledTimes(1);
  settings.importCalendar(newYear(true), { ...by, baseVersion: 0 });
  expect(told).toEqual([[2027], []]);
  await clock.advance(Date.parse('2027-11-01T00:00:00+08:00') - clock.now());
  expect(told.at(-1)).toEqual([2028]);
  stop();
  expect(clock.alarms).toBe(0);
  const after: (readonly number[])[] = [];
  watchCalendars({ settings, clock, log, tell: (years) => void after.push(years) })();
  expect(after).toEqual([[2028]]);
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
  const tried = {
    order: { type: 'help', urgency: 'normal', party: 'person', matter: 'M704', area: '440105' },
  };
  const tryOut = (role: string) =>
    server.ask('POST', '/api/order-settings/policies/try', tried, role);
  expect((await tryOut('agent')).statusCode).toBe(403);
  expect((await tryOut('admin')).json()).toMatchObject({ got: { row: 1, pack: 'general-1515@1' } });
  const page = await server.ask('GET', '/api/order-settings', undefined, 'admin');
  expect(page.json().extensionApprovers.flat()).toContainEqual({ zh: '审核员', en: 'reviewer' });
  const past = '/api/order-settings/versions/policies';
  expect((await server.ask('GET', past, undefined, 'admin')).json().rows).toHaveLength(1);
  expect((await server.ask('GET', `${past}/1`, undefined, 'admin')).json()).toEqual(
    settings.policies.body,
  );
  expect((await server.ask('GET', `${past}/9`, undefined, 'admin')).statusCode).toBe(404);
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
  await server.app.close();
});

test('over HTTP: a notice in the shape it is published in is previewed, then taken in by administrators alone', async () => {
  const server = await openRoleServer((app) => registerOrderSettingsRoutes(app, settings));
  await clock.advance(Date.parse('2026-12-01T00:00:00+08:00') - clock.now());
  const published = {
    $schema: 'https://example.org/schema.json',
    papers: ['https://www.gov.cn/zhengce/2026-11/04/content.htm'],
    ...newYear(true),
  };
  const path = '/api/order-settings/calendars';
  const missing = () =>
    server
      .ask('GET', '/api/order-settings/missing-years', undefined, 'admin')
      .then((r) => r.json());
  expect(await missing()).toEqual({ missingYears: [2027] });
  expect((await server.ask('POST', `${path}/preview`, published, 'leader')).statusCode).toBe(403);
  const preview = await server.ask('POST', `${path}/preview`, published, 'admin');
  expect(preview.json()).toMatchObject({ version: 0, faults: [] });
  expect(await missing()).toEqual({ missingYears: [2027] });
  const notice = { baseVersion: 0, why: '国务院办公厅通知', body: published };
  const taken = await server.ask('PUT', path, notice, 'admin');
  expect(taken.json()).toEqual({ missingYears: [] });
  expect(settings.calendars()[0]).toMatchObject({ body: { papers: published.papers } });
  const empty = { ...notice, body: { year: 2028, days: [] } };
  const refused = await server.ask('PUT', path, empty, 'admin');
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('nothing-off');
  const noDate = { year: 2028, days: [{ date: '2028-13-01', isOffDay: true }] };
  expect((await server.ask('POST', `${path}/preview`, noDate, 'admin')).body).toContain(
    '/days/0/date',
  );
  await server.app.close();
});
