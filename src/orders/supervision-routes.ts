import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { SupervisionBoard } from './board.ts';
import type { Meetings } from './meetings.ts';
import type { Visitor } from './service.ts';
import {
  boardSchema,
  cancelledMeetingSchema,
  heldMeetingSchema,
  meetingRowSchema,
  meetingSchema,
  movedMeetingSchema,
  newMeetingSchema,
} from './supervision-schema.ts';

const tags = ['supervision'];
const supervise = { permission: 'orders.supervise' } as const;
const params = z.strictObject({ id: z.string().max(40) });
const visitor = (request: FastifyRequest): Visitor => ({
  person: personOf(request),
  ip: request.ip,
});

interface SupervisionRoutes {
  readonly board: SupervisionBoard;
  readonly meetings: Meetings;
}

/** Everything under `/api/supervision`: the board and joint meetings. */
export function registerSupervisionRoutes(
  app: YihaoServer,
  { board, meetings }: SupervisionRoutes,
): void {
  app.get(
    '/api/supervision',
    { config: supervise, schema: { tags, response: { 200: boardSchema } } },
    () => board.board(),
  );
  app.get(
    '/api/supervision/meetings',
    {
      config: supervise,
      schema: { tags, response: { 200: z.object({ rows: z.array(meetingRowSchema) }) } },
    },
    () => ({ rows: meetings.list() }),
  );
  app.post(
    '/api/supervision/meetings',
    {
      config: supervise,
      schema: { tags, body: newMeetingSchema, response: { 200: meetingSchema } },
    },
    (request) => meetings.call(request.body, visitor(request)),
  );
  app.get(
    '/api/supervision/meetings/:id',
    { config: supervise, schema: { tags, params, response: { 200: meetingSchema } } },
    (request) => meetings.find(request.params.id),
  );
  app.post(
    '/api/supervision/meetings/:id/minutes',
    {
      config: supervise,
      schema: {
        tags,
        params,
        body: heldMeetingSchema,
        response: { 200: meetingSchema },
      },
    },
    (request) => meetings.hold(request.params.id, request.body, visitor(request)),
  );
  app.post(
    '/api/supervision/meetings/:id/move',
    {
      config: supervise,
      schema: { tags, params, body: movedMeetingSchema, response: { 200: meetingSchema } },
    },
    (request) => meetings.move(request.params.id, request.body, visitor(request)),
  );
  app.post(
    '/api/supervision/meetings/:id/cancel',
    {
      config: supervise,
      schema: { tags, params, body: cancelledMeetingSchema, response: { 200: meetingSchema } },
    },
    (request) => meetings.cancel(request.params.id, request.body.why, visitor(request)),
  );
}
