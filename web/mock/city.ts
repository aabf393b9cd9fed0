import { type Choice, type Hotline, hotlineSchema } from '../../config/hotline.ts';

const queues: [
  string,
  string,
  string,
  string,
  Partial<Record<'priority' | 'serviceLevelMs', number>>?,
][] = [
  ['consumer', 'Q01', '消费维权', 'Consumer rights'],
  ['social', 'Q02', '社会保障', 'Social security'],
  ['health', 'Q03', '医保与卫生', 'Medical insurance & health'],
  ['housing-fund', 'Q04', '住房公积金', 'Housing fund'],
  ['city', 'Q05', '城市管理', 'City management'],
  ['police', 'Q06', '公安与户政', 'Police & household'],
  ['transport', 'Q07', '交通出行', 'Transport'],
  ['enterprise', 'Q08', '企业服务', 'Enterprise service', { priority: 2 }],
  ['utilities', 'Q09', '水电气热与应急', 'Utilities & urgent repair', { serviceLevelMs: 10_000 }],
  ['foreign', 'Q10', '外语与多语', 'Foreign languages', { serviceLevelMs: 30_000 }],
  ['elders', 'Q11', '长者与无障碍', 'Elders & accessibility', { priority: 1 }],
  ['general', 'Q12', '综合', 'General'],
];

const text = (zh: string, en: string) => ({ zh, en });
const toQueue = (queue: string, zh: string, en: string): Choice => ({ queue, label: text(zh, en) });

const menus = [
  {
    id: 'main',
    prompt: 'menu-main',
    queue: 'general',
    keys: {
      '1': { menu: 'consumer', label: text('消费维权', 'Consumer rights') },
      '2': toQueue('social', '社会保障与劳动', 'Social security and labour'),
      '3': toQueue('health', '医保与卫生', 'Medical insurance and health'),
      '4': { menu: 'home', label: text('公积金与城市管理', 'Housing fund and city') },
      '5': toQueue('enterprise', '企业服务', 'Enterprises'),
      '6': { menu: 'safety', label: text('户政与交通', 'Household and traffic') },
      '7': toQueue('utilities', '水电气热', 'Water, power, gas, heat'),
      '9': toQueue('elders', '长者服务', 'Elders'),
      '0': toQueue('general', '人工', 'A person'),
    },
  },
  {
    id: 'consumer',
    prompt: 'menu-consumer',
    queue: 'consumer',
    keys: {
      '1': toQueue('consumer', '商家退款', 'Shop refund'),
      '2': toQueue('consumer', '网络购物', 'Online purchase'),
      '3': toQueue('consumer', '预付卡', 'Prepaid card'),
    },
  },
  {
    id: 'home',
    prompt: 'menu-home',
    queue: 'general',
    keys: {
      '1': toQueue('housing-fund', '住房公积金', 'Housing fund'),
      '2': toQueue('city', '城市管理', 'City management'),
    },
  },
  {
    id: 'safety',
    prompt: 'menu-safety',
    queue: 'general',
    keys: {
      '1': toQueue('police', '公安与户政', 'Police and household'),
      '2': toQueue('transport', '交通出行', 'Transport'),
    },
  },
];

const line = (id: string, number: string, queue: string, zh: string, en: string) => ({
  id,
  name: text(zh, en),
  numbers: [number],
  greeting: ['greeting'],
  mode: 'direct' as const,
  queue,
});

