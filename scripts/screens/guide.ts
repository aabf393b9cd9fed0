import { type Shot, someCall } from './pages.ts';

const size: readonly [number, number][] = [[1180, 720]];
const agent = { path: '/desk', login: 'agent', sizes: size } as const;
const leader = { login: 'leader', sizes: size, desk: { state: 'absent' } } as const;
const phone: [number, number][] = [[360, 700]];
const unit = { login: 'unit', sizes: phone } as const;
const atRest = { state: 'not-ready', agoMs: 64_000, reason: 'monitoring' } as const;
const talking = { state: 'talking', agoMs: 132_000 } as const;
const colleague = { number: null, seatId: '8012', isIn: true };

/** Pictures of the guides for agents, shift leaders and units, `docs/pictures/`. */
export const guideShots: readonly Shot[] = [
  { ...agent, name: 'agent-seats', desk: { state: 'absent' }, sizes: [[1180, 420]] },
  { ...agent, name: 'agent-ringing', desk: { state: 'ringing', agoMs: 3_000 } },
  {
    ...agent,
    name: 'agent-call-back',
    desk: {
      state: 'ringing',
      agoMs: 3_000,
      reason: 'call-back-dialling',
      callBack: { isMissed: false, attempts: 1, agoMs: 762_000 },
    },
  },
  {
    ...agent,
    name: 'agent-talking',
    desk: talking,
    then: [
      { fill: '#desk-note', text: '健身房停业，预付卡余额 860 元未退，已多次联系商家无果。' },
      { focus: '#desk-note' },
    ],
  },
  {
    ...agent,
    name: 'agent-chooser',
    desk: talking,
    part: '.overlay',
    then: [{ focus: '#desk-note' }, { press: 'F6' }],
  },
  {
    ...agent,
    name: 'agent-consult',
    desk: { state: 'hold', agoMs: 41_000, party: colleague },
    sizes: [[1180, 96]],
  },
  {
    ...agent,
    name: 'agent-conference',
    desk: { ...talking, party: { number: '120', seatId: null, isIn: true } },
    sizes: [[1180, 96]],
  },
  {
    ...agent,
    name: 'agent-emergency',
    desk: { state: 'ready', agoMs: 74_000 },
    leading: { emergency: true, read: false },
    sizes: [[1180, 420]],
  },
  { ...agent, name: 'agent-wrap-up', desk: { state: 'wrap-up', agoMs: 12_000 } },
  {
    ...agent,
    name: 'agent-keys',
    desk: { state: 'ready' },
    part: '.overlay',
    then: [{ press: '?' }],
  },
  { ...leader, name: 'leader-floor', path: '/floor' },
  {
    ...leader,
    name: 'leader-seat',
    path: '/floor',
    part: '.seat-card',
    desk: { ...atRest, monitoring: { seatId: '8012', mode: 'listen' } },
    then: [{ click: '[data-seat="8012"]' }],
  },
  {
    ...leader,
    name: 'leader-listening',
    path: '/floor',
    desk: { ...atRest, monitoring: { seatId: '8012', mode: 'listen' } },
    sizes: [[1180, 96]],
  },
  { ...leader, name: 'leader-alerts', path: '/shift?part=alerts' },
  { ...leader, name: 'leader-call-backs', path: '/call-backs' },
  {
    name: 'leader-emergency-form',
    path: '/hotline?part=emergencyProfiles',
    login: 'admin',
    sizes: size,
  },
  { ...leader, name: 'leader-rests', path: '/shift?part=rests' },
  { ...leader, name: 'leader-notices', path: '/shift?part=notices' },
  {
    ...leader,
    name: 'leader-plans',
    path: '/shift?part=plans',
    then: [{ click: '[aria-expanded="false"] >> nth=1' }],
  },
  {
    ...leader,
    name: 'leader-emergency',
    path: '/shift?part=emergency',
    sizes: [[1180, 400]],
    leading: { emergency: true },
  },
  { ...leader, name: 'leader-bulletins', path: '/bulletins' },
  { ...leader, name: 'leader-waiting', path: '/queues?waiting=city' },
  { ...leader, name: 'leader-call', path: someCall },
  { ...leader, name: 'leader-wall', path: '/wall', sizes: [[1280, 720]] },
  { ...unit, name: 'unit-list', path: '/orders' },
  { ...unit, name: 'unit-order', path: '/orders/order-1' },
  { ...unit, name: 'unit-call', path: '/orders/order-1', part: '.order-call-citizen' },
  {
    ...unit,
    name: 'unit-reply',
    path: '/orders/order-1',
    part: '.order-moves + form',
    then: [
      { click: '.order-moves button:first-child' },
      { fill: '.order-form textarea >> nth=0', text: '已派人更换主板，保证今后不再出现故障。' },
    ],
  },
  { ...unit, name: 'unit-approvals', path: '/orders/approvals' },
];
