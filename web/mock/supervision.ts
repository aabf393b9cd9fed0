import type { FastifyInstance } from 'fastify';
import { type CountedRate, rateDefinitions } from '../../src/order-rates/definitions.ts';
import { scoreOf } from '../../src/order-rates/league.ts';
import type { League } from '../../src/order-rates/schema.ts';
import type { Board } from '../../src/orders/schema.ts';
import { demoNow } from './demo-clock.ts';
import { meetingRoutes } from './meetings.ts';
import { orderRows } from './order-rows.ts';

const hour = 3_600_000;
const day = 24 * hour;

function board(): Board {
  const told: [string, 1 | 2 | 3, number, number][] = [
    ['超时十天未办结', 3, 2, 4],
    ['批示或会议决定逾期未反馈', 2, 1, 1],
    ['三次以上退单改派', 2, 4, 0],
    ['三件以上重复反映', 1, 1, 3],
    ['超时未办结', 1, 1, 0],
  ];
  const orders = told.flatMap(([why, supervision, hops, urged], at) => {
    const row = orderRows[at];
    const since = demoNow() - (at + 1) * 7 * hour;
    return row ? [{ ...row, supervision, why, since, hops, urged }] : [];
  });
  const task = (at: number, text: string, dueInHours: number): Board['tasks'][number] => ({
    id: `task-${at}`,
    orderId: `order-${at}`,
    number: orderRows[at]?.number ?? null,
    title: orderRows[at]?.title ?? '',
    kind: at === 2 ? 'decision' : 'instruction',
    text,
    givenBy: at === 2 ? '韩卓' : '林副市长',
    givenAt: demoNow() - day,
    unit: orderRows[at]?.leadUnit ?? null,
    dueAt: demoNow() + dueInHours * hour,
    meeting: at === 2 ? { id: 'meeting-1', title: '夜间施工噪声联席会' } : null,
    feedback: null,
    closedAt: null,
  });
  return {
    orders,
    tasks: [
      task(1, '请交警支队今日内修复信号灯，并派人疏导。', -5),
      task(2, '由住建局牵头、街道配合，两周内公示物业收费标准。', 60),
    ],
    plans: orderRows
      .filter(({ state }) => state === 'long-term')
      .map((row) => ({
        ...row,
        plan: '列入明年老旧小区改造，分三期',
        reviewAt: demoNow() + 9 * day,
      })),
    rules: [],
  };
}

const weights: [CountedRate, number][] = [
  ['on-time-close', 35],
  ['satisfaction', 30],
  ['rework', 15],
  ['improper-return', 10],
  ['supervised', 10],
];

function league(): League {
  const unit = (rank: number | null, name: string, orders: number, shares: readonly number[]) => {
    const figures: League['groups'][number]['units'][number]['figures'] = {};
    for (const [at, [rate]] of weights.entries()) {
      const d = Math.round(orders * ([1, 0.6, 1, 0.05, 1][at] ?? 1));
      figures[rate] = { n: Math.round(d * (shares[at] ?? 0)), d };
    }
    const score = rank === null ? null : scoreOf(figures, weights);
    return { unitId: name, name, orders, rank, score, figures };
  };
  return {
    measures: weights.map(([rate, weight]) => {
      const { name, isAgainst = false } = rateDefinitions[rate];
      return { rate, name, isAgainst, weight };
    }),
    leastOrders: 10,
    groups: [
      {
        peers: '区县',
        units: [
          unit(1, '东湖区', 412, [0.99, 0.97, 0.02, 0, 0.01]),
          unit(2, '西岭区', 388, [0.98, 0.95, 0.03, 0.05, 0.02]),
          unit(3, '南港区', 501, [0.95, 0.93, 0.04, 0.08, 0.05]),
          unit(null, '北川县', 7, [1, 1, 0, 0, 0]),
        ],
      },
      {
        peers: '市直部门',
        units: [
          unit(1, '市交通警察支队', 96, [0.98, 0.96, 0.03, 0, 0.03]),
          unit(2, '市市场监督管理局', 143, [0.96, 0.92, 0.05, 0.14, 0.04]),
        ],
      },
    ],
  };
}

/** What those see who supervise. */
export function supervisionRoutes(app: FastifyInstance): void {
  app.get('/api/supervision', board);
  meetingRoutes(app);
  app.get('/api/supervision/league', league);
}
