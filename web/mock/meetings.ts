import type { FastifyInstance } from 'fastify';
import type { HeldMeeting, MeetingRow, MeetingView, TaskView } from '../../src/orders/schema.ts';
import { demoNow } from './demo-clock.ts';
import { orderRows } from './order-rows.ts';
import { refuse } from './problem.ts';

const day = 86_400_000;

type Agenda = MeetingView['orders'];

function agenda(from: number, to: number): Agenda {
  return orderRows.slice(from, to).map(({ id, number, title, state, leadUnit }) => ({
    id,
    number,
    title,
    state,
    leadUnit,
    mayDecide: state !== 'closed',
    mayRule: state === 'dispute',
    decision: null,
    task: null,
  }));
}

const planned: MeetingView = {
  id: 'meeting-2',
  title: '沿街餐饮油烟权属协调会',
  at: demoNow() + day,
  place: '市政务服务中心三楼 302',
  attendees: '市生态环境局、市城市管理局、兴华街道办事处',
  minutes: null,
  heldAt: null,
  isCancelled: false,
  changes: [
    {
      kind: 'moved',
      at: demoNow() - day / 2,
      person: '韩卓',
      why: '生态环境局当天有督察任务，各单位商定顺延一天。',
      was: { at: demoNow() + day / 4, place: '兴华街道办事处二楼' },
    },
  ],
  createdBy: '韩卓',
  orders: agenda(0, orderRows.length)
    .filter(({ state }) => state === 'dispute' || state === 'return-requested')
    .concat(agenda(0, 1)),
};

const held: MeetingView = {
  id: 'meeting-1',
  title: '夜间施工噪声联席会',
  at: demoNow() - 6 * day,
  place: '市政务服务中心三楼 302',
  attendees: '市生态环境局、市城市管理局、市住房和城乡建设局、三个街道',
  minutes:
    '会议明确：夜间巡查由城管局牵头，生态环境局负责监测，住建局暂停违规工地夜间许可；各街道每晚巡查不少于两次，结果次日上午报热线。',
  heldAt: demoNow() - 5 * day,
  isCancelled: false,
  changes: [],
  createdBy: '韩卓',
  orders: agenda(0, 4).map((order, at) => decided(order, at)),
};

const cancelled: MeetingView = {
  id: 'meeting-3',
  title: '共享单车停放联席会',
  at: demoNow() + 3 * day,
  place: '市政务服务中心三楼 302',
  attendees: '市交通运输局、市城市管理局',
  minutes: null,
  heldAt: null,
  isCancelled: true,
  changes: [
    {
      kind: 'cancelled',
      at: demoNow() - day / 3,
      person: '韩卓',
      why: '两家已自行商定分工，不再开会。',
      was: { at: demoNow() + 3 * day, place: '市政务服务中心三楼 302' },
    },
  ],
  createdBy: '韩卓',
  orders: agenda(2, 4),
};

/** One decision of each standing: settled, answered, late; nothing decided on the last. */
function decided(order: Agenda[number], at: number): Agenda[number] {
  const texts = [
    '城管局牵头夜间巡查，十日内答复来电人。',
    '住建局暂停夜间许可，整改后恢复。',
    '生态环境局连续监测七日，公布结果。',
  ];
  const text = texts[at];
  if (text === undefined) return order;
  const feedback = { at: demoNow() - day, person: '罗志强', text: '已约谈施工方，夜间停工。' };
  const task: TaskView = {
    id: `decision-${at}`,
    orderId: order.id,
    number: order.number,
    title: order.title,
    kind: 'decision',
    text,
    givenBy: '韩卓',
    givenAt: demoNow() - 5 * day,
    unit: order.leadUnit,
    dueAt: demoNow() + (at === 2 ? -1 : 4) * day,
    meeting: { id: 'meeting-1', title: '夜间施工噪声联席会' },
    feedback: at < 2 ? feedback : null,
    closedAt: at === 0 ? demoNow() : null,
  };
  return { ...order, decision: text, task };
}

function rowOf({
  orders,
  minutes: _minutes,
  changes: _changes,
  ...facts
}: MeetingView): MeetingRow {
  const settled = orders.filter(({ task }) => task !== null && task.closedAt !== null);
  const count = orders.filter(({ decision }) => decision !== null).length;
  return { ...facts, orders: orders.length, decided: count, settled: settled.length };
}

/** Joint meetings of the demo city: one to come, one that was held, one that was cancelled. */
export function meetingRoutes(app: FastifyInstance): void {
  const path = '/api/supervision/meetings';
  const find = (id: string) => [planned, held, cancelled].find((each) => each.id === id);
  app.get(path, () => ({ rows: [planned, held, cancelled].map(rowOf) }));
  app.post(path, () => planned);
  app.get<{ Params: { id: string } }>(
    `${path}/:id`,
    ({ params }) => find(params.id) ?? refuse('not-found'),
  );
  app.post<{ Params: { id: string }; Body: HeldMeeting }>(
    `${path}/:id/minutes`,
    ({ params, body }) => ({
      ...(find(params.id) ?? refuse('not-found')),
      minutes: body.minutes,
      heldAt: demoNow(),
    }),
  );
  app.post<{ Params: { id: string } }>(
    `${path}/:id/:change`,
    ({ params }) => find(params.id) ?? refuse('not-found'),
  );
}
