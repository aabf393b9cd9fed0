import type { Shot } from './pages.ts';

const both = ['zh', 'en'] as const;

/** Call-backs: the list, a call that was made, those that are settled, the card at the desk. */
export const callBackShots: readonly Shot[] = [
  {
    name: 'desk-call-back',
    path: '/desk',
    login: 'all',
    desk: {
      state: 'ringing',
      agoMs: 3_000,
      reason: 'call-back-dialling',
      callBack: { isMissed: false, attempts: 1, agoMs: 762_000 },
    },
    languages: both,
  },
  { name: 'call-backs', path: '/call-backs', login: 'leader', languages: both },
  {
    name: 'call-back-made',
    path: '/calls/01JD001140K8ZQW4T2VX7MP9',
    login: 'leader',
    languages: both,
  },
  {
    name: 'call-backs-settled',
    path: '/call-backs',
    login: 'leader',
    then: [{ click: '.page-head .ant-switch' }],
  },
];
