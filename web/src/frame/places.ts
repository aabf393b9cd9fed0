import type { Permission } from '../../../src/people/schema.ts';
import type { IconName } from '../parts/icon-paths.ts';
import { words } from '../text/words.ts';

/** A place of the console: where it is and who may go there. */
export interface Place {
  key: PlaceKey;
  path: string;
  icon: IconName;
  /** Any one of these opens it. */
  needs: readonly Permission[];
}
export type PlaceKey =
  | 'desk'
  | 'queues'
  | 'floor'
  | 'shift'
  | 'calls'
  | 'call-backs'
  | 'bulletins'
  | 'callers'
  | 'figures'
  | 'staffing'
  | 'orders'
  | 'order-settings'
  | 'supervision'
  | 'wall'
  | 'people'
  | 'seats'
  | 'hotline'
  | 'dispatch-rules'
  | 'prompts'
  | 'audit';

export const places: readonly Place[] = [
  { key: 'desk', path: '/desk', icon: 'desk', needs: ['desk.use'] },
  { key: 'queues', path: '/queues', icon: 'queues', needs: ['floor.watch'] },
  { key: 'floor', path: '/floor', icon: 'floor', needs: ['floor.lead'] },
  { key: 'shift', path: '/shift', icon: 'shift', needs: ['floor.lead'] },
  { key: 'calls', path: '/calls', icon: 'calls', needs: ['calls.read-all', 'calls.read-own'] },
  { key: 'call-backs', path: '/call-backs', icon: 'call-backs', needs: ['calls.read-all'] },
  { key: 'bulletins', path: '/bulletins', icon: 'bulletins', needs: ['floor.lead'] },
  { key: 'callers', path: '/callers', icon: 'callers', needs: ['callers.read'] },
  { key: 'figures', path: '/figures', icon: 'figures', needs: ['floor.watch', 'desk.use'] },
  { key: 'staffing', path: '/staffing', icon: 'staffing', needs: ['floor.watch'] },
  { key: 'orders', path: '/orders', icon: 'orders', needs: ['orders.use'] },
  { key: 'supervision', path: '/supervision', icon: 'supervision', needs: ['orders.supervise'] },
  { key: 'wall', path: '/wall', icon: 'wall', needs: ['floor.watch'] },
  { key: 'seats', path: '/seats', icon: 'seats', needs: ['seats.read'] },
  {
    key: 'order-settings',
    path: '/order-settings',
    icon: 'order-settings',
    needs: ['orders.change-rules'],
  },
  { key: 'hotline', path: '/hotline', icon: 'hotline', needs: ['hotline.change'] },
  {
    key: 'dispatch-rules',
    path: '/dispatch-rules',
    icon: 'dispatch-rules',
    needs: ['orders.change-rules'],
  },
  { key: 'prompts', path: '/prompts', icon: 'prompts', needs: ['hotline.read'] },
  { key: 'people', path: '/people', icon: 'people', needs: ['people.read'] },
  { key: 'audit', path: '/audit', icon: 'audit', needs: ['audit.read'] },
];

export const placeNames = words<Record<PlaceKey, string>>(
  {
    desk: '接听',
    queues: '队列',
    floor: '现场',
    shift: '值班',
    calls: '通话',
    'call-backs': '回拨',
    bulletins: '公告',
    callers: '来电人',
    figures: '报表',
    staffing: '人力',
    orders: '工单',
    'order-settings': '规则',
    supervision: '督办',
    wall: '大屏',
    people: '人员',
    seats: '座席',
    hotline: '热线',
    'dispatch-rules': '派单',
    prompts: '语音',
    audit: '审计',
  },
  {
    desk: 'Desk',
    queues: 'Queues',
    floor: 'Floor',
    shift: 'Shift',
    calls: 'Calls',
    'call-backs': 'Callback',
    bulletins: 'Bulletins',
    callers: 'Callers',
    figures: 'Figures',
    staffing: 'Staffing',
    orders: 'Orders',
    'order-settings': 'Rules',
    supervision: 'Watch',
    wall: 'Wall',
    people: 'People',
    seats: 'Seats',
    hotline: 'Hotline',
    'dispatch-rules': 'Dispatch',
    prompts: 'Prompts',
    audit: 'Audit',
  },
);

/** The places a person with these permissions may go, in rail order. */
export function placesFor(permissions: readonly Permission[]): Place[] {
  return places.filter((place) => place.needs.some((need) => permissions.includes(need)));
}

/** Where work begins: a shift leader looks at the queues before sitting down anywhere. */
export function homeOf(mine: readonly Place[]): Place | undefined {
  const leads = mine.some(({ key }) => key === 'floor');
  return leads ? mine.find(({ key }) => key === 'queues') : mine[0];
}
