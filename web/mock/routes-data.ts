import type { FastifyInstance } from 'fastify';
import { hotlineSchema } from '../../config/hotline.ts';
import { callFilterSchema } from '../../src/calls/schema.ts';
import { AppError } from '../../src/kit/errors.ts';
import { questionOf, staffAnswer } from '../../src/staffing/answer.ts';
import { type StaffNews, staffQuestionSchema } from '../../src/staffing/schema.ts';
import { actOnCallBack, callBacks } from './call-backs.ts';
import { detailOf, findCalls, numberOf, peopleNames, reasonsOf } from './calls.ts';
import { demoNow } from './demo-clock.ts';
import { seats, wholeFloor } from './floor.ts';
import { people } from './people.ts';
import { refuse } from './problem.ts';
import { auditRows, peaks, prompts, silentWav, versions } from './records.ts';

const page = 100;

function callRoutes(app: FastifyInstance): void {
  app.get('/api/calls', (request) => {
    const { before, limit, ...filter } = request.query as Record<string, string>;
    const found = findCalls(callFilterSchema.parse(filter));
    const from = before === undefined ? 0 : Number(before);
    const size = limit === undefined ? page : Number(limit);
    const rows = found.slice(from, from + size);
    const next = from + rows.length < found.length ? String(from + rows.length) : null;
    return { rows, total: found.length, next };
  });
  app.get('/api/calls.csv', (_request, reply) => reply.type('text/csv').send('id\n'));
  app.get('/api/calls/:id', (request) => {
    const { id } = request.params as { id: string };
    return detailOf(id) ?? refuse('not-found');
  });
  app.get('/api/calls/:id/why', (request) => {
    const { id } = request.params as { id: string };
    return { reasons: reasonsOf(id) };
  });
  app.post('/api/calls/:id/number', (request) => {
    const { id } = request.params as { id: string };
    return { number: numberOf(id) ?? '13800005678' };
  });
  app.get('/api/calls/:id/recordings/:rid/peaks', (request) => {
    const { id } = request.params as { id: string };
    return peaks(detailOf(id)?.talkMs ?? 60_000);
  });
  app.get('/api/calls/:id/recordings/:rid/audio', (request, reply) => {
    const { id } = request.params as { id: string };
    return reply.type('audio/wav').send(silentWav(detailOf(id)?.talkMs ?? 60_000));
  });
  app.get('/api/call-backs', () => ({ rows: callBacks }));
  for (const verb of ['now', 'done', 'cancel'] as const) {
    app.post(`/api/call-backs/:id/${verb}`, (request, reply) => {
      const { id } = request.params as { id: string };
      return actOnCallBack(id, verb) ? reply.code(204).send() : refuse('not-found');
    });
  }
}

function staffingRoutes(app: FastifyInstance): void {
  app.get('/api/staffing', (request, reply) => {
    const question = questionOf(staffQuestionSchema.parse(request.query));
    const said: StaffNews[] = [];
    const answer = staffAnswer({ ...question, calls: 1_500 }, (point, done, of) =>
      said.push({ done, of, point }),
    );
    const lines = [...said, { answer }].map((news) => `${JSON.stringify(news)}\n`);
    return reply.type('application/x-ndjson').send(lines.join(''));
  });
}

function hotlineRoutes(app: FastifyInstance): void {
  app.get('/api/hotline', () => versions[0]);
  app.get('/api/hotline/versions', () => ({
    rows: versions.map(({ hotline: _hotline, ...row }) => row),
  }));
  app.get('/api/hotline/versions/:v', (request) => {
    const { v } = request.params as { v: string };
    return versions.find((each) => each.version === Number(v)) ?? refuse('not-found');
  });
  app.post('/api/hotline/check', (request) => {
    const { hotline } = request.body as { hotline: unknown };
    return { problems: problemsOf(hotline) };
  });
  app.put('/api/hotline', (request) => {
    const sent = request.body as { baseVersion: number; why: string; hotline: unknown };
    const newest = versions[0]?.version ?? 0;
    if (sent.baseVersion !== newest) refuse('old-version', { version: newest });
    const problems = problemsOf(sent.hotline);
    if (problems.length > 0) throw new AppError('invalid-input', {}, problems);
    versions.unshift({
      version: newest + 1,
      at: demoNow(),
      by: 'p-3',
      why: sent.why,
      hotline: hotlineSchema.parse(sent.hotline),
    });
    return versions[0];
  });
}

function problemsOf(hotline: unknown): { pointer: string; message: string }[] {
  const read = hotlineSchema.safeParse(hotline);
  return (read.error?.issues ?? []).map((issue) => ({
    pointer: `/hotline/${issue.path.join('/')}`,
    message: issue.message,
  }));
}

function adminRoutes(app: FastifyInstance): void {
  app.get('/api/people', () => ({ rows: people }));
  app.get('/api/people/names', () => ({ rows: peopleNames }));
  app.post('/api/people', (request) => {
    const sent = request.body as { login: string };
    if (people.some((person) => person.login === sent.login))
      refuse('conflict', { what: sent.login });
    return { person: people[3], password: 'maple-72-river' };
  });
  app.patch('/api/people/:id', (request) => {
    const { id } = request.params as { id: string };
    const found = people.find((person) => person.id === id) ?? refuse('not-found');
    return Object.assign(found, request.body);
  });
  app.post('/api/people/:id/password', () => ({ password: 'stone-41-lantern' }));
  app.delete('/api/people/:id/sessions', (_request, reply) => reply.code(204).send());
  app.get('/api/seats', () => ({ rows: seats }));
  app.post('/api/seats', (request) => request.body);
  app.patch('/api/seats/:id', (request) => {
    const { id } = request.params as { id: string };
    const found = seats.find((seat) => seat.id === id) ?? refuse('not-found');
    return Object.assign(found, request.body);
  });
  app.post('/api/seats/:id/phone', (request) => ({
    kind: 'sip',
    user: (request.params as { id: string }).id,
    password: 'q7Lr2vNf9KxT',
    domain: '10.12.0.5',
    port: 5060,
    webSocketPath: '/sip',
    iceServers: [],
  }));
  app.get('/api/prompts', () => ({ rows: prompts }));
  app.get('/api/prompts/:language/:id/audio', (_request, reply) =>
    reply.type('audio/wav').send(silentWav(3_000)),
  );
  app.get('/api/audit', (request) => {
    const { before, action } = request.query as Record<string, string>;
    const found = auditRows.filter(
      (row) =>
        (before === undefined || row.seq < Number(before)) && (!action || row.action === action),
    );
    const rows = found.slice(0, 60);
    return { rows, next: found.length > 60 ? String(rows.at(-1)?.seq) : null };
  });
  app.get('/api/floor', () => wholeFloor());
}

/** Everything a page asks for that is not the own seat. */
export function dataRoutes(app: FastifyInstance): void {
  callRoutes(app);
  staffingRoutes(app);
  hotlineRoutes(app);
  adminRoutes(app);
}