/** The demo city's hotline: twelve queues, one menu entry, former lines straight to a person. */
export const city: Hotline = hotlineSchema.parse({
  name: text('示例市 12345 政务服务便民热线', 'Example City service line 12345'),
  queues: queues.map(([id, code, zh, en, more]) => ({
    id,
    code,
    name: text(zh, en),
    ...more,
    ...(id !== 'general' &&
      id !== 'elders' && {
        maxWaitMs: 180_000,
        onTooLong: { do: 'queue', queue: 'general' },
      }),
  })),
  entries: [
    {
      id: 'main-line',
      name: text('12345 主号', '12345 main line'),
      numbers: ['12345'],
      greeting: ['greeting'],
      mode: 'menu',
      menu: 'main',
      queue: 'general',
    },
    line('line-12315', '12315', 'consumer', '原 12315 消费热线', 'Former 12315 consumer line'),
    line('line-12333', '12333', 'social', '原 12333 人社热线', 'Former 12333 labour line'),
    line('line-12329', '12329', 'housing-fund', '原 12329 公积金热线', 'Former 12329 fund line'),
    line('line-12319', '12319', 'city', '原 12319 城管热线', 'Former 12319 city line'),
    line('line-12328', '12328', 'transport', '原 12328 交通热线', 'Former 12328 transport line'),
  ],
  menus,
  callers: {
    lastAgentWithinMs: 7_200_000,
    rules: [
      { id: 'enterprise', when: { fact: 'attribute', attribute: 'enterprise' }, steps: 2 },
      { id: 'elder', when: { fact: 'attribute', attribute: 'elder' }, queue: 'elders' },
      { id: 'again', when: { fact: 'repeat', withinMs: 86_400_000 }, steps: 1 },
    ],
  },
  holidays: [
    { name: text('国庆节', 'National Day'), from: '2026-10-01', to: '2026-10-07' },
    {
      name: text('国庆节调休', 'For National Day'),
      from: '2026-10-10',
      to: '2026-10-10',
      openAs: 1,
    },
  ],
  hours: [
    {
      id: 'office',
      name: text('工作日', 'Working days'),
      open: [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }],
    },
  ],
  notReadyReasons: [
    { code: 'rest', name: text('小休', 'Break') },
    { code: 'meal', name: text('用餐', 'Meal') },
    { code: 'training', name: text('培训', 'Training') },
    { code: 'paperwork', name: text('整理工单', 'Paperwork') },
  ],
  rest: { reasons: ['rest', 'meal'], quota: 6 },
  emergencyProfiles: [
    {
      id: 'typhoon',
      name: text('台风应急', 'Typhoon'),
      greeting: ['greeting'],
      notice: '台风红色预警：受灾、积水、停电优先受理，统一口径见知识库置顶。',
      queues: { city: { priority: 3, wrapUpMs: 10_000 }, utilities: { priority: 3, hours: null } },
    },
    {
      id: 'system-fault',
      name: text('系统故障', 'System fault'),
      notice: '工单系统故障：先记录要点，恢复后补录。',
      queues: { general: { wrapUpMs: 90_000 } },
    },
  ],
  resultCodes: [
    { code: 'answered', name: text('直接答复', 'Answered at once') },
    { code: 'forwarded', name: text('转办', 'Passed on') },
    { code: 'transferred', name: text('转专席', 'Sent to a specialist') },
    { code: 'progress', name: text('查询进度', 'Asked for progress') },
    { code: 'added', name: text('补充材料', 'Added facts') },
    { code: 'comforted', name: text('情绪安抚', 'Calmed') },
    { code: 'silent', name: text('无声 / 误拨', 'Silent or misdialled') },
    { code: 'other', name: text('其他', 'Other') },
  ],
  emergency: [
    { code: 'police', number: '110', name: text('公安', 'Police') },
    { code: 'fire', number: '119', name: text('消防', 'Fire') },
    { code: 'ambulance', number: '120', name: text('急救', 'Ambulance') },
  ],
  tags: [
    { code: 'prepaid', name: text('预付卡', 'Prepaid card'), queues: ['consumer'] },
    { code: 'refund', name: text('退费纠纷', 'Refund'), queues: ['consumer'] },
    { code: 'group', name: text('群体诉求', 'Many people') },
    { code: 'repeat', name: text('重复来电', 'Called again') },
    { code: 'urgent', name: text('紧急', 'Urgent') },
  ],
  selfServices: [
    {
      id: 'progress',
      name: text('按编号查询进度', 'Progress by number'),
      prompts: ['menu-main'],
      digits: 12,
    },
    { id: 'fund', name: text('公积金余额', 'Housing fund'), prompts: ['menu-main'], digits: 6 },
  ],
  rating: {},
  wrapUp: {},
});
