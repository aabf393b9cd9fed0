import type { FastifyInstance } from 'fastify';
import { type Move, moveNames, moves } from '../../src/order-rules/moves.ts';
import { notes } from '../../src/order-rules/notes.ts';
import { actors, orderStates } from '../../src/order-rules/words.ts';
import type { OrderRowView, OrderView, PublicOrder } from '../../src/orders/schema.ts';
import { demoNow } from './demo-clock.ts';
import { orderRows as rows } from './order-rows.ts';
import { orderRulesRoutes } from './order-rules.ts';
import { refuse } from './problem.ts';
import { relayRoutes } from './relay.ts';
import { visitOf } from './visits.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** An instruction that wants an answer today. */
function instructionOf(row: OrderRowView): OrderView['tasks'][number] {
  return {
    id: 'task-1',
    orderId: row.id,
    number: row.number,
    title: row.title,
    kind: 'instruction',
    text: '请今日内修复信号灯，并派人疏导。',
    givenBy: '林副市长',
    givenAt: row.createdAt + hour,
    unit: row.leadUnit,
    dueAt: demoNow() + 5 * hour,
    meeting: null,
    feedback: null,
    closedAt: null,
  };
}

function whole(row: OrderRowView): OrderView {
  const at = row.createdAt;
  return {
    ...row,
    content:
      '来电人反映：体育西路与天河路交叉口南北向信号灯自昨晚起不亮，早高峰车辆抢行，学生过马路危险，已有两起剐蹭。希望尽快修复，并在修好之前派人疏导。来电人愿意接受回访，电话 138****5678。',
    place: '天河区体育西路 101 号路口',
    callerName: row.sealed ? '' : '王女士',
    callerMasked: row.sealed ? '' : '138****5678',
    callId: '01JD001150K8ZQW4T2VX7MP9',
    callIds: ['01JD001150K8ZQW4T2VX7MP9'],
    point: '信号灯故障',
    pointCode: 'M704-1',
    party: 'person',
    answers: [
      { key: 'junction', label: '路口', value: '体育西路与天河路' },
      { key: 'fault', label: '故障', value: '全部不亮' },
      { key: 'traffic', label: '现场交通', value: '拥堵' },
    ],
    repeatOf: null,
    merged: [
      { id: 'order-21', number: '202611200912440231', visitedAt: null },
      { id: 'order-22', number: '202611200955120247', visitedAt: null },
    ],
    files: [
      {
        id: 'file-1',
        at: at + 40 * 60_000,
        name: '路口照片.jpg',
        kind: 'image/jpeg',
        bytes: 1_842_113,
        person: '罗志强',
        unit: row.leadUnit,
      },
    ],
    queryCode: row.sealed ? null : '57629720',
    pack: 'general-1515@1',
    coUnits: ['天河区城市管理局'],
    clocks: clocksOf(row),
    pending: { move: 'extend', askedBy: '罗志强', askedAt: at + hour, agreed: 0 },
    tasks: [instructionOf(row)],
    mayAnswer: true,
    maySettle: false,
    plan: null,
    hops: 1,
    reworks: 0,
    urged: 2,
    reply: null,
    mayAttach: true,
    visit: row.state === 'visit' ? visitOf(row) : null,
    mayCall: row.state === 'handling',
    moves:
      row.withdrawal === null
        ? ['reply', 'assign', 'extend', 'ask-return', 'contact', 'on-site']
        : ['withdraw', 'urge', 'supplement', 'refuse-withdrawal'],
    timeline: timelineOf(row),
  };
}

function clocksOf(row: OrderRowView): OrderView['clocks'] {
  const at = row.createdAt;
  return [
    {
      kind: 'sign',
      owner: 'u',
      ownerName: row.leadUnit ?? '热线',
      startedAt: at,
      dueAt: at + hour,
      stoppedAt: at + hour / 2,
      paused: null,
      warning: 'calm',
    },
    {
      kind: 'contact',
      owner: 'u',
      ownerName: row.leadUnit ?? '热线',
      startedAt: at,
      dueAt: at + 2 * hour,
      stoppedAt: at + hour,
      paused: null,
      warning: 'amber',
    },
    {
      kind: 'reply',
      owner: 'u',
      ownerName: row.leadUnit ?? '热线',
      startedAt: at,
      dueAt: row.dueAt ?? at + day,
      stoppedAt: null,
      paused: null,
      warning: row.warning ?? 'calm',
    },
  ];
}

