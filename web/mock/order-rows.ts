import { areaPath, matterPath } from '../../src/order-rules/catalogue-names.ts';
import type { OrderState } from '../../src/order-rules/words.ts';
import type { OrderRowView } from '../../src/orders/schema.ts';
import { demoNow } from './demo-clock.ts';
import { city } from './order-city.ts';

const hour = 3_600_000;

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
    {
      matter: 'M101',
      withdrawal: { at: demoNow() - 0.7 * hour, why: '商家今天已经把余额退给我了' },
    },
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
  [
    '沿街餐饮油烟直排，城管与生态环境均称不归其管',
    'dispute',
    'complaint',
    null,
    '韩卓',
    26,
    { matter: 'M501' },
  ],
];

/** Work orders of the demo city, what burns first at the top. */
export const orderRows: OrderRowView[] = told
  .map(([title, state, type, leadUnit, responsible, dueInHours, extra], at): OrderRowView => {
    const createdAt = demoNow() - (at * 7 + 2) * hour;
    const matter = extra?.matter ?? 'M000';
    return {
      id: `order-${at + 1}`,
      number: `202611${String(20 - (at % 6)).padStart(2, '0')}0${at % 10}${30 + at}110${String(412 + at).padStart(4, '0')}`,
      state,
      type,
      urgency: 'normal',
      matter,
      area: '440105001',
      matterPath: matterPath(city, matter),
      areaPath: areaPath(city, '440105001'),
      title,
      sealed: false,
      createdAt,
      endedAt: null,
      dueAt: dueInHours === null ? null : demoNow() + dueInHours * hour,
      warning: warningOf(dueInHours),
      leadUnit,
      responsible,
      supervision: 0,
      withdrawal: null,
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
