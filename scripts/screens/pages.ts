import type { DeskPose } from '../../web/mock/routes-desk.ts';
import { callBackShots } from './call-back-pages.ts';
import { hotlineShots } from './hotline-pages.ts';
import { orderShots } from './order-pages.ts';

/** One picture: where, who looks, in what sizes and languages. */
export interface Shot {
  name: string;
  path: string;
  /** Account of the demo city; null = nobody signed in. */
  login: string | null;
  desk?: DeskPose;
  /** What is going on between leaders and desks: an emergency, a rest asked for, urgent news unread. */
  leading?: { emergency?: boolean; rest?: boolean; read?: boolean };
  /** How many seats the demo city has; 60 when not said. */
  seats?: number;
  /** How the disk of the server is. */
  storage?: 'low' | 'full';
  languages?: readonly ('zh' | 'en')[];
  sizes?: readonly [number, number][];
  /** Only the first element like this; the whole page when not said. */
  part?: string;
  /** What to do before the picture, as selectors to click or keys to press. */
  then?: readonly (
    | { click: string }
    | { focus: string }
    | { press: string }
    | { fill: string; text: string }
  )[];
}

const wallSizes: [number, number][] = [
  [1440, 900],
  [390, 844],
  [1920, 1080],
  [3840, 2160],
];
const both = ['zh', 'en'] as const;
export const someCall = '/calls/01JD001150K8ZQW4T2VX7MP9';

export const standardSizes: [number, number][] = [
  [1440, 900],
  [390, 844],
];