function timelineOf({ createdAt: at, leadUnit }: OrderRowView): OrderView['timeline'] {
  const step = (after: number, move: string, actor: string, person: string, more: object = {}) => ({
    at: at + after,
    move,
    step: 'done',
    actor,
    person,
    unit: null,
    why: '',
    rule: null,
    publicReply: null,
    site: null,
    call: null,
    tried: null,
    ...more,
  });
  return [
    step(0, 'open', 'agent', '陈嘉怡'),
    step(95_000, 'submit', 'agent', '陈嘉怡'),
    step(96_000, 'dispatch-by-rule', 'system', '', {
      rule: { matter: '交通出行 / 信号灯故障', area: '天河区' },
    }),
    step(18 * 60_000, 'sign', 'unit-operator', '罗志强', { unit: leadUnit }),
    step(0.9 * hour, 'relay', 'unit-operator', '罗志强', {
      unit: leadUnit,
      call: { ending: 'out-no-answer', talkMs: null },
    }),
    step(hour, 'contact', 'unit-operator', '罗志强', {
      unit: leadUnit,
      why: '已电话联系，说明今日抢修',
      call: { ending: 'relayed', talkMs: 192_000 },
    }),
    step(1.4 * hour, 'urge', 'citizen', '', { why: '路口仍无人疏导' }),
    step(1.6 * hour, 'extend', 'unit-operator', '罗志强', {
      step: 'asked',
      unit: leadUnit,
      why: '信号机主板须从厂家调货',
    }),
  ];
}

/** Work orders of the demo city. */
export function orderRoutes(app: FastifyInstance): void {
  const one = (id: string) => whole(rows.find((row) => row.id === id) ?? refuse('not-found'));
  app.get<{ Querystring: Record<'state' | 'number' | 'view', string | undefined> }>(
    '/api/orders',
    ({ query }) => ({
      rows: rows
        .filter((row) => query.state === undefined || row.state === query.state)
        .filter((row) => query.view !== 'withdrawals' || row.withdrawal !== null)
        .filter((row) => query.number === undefined || row.number === query.number),
    }),
  );
  app.get('/api/orders/rules', () => ({
    states: orderStates,
    actors,
    moves: moveNames.map((name) => {
      const { zh, en }: Move = moves[name];
      return { name, zh, en };
    }),
    notes,
  }));
  app.post('/api/orders/similar', () => ({
    rows: rows.slice(0, 2).map((row, at) => ({
      ...row,
      why: at === 0 ? 'caller' : 'place',
      place: '天河区体育西路 101 号路口',
    })),
  }));
  orderRulesRoutes(app, whole);
  relayRoutes(app);
  app.get('/api/orders/:id', (request) => one((request.params as { id: string }).id));
  app.post('/api/orders/:id/moves', (request) => one((request.params as { id: string }).id));
  app.post('/api/orders', () => one('order-1'));
  app.get('/api/orders/:id/viewers', () => ({
    rows: [
      {
        at: demoNow() - hour / 6,
        person: '罗志强',
        unit: '市交通警察支队',
        ip: '10.20.3.14',
        act: 'view',
        why: '',
      },
      {
        at: demoNow() - hour / 3,
        person: '罗志强',
        unit: '市交通警察支队',
        ip: '10.20.3.14',
        act: 'reveal',
        why: '联系诉求人',
      },
      {
        at: demoNow() - hour,
        person: '陈嘉怡',
        unit: null,
        ip: '10.20.1.51',
        act: 'view',
        why: '',
      },
    ],
  }));
  const progress = (state: string, may: PublicOrder['may']) => ({
    number: rows[2]?.number ?? '',
    state,
    title: rows[2]?.title ?? '',
    createdAt: demoNow() - 3 * day,
    dueAt: demoNow() + 2 * day,
    timeline: [
      { at: demoNow() - 3 * day, what: '提交', text: '' },
      { at: demoNow() - 3 * day + 19_000, what: '自动派单', text: '' },
      { at: demoNow() - 3 * day + 2 * hour, what: '签收', text: '' },
      { at: demoNow() - 2 * day, what: '联系诉求人', text: '' },
    ],
    may,
  });
  app.post('/api/progress', (request) =>
    (request.body as { queryCode: string }).queryCode === '57629720'
      ? progress('办理中', ['supplement', 'urge', 'ask-withdrawal'])
      : progress('待回访', ['supplement', 'urge', 'rate', 'ask-withdrawal']),
  );
  app.post('/api/progress/acts', () =>
    progress('办理中', ['supplement', 'urge', 'ask-withdrawal']),
  );
}
