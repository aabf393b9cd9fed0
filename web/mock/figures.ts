import type { FastifyInstance } from 'fastify';
import { addSums, noSums, type Sums } from '../../src/counting/counters.ts';
import { catalogueOf } from '../../src/figures/catalogue.ts';
import type { SumsQuery } from '../../src/figures/repo.ts';
import { figuresQuerySchema } from '../../src/figures/schema.ts';
import { createFiguresService } from '../../src/figures/service.ts';
import { city } from './city.ts';
import { demoNow } from './demo-clock.ts';
import { people } from './people.ts';
import { randomFrom } from './random.ts';

const hourMs = 3_600_000;
const shanghaiMs = 8 * hourMs;

/** A working day's shape: a morning peak, a lunch dip, an afternoon peak; quiet nights. */
function busyAt(at: number): number {
  const hour = ((at + shanghaiMs) % (24 * hourMs)) / hourMs;
  const peak = (around: number, wide: number) => Math.exp(-(((hour - around) / wide) ** 2));
  return 0.05 + peak(10, 1.8) + 0.85 * peak(15.5, 2) + 0.3 * peak(20, 1.5);
}

/** Made-up sums for so many calls; the same for the same name. */
function sumsFor(name: string, calls: number): Sums {
  const seed = Array.from(name).reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) | 0, 7);
  const random = randomFrom(seed);
  const offered = Math.round(calls);
  const part = (of: number, from: number, to: number) =>
    Math.round(of * (from + random() * (to - from)));
  const answered = part(offered, 0.93, 0.995);
  const answered15 = part(answered, 0.84, 0.97);
  const abandoned = Math.max(0, offered - answered - part(offered, 0, 0.004));
  const ratingAsked = part(answered, 0.5, 0.6);
  const rated = part(ratingAsked, 0.5, 0.7);
  const known = part(offered, 0.95, 0.99);
  const talkMs = answered * (130_000 + Math.round(random() * 50_000));
  const more = { known, repeats: part(known, 0.06, 0.14), ratingAsked, rated };
  return {
    ...noSums(),
    offered,
    answered,
    answered15,
    answered20: answered15 + part(answered - answered15, 0.2, 0.6),
    answeredInTime: answered15,
    abandoned,
    abandonedShort: part(abandoned, 0.2, 0.4),
    turnedAway: offered - answered - abandoned,
    callBacks: Math.round(abandoned * 0.4),
    callBacksReached: Math.round(abandoned * 0.3),
    callBacksFailed: Math.round(abandoned * 0.05),
    waitedMs: answered * (5_500 + Math.round(random() * 6_000)),
    conversationMs: talkMs,
    ...more,
    ratedWell: part(rated, 0.95, 0.99),
    ratingSum: part(rated, 4.6, 4.9),
    conversations: part(answered, 1, 1.06),
    transfers: part(answered, 0.02, 0.06),
    talkMs,
    holdMs: part(talkMs, 0.02, 0.08),
    wrapUpMs: answered * (18_000 + Math.round(random() * 9_000)),
    ringMs: answered * 4_000,
    readyMs: part(talkMs, 0.15, 0.3),
    notReadyMs: part(talkMs, 0.1, 0.2),
  };
}

function keysOf(query: SumsQuery): string[] {
  const step = { quarter: hourMs / 4, hour: hourMs, day: 24 * hourMs };
  const { by, from, to } = query;
  switch (by) {
    case 'all':
      return [''];
    case 'queue':
      return city.queues.map(({ id }) => id);
    case 'entry':
      return city.entries.map(({ id }) => id);
    case 'agent':
      return people.filter(({ roles }) => roles.includes('agent')).map(({ id }) => id);
    default: {
      const count = Math.ceil((to - from) / step[by]);
      return Array.from({ length: count }, (_, at) => String(from + at * step[by]));
    }
  }
}

function sums(query: SumsQuery): Map<string, Sums> {
  if (query.by === 'all') {
    const all = noSums();
    for (const row of sums({ ...query, by: 'day' }).values()) addSums(all, row);
    return new Map([['', all]]);
  }
  const keys = keysOf(query);
  const days = (query.to - query.from) / (24 * hourMs);
  const share = (query.queue === null ? 1 : 0.1) * (query.agent === null ? 1 : 0.02);
  const isTime = query.by === 'quarter' || query.by === 'hour' || query.by === 'day';
  const callsOf = (key: string) => {
    // The first of a list are the busy ones.
    if (!isTime) return (2 * 2_900 * days * (keys.length - keys.indexOf(key))) / keys.length ** 2;
    if (query.by === 'day') return Math.min(1, days) * 2_900;
    return busyAt(Number(key)) * (query.by === 'hour' ? 400 : 100);
  };
  const named = (key: string) => `${query.by} ${key} ${query.queue} ${query.agent}`;
  return new Map(keys.map((key) => [key, sumsFor(named(key), callsOf(key) * share)]));
}

const service = createFiguresService({
  repo: { sums },
  flush: () => undefined,
  clock: { now: demoNow },
  teams: () => new Map(people.map(({ id, team }) => [id, team])),
  names: { queue: String, agent: String, entry: String },
});

/** Figures of the demo city, through the server's own catalogue and service. */
export function figureRoutes(app: FastifyInstance): void {
  app.get('/api/metrics/definitions', () => catalogueOf(5_000));
  app.get('/api/figures', (request) => service.figures(figuresQuerySchema.parse(request.query)));
  app.get('/api/figures.csv', (request, reply) =>
    reply.type('text/csv').send(service.csv(figuresQuerySchema.parse(request.query))),
  );
}
