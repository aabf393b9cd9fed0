import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Person } from '../access.ts';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { sendRecording } from './audio.ts';
import type { CallRecords, Reader } from './records.ts';
import {
  callDetailSchema,
  callFilterSchema,
  callPageSchema,
  callQuerySchema,
  type Peaks,
  peaksSchema,
  revealSchema,
  tagCountsSchema,
} from './schema.ts';

const id = z.string().max(40);
const callParams = z.strictObject({ id });
const recordingParams = z.strictObject({ id, recordingId: id });
const tags = ['calls'];

export interface CallRoutesOptions {
  records: CallRecords;
  peaksOf: (path: string) => Promise<Peaks>;
  /** May this agent have the number of this call? Only while it is at the own desk. */
  mayReveal: (person: Person, callId: string) => boolean;
}

/** Everything under `/api/calls`. */
export function registerCallRoutes(app: YihaoServer, options: CallRoutesOptions): void {
  registerLists(app, options.records);
  registerReveal(app, options);
  registerRecordings(app, options);
}

function registerLists(app: YihaoServer, records: CallRecords): void {
  app.get(
    '/api/calls',
    {
      config: { permission: 'signed-in' },
      schema: { tags, querystring: callQuerySchema, response: { 200: callPageSchema } },
    },
    (request) => records.page(readerOf(request), request.query),
  );
  app.get(
    '/api/calls/tags',
    {
      config: { permission: 'calls.read-all' },
      schema: { tags, querystring: callFilterSchema, response: { 200: tagCountsSchema } },
    },
    (request) => records.tagCounts(request.query),
  );
  app.get(
    '/api/calls/:id',
    {
      config: { permission: 'signed-in' },
      schema: { tags, params: callParams, response: { 200: callDetailSchema } },
    },
    (request) => records.detail(readerOf(request), request.params.id),
  );
  app.get(
    '/api/calls/:id/why',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags,
        params: callParams,
        response: {
          200: z.object({
            reasons: z.array(z.object({ at: z.int(), zh: z.string(), en: z.string() })),
          }),
        },
      },
    },
    (request) => ({ reasons: records.why(readerOf(request), request.params.id) }),
  );
  app.get(
    '/api/calls.csv',
    {
      config: { permission: 'calls.export' },
      exposeHeadRoute: false,
      schema: { tags, querystring: callFilterSchema },
    },
    (request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="calls.csv"')
        .send(Readable.from(records.csv(readerOf(request), request.query))),
  );
}

function registerReveal(app: YihaoServer, { records, mayReveal }: CallRoutesOptions): void {
  app.post(
    '/api/calls/:id/number',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags,
        params: callParams,
        body: revealSchema,
        response: { 200: z.object({ number: z.string() }) },
      },
    },
    (request) => {
      const person = personOf(request);
      const callId = request.params.id;
      if (!request.may('number.reveal') && !mayReveal(person, callId)) {
        throw new AppError('forbidden');
      }
      const reader: Reader = { person, ip: request.ip, sees: 'all' };
      return { number: records.reveal(reader, callId, request.body.reason) };
    },
  );
}

function registerRecordings(app: YihaoServer, { records, peaksOf }: CallRoutesOptions): void {
  app.get(
    '/api/calls/:id/recordings/:recordingId/audio',
    {
      config: { permission: 'recording.listen' },
      exposeHeadRoute: false,
      schema: { tags, params: recordingParams },
    },
    (request, reply) => {
      const { id: callId, recordingId } = request.params;
      const reader = readerOf(request);
      const recording = records.recording(reader, callId, recordingId);
      records.listening(reader, callId, recordingId);
      return sendRecording(reply, recording, request.headers.range);
    },
  );
  app.get(
    '/api/calls/:id/recordings/:recordingId/peaks',
    {
      config: { permission: 'recording.listen' },
      schema: { tags, params: recordingParams, response: { 200: peaksSchema } },
    },
    (request) => {
      const { id: callId, recordingId } = request.params;
      return peaksOf(records.recording(readerOf(request), callId, recordingId).path);
    },
  );
}

/** Whose calls the one who asks may see; nobody's is forbidden. */
function readerOf(request: FastifyRequest): Reader {
  const person = personOf(request);
  const { ip } = request;
  if (request.may('calls.read-all')) return { person, ip, sees: 'all' };
  if (request.may('calls.read-own')) return { person, ip, sees: 'own' };
  throw new AppError('forbidden');
}
