import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { questionOf, staffAnswer } from '../../src/staffing/answer.ts';
import { registerStaffingRoutes } from '../../src/staffing/routes.ts';
import { staffNewsSchema, staffQuestionSchema } from '../../src/staffing/schema.ts';
import { createStaffing } from '../../src/staffing/service.ts';
import { openRoleServer } from '../support/role-server.ts';

// Few seats, so that few are simulated.
const asked = { callsPerHour: 6, handlingSeconds: 30, percent: 50, limitSeconds: 60 };
const calls = 1_000;
const url = '/api/staffing?callsPerHour=6&handlingSeconds=30&percent=50&limitSeconds=60';

describe('how many seats', { timeout: 120_000 }, () => {
  test('is told point by point from a thread of its own; one question at a time; the command says the same', async () => {
    const server = await openRoleServer((app) =>
      registerStaffingRoutes(app, createStaffing(calls)),
    );
    const [reply, second] = await Promise.all([
      server.ask('GET', url),
      server.ask('GET', url, undefined, 'leader'),
    ]);
    expect(new Set([reply.statusCode, second.statusCode])).toEqual(new Set([200, 409]));
    const whole = reply.statusCode === 200 ? reply : second;
    expect(whole.headers['content-type']).toContain('application/x-ndjson');
    const news = whole.body
      .trimEnd()
      .split('\n')
      .map((line) => staffNewsSchema.parse(JSON.parse(line)));
    const answer = staffAnswer({ ...questionOf(staffQuestionSchema.parse(asked)), calls });
    expect(news.at(-1)).toEqual({ answer });
    expect(news.slice(0, -1)).toEqual(
      answer.curve.map((point, at) => ({ done: at + 1, of: answer.curve.length, point })),
    );
    const again = await server.ask('GET', url);
    expect(again.statusCode).toBe(200);
    await server.app.close();
  });

  test('is for those who watch the floor, and for numbers that make sense', async () => {
    const server = await openRoleServer((app) =>
      registerStaffingRoutes(app, createStaffing(calls)),
    );
    expect((await server.ask('GET', url, undefined, 'agent')).statusCode).toBe(403);
    const wrong = await server.ask('GET', '/api/staffing?callsPerHour=0&handlingSeconds=60');
    expect(wrong.statusCode).toBe(422);
    expect(z.object({ code: z.string() }).parse(wrong.json()).code).toBe('invalid-input');
    await server.app.close();
  });

  test('who stops reading stops the thread, and the next may ask', async () => {
    const staffing = createStaffing(calls);
    const question = staffQuestionSchema.parse(asked);
    for await (const news of staffing.ask(question)) {
      expect('point' in news).toBe(true);
      break;
    }
    const next = staffing.ask(question);
    expect((await next.next()).done).toBe(false);
    await next.return();
  });
});
