import type { Shot } from './pages.ts';

const both = ['zh', 'en'] as const;
const narrow: [number, number][] = [
  [1440, 900],
  [360, 780],
];

/** Work orders: the list, one order, a reply on a telephone, the form, the citizen's page. */
export const orderShots: readonly Shot[] = [
  { name: 'orders', path: '/orders', login: 'leader', languages: both },
  {
    name: 'orders-withdrawals',
    path: '/orders',
    login: 'leader',
    languages: both,
    then: [{ click: '.page-head .ant-segmented-item >> nth=2' }],
  },
  {
    name: 'order-withdrawal',
    path: '/orders/order-3',
    login: 'all',
    then: [{ click: 'text=不予撤回' }],
  },
  { name: 'messages', path: '/messages', login: 'leader', languages: both },
  {
    name: 'messages-waiting',
    path: '/messages',
    login: 'leader',
    then: [{ click: '.page-head .ant-segmented-item >> nth=1' }],
  },
  {
    name: 'order-rates',
    path: '/order-rates?by=unit&rate=on-time-close',
    login: 'leader',
    languages: both,
  },
  {
    name: 'dispatch-rules',
    path: '/dispatch-rules',
    login: 'admin',
    languages: both,
    then: [
      { fill: '.rules-try input >> nth=0', text: 'M704' },
      { fill: '.rules-try input >> nth=1', text: '440105' },
      { press: 'Enter' },
    ],
  },
  { name: 'order', path: '/orders/order-1', login: 'leader', languages: both },
  {
    name: 'order-reply',
    path: '/orders/order-1',
    login: 'leader',
    sizes: [
      [1440, 900],
      [360, 780],
    ],
    then: [{ click: '.order-moves button:first-child' }],
  },
  {
    name: 'order-new',
    path: '/orders/new?call=01JD001150K8ZQW4T2VX7MP9',
    login: 'all',
    languages: both,
    desk: { state: 'talking', agoMs: 90_000 },
    then: [
      { fill: '.order-new-form input >> nth=0', text: '体育西路路口信号灯全灭' },
      { fill: 'textarea >> nth=0', text: '南北向信号灯自昨晚起不亮，早高峰车辆抢行。' },
      { fill: '.order-form-pair input >> nth=0', text: 'M704' },
      { press: 'Enter' },
      { fill: '.order-form-pair input >> nth=1', text: '体育西' },
      { press: 'Enter' },
    ],
  },
  {
    name: 'order-approvals',
    path: '/orders/approvals',
    login: 'unit',
    languages: both,
    sizes: [
      [1440, 900],
      [360, 780],
    ],
  },
  { name: 'order-settings-units', path: '/order-settings', login: 'all', languages: both },
  ...(['areas', 'matters', 'packs'] as const).map((part) => ({
    name: `order-settings-${part}`,
    path: `/order-settings?part=${part}`,
    login: 'all',
    languages: both,
  })),
  {
    name: 'order-settings-unit',
    path: '/order-settings',
    login: 'all',
    then: [{ click: '.order-settings [role=row] >> nth=1' }],
  },
  {
    name: 'order-settings-area',
    path: '/order-settings?part=areas',
    login: 'all',
    languages: both,
    then: [
      { fill: '.settings-find input', text: '兴华' },
      { click: '.order-settings [role=row] >> nth=3' },
      { fill: '.ant-drawer input >> nth=0', text: '兴华新街道' },
    ],
  },
  {
    name: 'order-settings-choose',
    path: '/order-settings?part=packs',
    login: 'all',
    languages: both,
    then: [
      { click: '.settings-choose button >> nth=0' },
      { click: '.ant-drawer .settings-bar button' },
    ],
  },
  {
    name: 'order-settings-versions',
    path: '/order-settings?part=areas',
    login: 'all',
    then: [{ click: '.order-settings .settings-bar > button >> nth=0' }],
  },
  {
    name: 'order-settings-calendars',
    path: '/order-settings?part=calendars',
    login: 'admin',
    languages: both,
  },
  {
    name: 'order-settings-calendar-day',
    path: '/order-settings?part=calendars',
    login: 'admin',
    then: [
      { click: '.settings-packs button >> nth=0' },
      { fill: '.ant-drawer input[type=date]', text: '2026-12-31' },
      { fill: '.ant-drawer input >> nth=1', text: '台风停工' },
    ],
  },
  {
    name: 'order-settings-matter',
    path: '/order-settings?part=matters',
    login: 'all',
    then: [
      { fill: '.settings-find input', text: 'M504' },
      { click: '.order-settings [role=row] >> nth=1' },
    ],
  },
  {
    name: 'order-settings-pack',
    path: '/order-settings?part=packs',
    login: 'all',
    then: [{ click: '.settings-packs button >> nth=0' }],
  },
  {
    name: 'supervision',
    path: '/supervision',
    login: 'supervisor',
    languages: both,
    sizes: narrow,
  },
  ...(['tasks', 'meetings', 'league'] as const).map((part) => ({
    name: `supervision-${part}`,
    path: `/supervision?part=${part}`,
    login: 'supervisor',
    sizes: narrow,
  })),
  {
    name: 'meeting-new',
    path: '/supervision/meetings/new',
    login: 'supervisor',
    languages: both,
    then: [
      { fill: '.meeting-form input >> nth=0', text: '沿街餐饮油烟权属协调会' },
      { fill: '.meeting-find input', text: '油烟' },
      { press: 'Enter' },
      { fill: '.meeting-find input', text: '999999' },
      { press: 'Enter' },
    ],
  },
  {
    name: 'meeting-minutes',
    path: '/supervision/meetings/meeting-2',
    login: 'supervisor',
    languages: both,
    then: [
      { fill: '.meeting-form textarea >> nth=0', text: '油烟直排由城管局牵头，一周内复查。' },
      { fill: '.meeting-form textarea >> nth=2', text: '由城管局牵头查处，生态环境局协办。' },
    ],
  },
  {
    name: 'meeting-held',
    path: '/supervision/meetings/meeting-1',
    login: 'supervisor',
    languages: both,
  },
  {
    name: 'order-on-site',
    path: '/orders/order-1',
    login: 'leader',
    sizes: narrow,
    then: [{ click: 'text=现场记录' }],
  },
  {
    name: 'order-call',
    path: '/orders/order-1',
    login: 'unit',
    languages: both,
    sizes: narrow,
    part: '.order-call-citizen',
  },
  {
    name: 'order-call-first',
    path: '/orders/order-3',
    login: 'unit',
    sizes: narrow,
    part: '.order-call-citizen',
  },
  {
    name: 'order-visit',
    path: '/orders/order-10',
    login: 'all',
    languages: both,
    sizes: narrow,
    part: '.order-visits',
  },
  {
    name: 'order-calling',
    path: '/orders/order-6',
    login: 'unit',
    sizes: narrow,
    part: '.order-call-citizen',
  },
  {
    name: 'progress-rate',
    path: '/progress',
    login: null,
    sizes: [
      [1440, 900],
      [360, 780],
    ],
    then: [
      { fill: 'input >> nth=0', text: '202611181433110412' },
      { fill: 'input >> nth=1', text: '10020030' },
      { press: 'Enter' },
    ],
  },
  {
    name: 'progress',
    path: '/progress',
    login: null,
    then: [
      { fill: 'input >> nth=0', text: '202611181433110412' },
      { fill: 'input >> nth=1', text: '57629720' },
      { press: 'Enter' },
    ],
  },
];
