import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import type { SupervisionConfig } from '../order-rules/supervision.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import type { SupervisionBoard } from './board.ts';
import { leagueOf } from './league.ts';
import type { Meetings } from './meetings.ts';
import type { OrdersRepo } from './repo.ts';
import type { Visitor } from './service.ts';
import {
  boardSchema,
  heldMeetingSchema,
  leagueQuerySchema,
  leagueSchema,
  meetingSchema,
  newMeetingSchema,
} from './supervision-schema.ts';
import type { Units } from './units.ts';

const tags = ['supervision'];
const supervise = { permission: 'orders.supervise' } as const;
/** Units' leaders see where they stand, and by which rule. */
const compare = { permission: 'orders.compare' } as const;
const visitor = (request: FastifyRequest): Visitor => ({
  person: personOf(request),
  ip: request.ip,
});

interface SupervisionRoutes {
  readonly board: SupervisionBoard;
  readonly meetings: Meetings;
  readonly repo: OrdersRepo;
  readonly units: Units;
  readonly supervision: SupervisionConfig;
}

/** Everything under `/api/supervision`: the board, joint meetings, the table of units. */
export function registerSupervisionRoutes(
  app: YihaoServer,
  { board, meetings, repo, units, supervision }: SupervisionRoutes,
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
      schema: { tags, response: { 200: z.object({ rows: z.array(meetingSchema) }) } },
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
  app.post(
    '/api/supervision/meetings/:id/minutes',
    {
      config: supervise,
      schema: {
        tags,
        params: z.strictObject({ id: z.string().max(40) }),
        body: heldMeetingSchema,
        response: { 200: meetingSchema },
      },
    },
    (request) => meetings.hold(request.params.id, request.body, visitor(request)),
  );
  app.get(
    '/api/supervision/league',
    {
      config: compare,
      schema: { tags, querystring: leagueQuerySchema, response: { 200: leagueSchema } },
    },
    (request) => {
      const { from, to } = request.query;
      const [first, end] = [dayBegins(from), dayBegins(to) + DAY_MS];
      if (end - first > LONGEST_DAYS * DAY_MS || end <= first) {
        throw new AppError('invalid-input', {}, [{ pointer: '/to', message: 'at most a year' }]);
      }
      return leagueOf({ repo, units, league: supervision.league }, first, end);
    },
  );
}

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;

function dayBegins(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`);
}
