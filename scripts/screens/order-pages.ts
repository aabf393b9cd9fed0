import type { Shot } from './pages.ts';

const both = ['zh', 'en'] as const;

/** Work orders: the list, one order, a reply on a telephone, the form, the citizen's page. */
export const orderShots: readonly Shot[] = [
  { name: 'orders', path: '/orders', login: 'leader', languages: both },
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
    path: '/orders/new',
    login: 'all',
    desk: { state: 'talking', agoMs: 90_000 },
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
