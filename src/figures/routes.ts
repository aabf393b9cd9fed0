import type { FastifyRequest } from 'fastify';
import { AppError } from '../kit/errors.ts';
import { personOf, type YihaoServer } from '../yihao-server.ts';
import { catalogueOf } from './catalogue.ts';
import {
  definitionsSchema,
  type FiguresQuery,
  figuresQuerySchema,
  figuresSchema,
} from './schema.ts';
import type { FiguresService } from './service.ts';

const tags = ['figures'];

/** `/api/figures`, the same as a file, and what every figure means. */
export function registerFigureRoutes(
  app: YihaoServer,
  figures: FiguresService,
  shortAbandonMs: () => number,
): void {
  app.get(
    '/api/metrics/definitions',
    {
      config: { permission: 'signed-in' },
      schema: { tags, response: { 200: definitionsSchema } },
    },
    () => catalogueOf(shortAbandonMs()),
  );
  app.get(
    '/api/figures',
    {
      config: { permission: 'signed-in' },
      schema: { tags, querystring: figuresQuerySchema, response: { 200: figuresSchema } },
    },
    (request) => figures.figures(allowed(request, request.query)),
  );
  app.get(
    '/api/figures.csv',
    {
      config: { permission: 'signed-in' },
      exposeHeadRoute: false,
      schema: { tags, querystring: figuresQuerySchema },
    },
    (request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="figures.csv"')
        .send(figures.csv(allowed(request, request.query))),
  );
}

/** Who watches the floor sees all; an agent the own figures. */
function allowed(request: FastifyRequest, query: FiguresQuery): FiguresQuery {
  const { id } = personOf(request);
  const isSelf = query.agent === 'self' || query.agent === id;
  if (!request.may('floor.watch') && !(request.may('desk.use') && isSelf)) {
    throw new AppError('forbidden');
  }
  return isSelf ? { ...query, agent: id } : query;
}
