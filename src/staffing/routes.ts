import { Readable } from 'node:stream';
import type { YihaoServer } from '../yihao-server.ts';
import { type StaffNews, staffQuestionSchema } from './schema.ts';
import type { Staffing } from './service.ts';

/**
 * `/api/staffing`: lines of JSON (`StaffNews`), one for each number of seats as soon as it is
 * simulated, the answer in the last one.
 */
export function registerStaffingRoutes(app: YihaoServer, staffing: Staffing): void {
  app.get(
    '/api/staffing',
    {
      config: { permission: 'floor.watch' },
      exposeHeadRoute: false,
      schema: { tags: ['figures'], querystring: staffQuestionSchema },
    },
    (request, reply) => {
      const news = staffing.ask(request.query);
      return reply.type('application/x-ndjson').send(Readable.from(lines(news)));
    },
  );
}

async function* lines(news: AsyncIterable<StaffNews>): AsyncGenerator<string, void, void> {
  try {
    for await (const one of news) yield `${JSON.stringify(one)}\n`;
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    yield `${JSON.stringify({ failed } satisfies StaffNews)}\n`;
  }
}
