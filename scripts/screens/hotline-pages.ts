import type { Shot } from './pages.ts';

/** The hotline's document: its lists, its versions, what saving would change. */
export const hotlineShots: readonly Shot[] = [
  { name: 'hotline', path: '/hotline', login: 'admin' },
  { name: 'hotline-entries', path: '/hotline?part=entries', login: 'admin' },
  { name: 'hotline-menus', path: '/hotline?part=menus', login: 'admin' },
  {
    name: 'hotline-emergency',
    path: '/hotline?part=emergencyProfiles',
    login: 'admin',
    languages: ['zh', 'en'],
  },
  { name: 'hotline-other', path: '/hotline?part=other', login: 'admin' },
  { name: 'versions', path: '/hotline/versions', login: 'admin' },
  {
    name: 'hotline-preview',
    path: '/hotline?part=queues',
    login: 'admin',
    then: [
      { fill: '.editor-form .field input >> nth=2', text: '消费维权与价格' },
      { click: '.save-line button >> nth=0' },
    ],
  },
];
