import '@fastify/multipart';
import { PassThrough } from 'node:stream';
import { z } from 'zod';
import type { Auditor } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { type Imported, importCatalogue } from './catalogue.ts';
import type { DispatchRules } from './dispatch.ts';
import { areaRulesSchema } from './settings-schema.ts';
import type { Units } from './units.ts';

const tags = ['orders'];
const change = { permission: 'orders.change-rules' } as const;
/** A reply of one JSON text a line, as things go on. */
const lines = 'application/x-ndjson';

/** The dispatch catalogue in force. */
const rulesInForceSchema = z.object({ version: z.int(), rows: z.int() });

const texts = z.array(z.string());
const proposal = { leadUnit: z.string(), coUnits: texts, confidence: z.number(), rule: z.string() };
/** What the catalogue says of a matter in an area; null: a dispatcher decides. */
const dispatchDecisionSchema = z.object({ proposal: z.object(proposal).nullable() });

/** How many rules of an area are told by name. */
const FIRST = 5;

/** One line of an import that tells how it goes. */
type RulesImportNews =
  | { done: number; of: number }
  | { taken: Imported }
  | { wrong: { pointer: string; message: string }[] }
  | { failed: string };

interface DispatchRoutes {
  readonly units: Units;
  readonly rules: DispatchRules;
  readonly audit: Auditor;
}

type OnProgress = (done: number, of: number) => void;

/** The dispatch catalogue: what is in force, what it says of a matter and an area, and its import. */
export function registerDispatchRoutes(
  app: YihaoServer,
  { units, rules, audit }: DispatchRoutes,
): void {
  app.get(
    '/api/dispatch-rules',
    { config: change, schema: { tags, response: { 200: rulesInForceSchema } } },
    () => ({ version: rules.version, rows: rules.size }),
  );
  app.get(
    '/api/dispatch-rules/decision',
    {
      config: change,
      schema: {
        tags,
        querystring: z.strictObject({
          matter: z.string().trim().min(1).max(32),
          area: z.string().regex(/^\d{0,12}$/),
        }),
        response: { 200: dispatchDecisionSchema },
      },
    },
    ({ query: { matter, area } }) => {
      const found = rules.propose(matter, area);
      if (!found) return { proposal: null };
      const { leadUnitId, coUnitIds, confidence, rule } = found;
      const coUnits = coUnitIds.map((id) => units.nameOf(id));
      return { proposal: { leadUnit: units.nameOf(leadUnitId), coUnits, confidence, rule } };
    },
  );
  app.get(
    '/api/dispatch-rules/areas/:code',
    {
      config: change,
      schema: {
        tags,
        params: z.strictObject({ code: z.string().regex(/^\d{2,12}$/) }),
        response: { 200: areaRulesSchema },
      },
    },
    ({ params: { code } }) => {
      const { count, first } = rules.inArea(code, FIRST);
      const named = first.map(({ leadUnitId, ...rule }) => ({
        ...rule,
        leadUnit: units.nameOf(leadUnitId),
      }));
      return { count, first: named };
    },
  );
  app.put(
    '/api/dispatch-rules',
    {
      config: change,
      schema: { tags, consumes: ['multipart/form-data'] },
    },
    async (request, reply) => {
      const file = request.isMultipart() ? await request.file() : undefined;
      if (file === undefined) throw new AppError('invalid-input');
      const text = (await file.toBuffer()).toString('utf8');
      const take = async (onProgress?: OnProgress) => {
        const imported = await importCatalogue(text, rules, units, onProgress);
        audit({
          person: personOf(request),
          ip: request.ip,
          action: 'dispatch-rules.imported',
          subject: `dispatch-rules:${imported.version}`,
          detail: { rows: imported.rows },
        });
        return imported;
      };
      if (request.headers.accept !== lines) return take();
      return reply.type(lines).send(told(take));
    },
  );
}

/** An import told line by line: how far it is, and at last what was taken or what is wrong. */
function told(take: (onProgress: OnProgress) => Promise<Imported>): PassThrough {
  const out = new PassThrough();
  const say = (news: RulesImportNews) => void out.write(`${JSON.stringify(news)}\n`);
  void take((done, of) => say({ done, of }))
    .then(
      (taken) => say({ taken }),
      (error: unknown) => say(failureOf(error)),
    )
    .finally(() => out.end());
  return out;
}

function failureOf(error: unknown): RulesImportNews {
  if (error instanceof AppError && error.fields.length > 0) return { wrong: [...error.fields] };
  return { failed: error instanceof Error ? error.message : String(error) };
}
