import { z } from 'zod';
import { pinyinOf } from '../kit/pinyin.ts';
import { officialNotice } from '../kit/working-days.ts';
import { catalogue } from '../order-rules/catalogue.ts';
import { moves } from '../order-rules/moves.ts';
import { policies } from '../order-rules/policy.ts';
import { actors } from '../order-rules/words.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { OrderSettings } from './settings.ts';
import {
  calendarPreviewSchema,
  documents,
  settingsVersionsSchema,
  tryOutQuerySchema,
  tryOutSchema,
} from './settings-schema.ts';

const tags = ['orders'];
const change = { permission: 'orders.change-rules' } as const;
const why = z.string().trim().min(2).max(200);
const changed = z.object({ version: z.int() });
const missing = z.object({ missingYears: z.array(z.int()) });
/** A catalogue of two thousand matters with templates. */
const CATALOGUE_MAX_BYTES = 16 * 1_024 * 1_024;

/** What an administration decides about work orders, and the catalogue for those who take them down. */
export function registerOrderSettingsRoutes(app: YihaoServer, settings: OrderSettings): void {
  app.get('/api/order-settings', { config: change, schema: { tags } }, () => ({
    policies: settings.policies,
    catalogue: settings.catalogue,
    calendars: settings.calendars(),
    extensionApprovers: moves.extend.agreedBy.map((some) => some.map((actor) => actors[actor])),
  }));
  app.get(
    '/api/order-settings/catalogue',
    { config: { permission: 'orders.use' }, schema: { tags } },
    () => {
      const { version, body } = settings.catalogue;
      const matters = body.matters.filter(({ enabled }) => enabled);
      return {
        version,
        missingYears: settings.missingYears(),
        areas: body.areas,
        // Found by what people type: name, code, pinyin or its initials.
        matters: matters.map((each) => ({
          ...each,
          find: `${each.code} ${each.name} ${pinyinOf(each.name)}`,
        })),
      };
    },
  );
  app.put(
    '/api/order-settings/policies',
    {
      config: change,
      schema: {
        tags,
        body: z.strictObject({ baseVersion: z.int(), why, body: policies }),
        response: { 200: changed },
      },
    },
    (request) => {
      const { body, ...rest } = request.body;
      settings.changePolicies(body, { ...rest, person: personOf(request), ip: request.ip });
      return { version: settings.policies.version };
    },
  );
  app.put(
    '/api/order-settings/catalogue',
    {
      config: change,
      bodyLimit: CATALOGUE_MAX_BYTES,
      schema: {
        tags,
        body: z.strictObject({ baseVersion: z.int(), why, body: catalogue }),
        response: { 200: changed },
      },
    },
    (request) => {
      const { body, ...rest } = request.body;
      settings.changeCatalogue(body, { ...rest, person: personOf(request), ip: request.ip });
      return { version: settings.catalogue.version };
    },
  );
  registerLooks(app, settings);
  registerCalendars(app, settings);
}

/** What may be looked at without changing anything: a try of the limits, earlier versions. */
function registerLooks(app: YihaoServer, settings: OrderSettings): void {
  const kind = z.enum(documents);
  app.post(
    '/api/order-settings/policies/try',
    {
      config: change,
      schema: { tags, body: tryOutQuerySchema, response: { 200: z.object({ got: tryOutSchema }) } },
    },
    (request) => ({ got: settings.tryOut(request.body) }),
  );
  app.get(
    '/api/order-settings/versions/:kind',
    {
      config: change,
      schema: { tags, params: z.strictObject({ kind }), response: { 200: settingsVersionsSchema } },
    },
    (request) => ({ rows: settings.versions(request.params.kind) }),
  );
  app.get(
    '/api/order-settings/versions/:kind/:version',
    {
      config: change,
      schema: { tags, params: z.strictObject({ kind, version: z.coerce.number().int() }) },
    },
    (request) => settings.version(request.params.kind, request.params.version),
  );
}

/** Official notices by year, as they are published: looked at first, then taken in. */
function registerCalendars(app: YihaoServer, settings: OrderSettings): void {
  app.get(
    '/api/order-settings/missing-years',
    { config: change, schema: { tags, response: { 200: missing } } },
    () => ({ missingYears: settings.missingYears() }),
  );
  app.post(
    '/api/order-settings/calendars/preview',
    {
      config: change,
      schema: { tags, body: officialNotice, response: { 200: calendarPreviewSchema } },
    },
    (request) => settings.previewCalendar(request.body),
  );
  app.put(
    '/api/order-settings/calendars',
    {
      config: change,
      schema: {
        tags,
        body: z.strictObject({ baseVersion: z.int(), why, body: officialNotice }),
        response: { 200: missing },
      },
    },
    (request) => {
      const { body, ...rest } = request.body;
      settings.importCalendar(body, { ...rest, person: personOf(request), ip: request.ip });
      return { missingYears: settings.missingYears() };
    },
  );
}
