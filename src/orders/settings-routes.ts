import { z } from 'zod';
import { pinyinOf } from '../kit/pinyin.ts';
import { officialNotice } from '../kit/working-days.ts';
import { catalogue } from '../order-rules/catalogue.ts';
import { policies } from '../order-rules/policy.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { OrderSettings } from './settings.ts';

const tags = ['orders'];
const change = { permission: 'orders.change-rules' } as const;
const why = z.string().trim().min(2).max(200);
const changed = z.object({ version: z.int() });
/** A catalogue of two thousand matters with templates. */
const CATALOGUE_MAX_BYTES = 16 * 1_024 * 1_024;

/** What an administration decides about work orders, and the catalogue for those who take them down. */
export function registerOrderSettingsRoutes(app: YihaoServer, settings: OrderSettings): void {
  app.get('/api/order-settings', { config: change, schema: { tags } }, () => ({
    policies: settings.policies,
    catalogue: settings.catalogue,
    calendars: settings.calendars(),
    missingYears: settings.missingYears(),
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
  app.put(
    '/api/order-settings/calendars',
    {
      config: change,
      schema: {
        tags,
        body: z.strictObject({ why, body: officialNotice }),
        response: { 200: z.object({ missingYears: z.array(z.int()) }) },
      },
    },
    (request) => {
      const { body, why: reason } = request.body;
      settings.importCalendar(body, { why: reason, person: personOf(request), ip: request.ip });
      return { missingYears: settings.missingYears() };
    },
  );
}
