import type { FastifyInstance } from 'fastify';
import { type Move, moveNames, moves } from '../../src/order-rules/moves.ts';
import { actors, type OrderState, orderStates } from '../../src/order-rules/words.ts';
import type { OrderRowView, OrderView } from '../../src/orders/schema.ts';
import { demoNow } from './demo-clock.ts';
import { refuse } from './problem.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Told = [
  title: string,
  state: OrderState,
  type: OrderRowView['type'],
  unit: string | null,
  person: string,
  dueInHours: number | null,
  extra?: Partial<OrderRowView>,
];

const told: Told[] = [
  [
    '体育西路与天河路口信号灯不亮',
    'handling',
    'help',
    '市交通警察支队',
    '罗志强',
    -3,
    { urgency: 'urgent', matter: 'M704', supervision: 1 },
  ],
  [
    '花园小区门口井盖缺失，老人险些摔倒',
    'dispatched',
    'help',
    '兴华街道办事处',
    '何敏',
    0.3,
    { urgency: 'emergency', matter: 'M504' },
  ],
  [
    '健身房停业，预付卡余额 860 元未退',
    'handling',
    'complaint',
    '市市场监督管理局',
    '苏倩',
    9,
    { matter: 'M101' },
  ],
  [
    '工地夜间施工噪声扰民',
    'return-requested',
    'complaint',
    '市生态环境局',
    '江海',
    4,
    { urgency: 'urgent', matter: 'M501' },
  ],
  ['反映楼顶违建', 'review', 'report', null, '梁静', 0.8, { sealed: true, matter: 'M503' }],
  [
    '单位拖欠三个月工资，涉及 14 人',
    'handling',
    'complaint',
    '市人力资源和社会保障局',
    '温志远',
    31,
    { urgency: 'urgent', matter: 'M201' },
  ],
  [
    '公积金贷款进度三周未更新',
    'unit-approval',
    'help',
    '市住房公积金管理中心',
    '贺玲',
    20,
    { matter: 'M403' },
  ],
  [
    '建议 B12 路公交延长至科技园东站',
    'reply-check',
    'suggestion',
    '市交通运输局',
    '区文杰',
    15,
    { matter: 'M702' },
  ],
  [
    '惠企补贴申报系统无法上传附件',
    'handling',
    'help',
    '市工业和信息化局',
    '程伟',
    1.2,
    { matter: 'M801' },
  ],
  ['独居老人希望社区上门看望', 'visit', 'help', '沙河街道办事处', '梁静', 44, { matter: 'M004' }],
  [
    '小区物业收费标准未公示',
    'long-term',
    'complaint',
    '市住房和城乡建设局',
    '钟毅',
    210,
    { matter: 'M011' },
  ],
  ['共享单车占用盲道', 'accepted', 'complaint', null, '梁静', 0.6, { matter: 'M005' }],
];

const rows: OrderRowView[] = told
  .map(([title, state, type, leadUnit, responsible, dueInHours, extra], at): OrderRowView => {
    const createdAt = demoNow() - (at * 7 + 2) * hour;
    return {
      id: `order-${at + 1}`,
      number: `202611${String(20 - (at % 6)).padStart(2, '0')}0${at % 10}${30 + at}110${String(412 + at).padStart(4, '0')}`,
      state,
      type,
      urgency: 'normal',
      matter: 'M000',
      area: '440105',
      title,
      sealed: false,
      createdAt,
      endedAt: null,
      dueAt: dueInHours === null ? null : demoNow() + dueInHours * hour,
      warning: warningOf(dueInHours),
      leadUnit,
      responsible,
      supervision: 0,
      ...extra,
    };
  })
  .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));

function warningOf(hours: number | null): OrderRowView['warning'] {
  if (hours === null) return null;
  if (hours < 0) return 'overdue';
  if (hours < 2) return 'red';
  return hours < 12 ? 'amber' : 'calm';
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
    queryCode: row.sealed ? null : 'K7M2XR9A',
    pack: 'general-1515@1',
    coUnits: ['天河区城市管理局'],
    clocks: [
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
    ],
    pending: { move: 'extend', askedBy: '罗志强', askedAt: at + hour, agreed: 0 },
    hops: 1,
    reworks: 0,
    urged: 2,
    moves: ['reply', 'assign', 'extend', 'ask-return', 'contact'],
    timeline: timelineOf(row),
  };
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
    publicReply: null,
    ...more,
  });
  return [
    step(0, 'open', 'agent', '陈嘉怡'),
    step(95_000, 'submit', 'agent', '陈嘉怡'),
    step(96_000, 'dispatch-by-rule', 'system', '', { why: 'M704 × 440105' }),
    step(18 * 60_000, 'sign', 'unit-operator', '罗志强', { unit: leadUnit }),
    step(hour, 'contact', 'unit-operator', '罗志强', {
      unit: leadUnit,
      why: '已电话联系，说明今日抢修',
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
  app.get('/api/orders', () => ({ rows }));
  app.get('/api/orders/rules', () => ({
    states: orderStates,
    actors,
    moves: moveNames.map((name) => {
      const { zh, en }: Move = moves[name];
      return { name, zh, en };
    }),
  }));
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
  app.get('/api/units', () => ({
    rows: [...new Set(rows.flatMap(({ leadUnit }) => leadUnit ?? []))].map((name, at) => ({
      id: `unit-${at}`,
      parentId: null,
      name,
      dutyPersonId: null,
      enabled: true,
    })),
  }));
  app.post('/api/progress', () => ({
    number: rows[2]?.number ?? '',
    state: '办理中',
    title: rows[2]?.title ?? '',
    createdAt: demoNow() - 3 * day,
    dueAt: demoNow() + 2 * day,
    timeline: [
      { at: demoNow() - 3 * day, what: '提交', text: '' },
      { at: demoNow() - 3 * day + 19_000, what: '自动派单', text: '' },
      { at: demoNow() - 3 * day + 2 * hour, what: '签收', text: '' },
      { at: demoNow() - 2 * day, what: '联系诉求人', text: '' },
    ],
  }));
}
