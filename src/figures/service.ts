import { addSums, noSums, QUARTER_MS, quarterOf, type Sums } from '../counting/counters.ts';
import type { Clock } from '../kit/clock.ts';
import { BYTE_ORDER_MARK, csvLine } from '../kit/csv.ts';
import { AppError } from '../kit/errors.ts';
import { shanghaiMidnight, shanghaiTime } from '../kit/shanghai.ts';
import { aboutOf, figureOf, metrics } from './catalogue.ts';
import { DAY_MS, type FiguresRepo } from './repo.ts';
import {
  type Figures,
  type FiguresQuery,
  type FiguresRow,
  type Grouping,
  metricIds,
} from './schema.ts';

/** The longest range that may be asked for, by what the rows are. */
const LONGEST_DAYS: Partial<Record<Grouping, number>> = { quarter: 35, hour: 140 };
const LONGEST_DAYS_ELSE = 800;

export interface FiguresService {
  /** @throws AppError `invalid-input` for an empty range, or one too long for such rows */
  figures(query: FiguresQuery): Figures;
  csv(query: FiguresQuery): string;
}

/** What ids are called in a file that people read. */
export interface FigureNames {
  queue: (id: string) => string;
  agent: (id: string) => string;
  entry: (id: string) => string;
}

export interface FiguresServiceOptions {
  repo: Pick<FiguresRepo, 'sums'>;
  /** Brings the sums up to this moment. */
  flush: () => void;
  clock: Pick<Clock, 'now'>;
  /** The teams agents belong to now, by agent. */
  teams: () => ReadonlyMap<string, string>;
  names: FigureNames;
}

export function createFiguresService(options: FiguresServiceOptions): FiguresService {
  const { repo, flush, clock, teams, names } = options;

  function figures(query: FiguresQuery): Figures {
    const { by } = query;
    const range = rangeOf(query, clock.now());
    flush();
    const asked = { ...range, queue: query.queue ?? null, agent: query.agent ?? null };
    const found = repo.sums({ ...asked, by: by === 'team' ? 'agent' : by });
    const rows = by === 'team' ? byTeam(found, teams()) : found;
    const ofAgents = by === 'agent' || by === 'team';
    const total = ofAgents ? sumOf(rows) : repo.sums({ ...asked, by: 'all' }).get('');
    const shows = showing(query);
    return {
      ...range,
      by,
      rows: [...rows].map(([key, sums]) => rowOf(key, sums, shows)),
      // Seats' time belongs to no queue and no entry, so it stands in the total only.
      total: rowOf('', total ?? noSums(), showing({ ...query, by: ofAgents ? 'agent' : 'day' })),
    };
  }

  return {
    figures,
    csv(query) {
      const { rows, total, by } = figures(query);
      const named = (row: FiguresRow) => nameOf(by, row.key, names);
      return [
        BYTE_ORDER_MARK + csvLine([heads[by], ...metrics.flatMap(columnsOf)]),
        ...rows.map((row) => csvLine([named(row), ...cellsOf(row)])),
        csvLine(['合计', ...cellsOf(total)]),
      ].join('');
    },
  };
}

/** Whole quarters of an hour. */
function rangeOf({ from, to, by }: FiguresQuery, now: number): { from: number; to: number } {
  const first = quarterOf(from ?? shanghaiMidnight(now));
  const end = quarterOf((to ?? now) + QUARTER_MS - 1);
  const longest = (LONGEST_DAYS[by] ?? LONGEST_DAYS_ELSE) * DAY_MS;
  if (end <= first || end - first > longest) throw new AppError('invalid-input');
  return { from: first, to: end };
}

/** Which metrics say something of the rows: an agent has no callers, a queue no seats of its own. */
function showing({ by, queue, agent }: FiguresQuery): (id: FiguresMetric) => boolean {
  const ofAgents = by === 'agent' || by === 'team' || agent !== undefined;
  const ofPart = by === 'queue' || by === 'entry' || queue !== undefined;
  return (id) => {
    const about = aboutOf(id);
    if (about === 'callers') return !ofAgents;
    return about === 'conversations' || !ofPart;
  };
}
type FiguresMetric = (typeof metricIds)[number];

function rowOf(key: string, sums: Sums, shows: (id: FiguresMetric) => boolean): FiguresRow {
  const figures = metricIds.map((id) => [id, shows(id) ? figureOf(id, sums) : null]);
  return { key, figures: Object.fromEntries(figures) };
}

function byTeam(agents: ReadonlyMap<string, Sums>, teamOf: ReadonlyMap<string, string>) {
  const teams = new Map<string, Sums>();
  for (const [agentId, sums] of agents) {
    const team = teamOf.get(agentId) ?? '';
    const of = teams.get(team) ?? noSums();
    addSums(of, sums);
    teams.set(team, of);
  }
  return teams;
}

function sumOf(rows: ReadonlyMap<string, Sums>): Sums {
  const all = noSums();
  for (const sums of rows.values()) addSums(all, sums);
  return all;
}

const heads: Record<Grouping, string> = {
  queue: '队列',
  agent: '话务员',
  team: '班组',
  entry: '接入',
  quarter: '刻钟',
  hour: '小时',
  day: '日期',
};

function nameOf(by: Grouping, key: string, names: FigureNames): string {
  switch (by) {
    case 'queue':
    case 'agent':
      return names[by](key);
    case 'entry':
      return key === '' ? '' : names.entry(key);
    case 'team':
      return key;
    case 'day':
      return shanghaiTime(Number(key)).slice(0, 10);
    default:
      return shanghaiTime(Number(key)).slice(0, 16);
  }
}

/** A count stands alone; any other figure as numerator and denominator. */
function columnsOf({ name, unit }: (typeof metrics)[number]): string[] {
  const of = unit === 'ms' ? `${name.zh}（毫秒）` : name.zh;
  return unit === 'count' ? [of] : [`${of} 分子`, `${of} 分母`];
}

function cellsOf({ figures }: FiguresRow): (number | null)[] {
  return metrics.flatMap(({ id, unit }) => {
    const { n = null, d = null } = figures[id] ?? {};
    return unit === 'count' ? [n] : [n, d];
  });
}