export const shots: readonly Shot[] = [
  { name: 'sign-in', path: '/', login: null, languages: both },
  {
    name: 'sign-in-locked',
    path: '/',
    login: null,
    then: [
      { fill: '#login', text: 'locked' },
      { fill: '#password', text: 'whatever' },
      { press: 'Enter' },
    ],
  },
  { name: 'new-password', path: '/', login: 'new' },
  { name: 'desk-seats', path: '/desk', login: 'all', desk: { state: 'absent' }, languages: both },
  { name: 'desk-ready', path: '/desk', login: 'all', desk: { state: 'ready', agoMs: 74_000 } },
  { name: 'desk-ringing', path: '/desk', login: 'all', desk: { state: 'ringing', agoMs: 3_000 } },
  {
    name: 'desk-talking',
    path: '/desk',
    login: 'all',
    desk: { state: 'talking', agoMs: 132_000 },
    languages: both,
    then: [
      {
        fill: '#desk-note',
        text: '来电人反映健身房停业，预付卡余额 860 元未退，已多次联系商家无果。',
      },
    ],
  },
  {
    name: 'desk-transfer',
    path: '/desk',
    login: 'all',
    desk: { state: 'talking', agoMs: 132_000 },
    languages: both,
    then: [{ focus: '#desk-note' }, { press: 'F7' }],
  },
  {
    name: 'desk-find',
    path: '/desk',
    login: 'all',
    desk: { state: 'talking', agoMs: 132_000 },
    sizes: [[1440, 900]],
    then: [
      { focus: '#desk-note' },
      { press: 'F6' },
      { fill: '.jump-field', text: 'chen' },
      { press: 'ArrowDown' },
    ],
  },
  {
    name: 'desk-dial',
    path: '/desk',
    login: 'all',
    desk: { state: 'ready', agoMs: 74_000 },
    then: [{ press: 'F10' }, { fill: '.jump-field', text: '0592-555 0101' }],
  },
  {
    name: 'desk-keypad',
    path: '/desk',
    login: 'all',
    desk: {
      state: 'talking',
      agoMs: 195_000,
      party: { number: '059255501010', seatId: null, isIn: true },
    },
    then: [
      { focus: '#desk-note' },
      { press: 'Shift+F7' },
      { press: '2' },
      { press: '1' },
      { press: '#' },
    ],
  },
  {
    name: 'desk-calling',
    path: '/desk',
    login: 'all',
    desk: {
      state: 'hold',
      agoMs: 9_000,
      party: { number: null, seatId: '8012', isIn: false },
    },
  },
  {
    name: 'desk-consult',
    path: '/desk',
    login: 'all',
    desk: {
      state: 'hold',
      agoMs: 41_000,
      party: { number: null, seatId: '8012', isIn: true },
      monitored: 'listen',
    },
    sizes: [
      [1440, 900],
      [1280, 720],
      [390, 844],
    ],
  },
  {
    name: 'desk-conference',
    path: '/desk',
    login: 'all',
    desk: {
      state: 'talking',
      agoMs: 195_000,
      party: { number: '120', seatId: null, isIn: true },
    },
    languages: both,
  },
  { name: 'desk-wrap-up', path: '/desk', login: 'all', desk: { state: 'wrap-up', agoMs: 12_000 } },
  { name: 'wall', path: '/wall', login: 'leader', sizes: wallSizes },
  { name: 'queues', path: '/queues', login: 'leader', desk: { state: 'absent' } },
  { name: 'floor', path: '/floor', login: 'leader', languages: both },
  { name: 'floor-small', path: '/floor', login: 'leader', seats: 20 },
  { name: 'floor-large', path: '/floor', login: 'leader', seats: 661 },
  {
    name: 'floor-seat',
    path: '/floor',
    login: 'leader',
    then: [{ click: '[data-seat="8012"], .floor-list section:first-child li:first-child button' }],
  },
  {
    name: 'floor-listening',
    path: '/floor',
    login: 'all',
    desk: {
      state: 'not-ready',
      agoMs: 64_000,
      reason: 'monitoring',
      monitoring: { seatId: '8012', mode: 'listen' },
    },
    languages: both,
    then: [{ click: '[data-seat="8012"], .floor-list section:first-child li:first-child button' }],
  },
  {
    name: 'floor-move',
    path: '/floor',
    login: 'leader',
    sizes: [[1440, 900]],
    then: [
      { press: 'Tab' },
      { focus: '[data-seat="8001"]' },
      { press: ' ' },
      { press: 'Shift+ArrowRight' },
      { press: 'm' },
    ],
  },
  {
    name: 'floor-moved',
    path: '/floor',
    login: 'leader',
    sizes: [[1440, 900]],
    then: [
      { focus: '[data-seat="8009"]' },
      { press: 'm' },
      { press: 'ArrowDown' },
      { press: 'Enter' },
    ],
  },
  {
    name: 'desk-news',
    path: '/desk',
    login: 'all',
    desk: { state: 'ready', agoMs: 74_000 },
    leading: { rest: true, read: false, emergency: true },
    languages: both,
  },
  {
    name: 'wall-emergency',
    path: '/wall',
    login: 'leader',
    sizes: wallSizes,
    leading: { emergency: true },
  },
  { name: 'queues-waiting', path: '/queues?waiting=city', login: 'leader', languages: both },
  { name: 'shift-rests', path: '/shift?part=rests', login: 'leader', languages: both },
  { name: 'shift-notices', path: '/shift?part=notices', login: 'leader' },
  {
    name: 'shift-receipts',
    path: '/shift?part=notices',
    login: 'leader',
    then: [{ click: '[aria-expanded="false"] >> nth=0' }],
  },
  { name: 'shift-alerts', path: '/shift?part=alerts', login: 'leader' },
  {
    name: 'shift-plans',
    path: '/shift?part=plans',
    login: 'leader',
    then: [{ click: '[aria-expanded="false"] >> nth=1' }],
  },
  {
    name: 'shift-emergency',
    path: '/shift?part=emergency',
    login: 'leader',
    leading: { emergency: true },
  },
  {
    name: 'floor-rest',
    path: '/floor?seat=8004',
    login: 'leader',
    sizes: [
      [1440, 900],
      [360, 780],
    ],
  },
  { name: 'calls', path: '/calls', login: 'leader' },
  { name: 'calls-filtered', path: '/calls?queue=city&class=abandoned', login: 'leader' },
  { name: 'calls-empty', path: '/calls?caller=0000', login: 'leader' },
  { name: 'call', path: someCall, login: 'leader' },
  { name: 'disk-full', path: '/calls', login: 'leader', storage: 'full', languages: both },
  { name: 'disk-low', path: '/desk', login: 'all', desk: { state: 'ready' }, storage: 'low' },
  ...callBackShots,
  ...orderShots,
  { name: 'figures', path: '/figures', login: 'leader', languages: both },
  {
    name: 'staffing',
    path: '/staffing?callsPerHour=1100&handlingSeconds=240&percent=95&limitSeconds=15&patienceSeconds=90',
    login: 'leader',
    languages: both,
  },
  { name: 'figures-agents', path: '/figures?by=agent', login: 'leader' },
  {
    name: 'figures-definition',
    path: '/figures?view=exact',
    login: 'leader',
    then: [{ click: '.metric-head >> nth=3' }],
  },
  { name: 'people', path: '/people', login: 'security' },
  { name: 'people-edit', path: '/people?open=p-1000', login: 'security' },
  { name: 'seats', path: '/seats', login: 'admin' },
  { name: 'seats-edit', path: '/seats?open=8012', login: 'admin' },
  ...hotlineShots,
  { name: 'bulletins', path: '/bulletins', login: 'leader', languages: both },
  {
    name: 'bulletins-aim',
    path: '/bulletins',
    login: 'leader',
    then: [{ click: '.bulletin [aria-expanded] >> nth=0' }],
  },
  { name: 'callers', path: '/callers', login: 'leader', languages: both },
  {
    name: 'caller',
    path: '/callers',
    login: 'leader',
    then: [{ click: 'text=陈伯' }],
  },
  { name: 'prompts', path: '/prompts', login: 'admin' },
  { name: 'audit', path: '/audit', login: 'auditor' },
  { name: 'no-permission', path: '/audit', login: 'leader' },
  { name: 'jump', path: '/calls', login: 'leader', then: [{ press: 'Control+k' }] },
  { name: 'keys', path: '/calls', login: 'leader', then: [{ press: '?' }] },
];
