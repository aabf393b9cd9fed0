import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { readCallSearch } from './pages/calls/call-search.ts';
import { readFiguresSearch } from './pages/figures/figures-search.ts';
import { readRatesSearch } from './pages/order-rates/rates-search.ts';
import { readStaffingSearch } from './pages/staffing/staffing-search.ts';
import { NotFound, RouteFailure, RouteWaiting } from './parts/route-states.tsx';

const word = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 60) : undefined;
const readOpen = (raw: Record<string, unknown>): { open?: string } => {
  const open = word(raw.open);
  return open === undefined ? {} : { open };
};
const readWaiting = (raw: Record<string, unknown>): { waiting?: string } => {
  const waiting = word(raw.waiting);
  return waiting === undefined ? {} : { waiting };
};
const readSeat = (raw: Record<string, unknown>): { seat?: string } => {
  const seat = word(raw.seat);
  return seat === undefined ? {} : { seat };
};
const readAction = (raw: Record<string, unknown>): { action?: string } => {
  const action = word(raw.action);
  return action === undefined ? {} : { action };
};
const readPart = (raw: Record<string, unknown>): { part?: string; item?: string } => {
  const part = word(raw.part);
  const item = word(raw.item);
  return { ...(part !== undefined && { part }), ...(item !== undefined && { item }) };
};

const readIntake = (raw: Record<string, unknown>): { call?: string; draft?: string } => {
  const call = word(raw.call);
  const draft = word(raw.draft);
  return { ...(call !== undefined && { call }), ...(draft !== undefined && { draft }) };
};

const root = createRootRoute({ notFoundComponent: NotFound });
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: lazyRouteComponent(() => import('./frame/frame.tsx'), 'Frame'),
});

const home = createRoute({ getParentRoute: () => frame, path: '/' });
const desk = createRoute({
  getParentRoute: () => frame,
  path: '/desk',
  component: lazyRouteComponent(() => import('./pages/desk/desk-page.tsx'), 'DeskPage'),
});
const queues = createRoute({
  getParentRoute: () => frame,
  path: '/queues',
  validateSearch: readWaiting,
  component: lazyRouteComponent(() => import('./pages/queues/queues-page.tsx'), 'QueuesPage'),
});
const floor = createRoute({
  getParentRoute: () => frame,
  path: '/floor',
  validateSearch: readSeat,
  component: lazyRouteComponent(() => import('./pages/floor/floor-page.tsx'), 'FloorPage'),
});
const shift = createRoute({
  getParentRoute: () => frame,
  path: '/shift',
  validateSearch: readPart,
  component: lazyRouteComponent(() => import('./pages/shift/shift-page.tsx'), 'ShiftPage'),
});
const calls = createRoute({
  getParentRoute: () => frame,
  path: '/calls',
  validateSearch: readCallSearch,
  component: lazyRouteComponent(() => import('./pages/calls/calls-page.tsx'), 'CallsPage'),
});
const call = createRoute({
  getParentRoute: () => frame,
  path: '/calls/$callId',
  component: lazyRouteComponent(() => import('./pages/call/call-page.tsx'), 'CallPage'),
});
const callBacks = createRoute({
  getParentRoute: () => frame,
  path: '/call-backs',
  component: lazyRouteComponent(() => import('./pages/calls/call-backs-page.tsx'), 'CallBacksPage'),
});
const staffing = createRoute({
  getParentRoute: () => frame,
  path: '/staffing',
  validateSearch: readStaffingSearch,
  component: lazyRouteComponent(() => import('./pages/staffing/staffing-page.tsx'), 'StaffingPage'),
});
const figures = createRoute({
  getParentRoute: () => frame,
  path: '/figures',
  validateSearch: readFiguresSearch,
  component: lazyRouteComponent(() => import('./pages/figures/figures-page.tsx'), 'FiguresPage'),
});
const bulletins = createRoute({
  getParentRoute: () => frame,
  path: '/bulletins',
  component: lazyRouteComponent(
    () => import('./pages/bulletins/bulletins-page.tsx'),
    'BulletinsPage',
  ),
});
const callers = createRoute({
  getParentRoute: () => frame,
  path: '/callers',
  component: lazyRouteComponent(() => import('./pages/callers/callers-page.tsx'), 'CallersPage'),
});
const dispatchRules = createRoute({
  getParentRoute: () => frame,
  path: '/dispatch-rules',
  component: lazyRouteComponent(() => import('./pages/dispatch-rules/rules-page.tsx'), 'RulesPage'),
});
const orderRates = createRoute({
  getParentRoute: () => frame,
  path: '/order-rates',
  validateSearch: readRatesSearch,
  component: lazyRouteComponent(() => import('./pages/order-rates/rates-page.tsx'), 'RatesPage'),
});
const orders = createRoute({
  getParentRoute: () => frame,
  path: '/orders',
  component: lazyRouteComponent(() => import('./pages/orders/orders-page.tsx'), 'OrdersPage'),
});
const approvals = createRoute({
  getParentRoute: () => frame,
  path: '/orders/approvals',
  component: lazyRouteComponent(() => import('./pages/orders/approvals-page.tsx'), 'ApprovalsPage'),
});
const messages = createRoute({
  getParentRoute: () => frame,
  path: '/messages',
  component: lazyRouteComponent(() => import('./pages/messages/messages-page.tsx'), 'MessagesPage'),
});
const orderSettings = createRoute({
  getParentRoute: () => frame,
  path: '/order-settings',
  validateSearch: readPart,
  component: lazyRouteComponent(
    () => import('./pages/order-settings/settings-page.tsx'),
    'OrderSettingsPage',
  ),
});
const newOrder = createRoute({
  getParentRoute: () => frame,
  path: '/orders/new',
  validateSearch: readIntake,
  component: lazyRouteComponent(() => import('./pages/orders/new-order-page.tsx'), 'NewOrderPage'),
});
const order = createRoute({
  getParentRoute: () => frame,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./pages/orders/order-page.tsx'), 'OrderPage'),
});
const supervision = createRoute({
  getParentRoute: () => frame,
  path: '/supervision',
  validateSearch: readPart,
  component: lazyRouteComponent(
    () => import('./pages/supervision/supervision-page.tsx'),
    'SupervisionPage',
  ),
});
const newMeeting = createRoute({
  getParentRoute: () => frame,
  path: '/supervision/meetings/new',
  component: lazyRouteComponent(
    () => import('./pages/supervision/new-meeting-page.tsx'),
    'NewMeetingPage',
  ),
});
const meeting = createRoute({
  getParentRoute: () => frame,
  path: '/supervision/meetings/$meetingId',
  component: lazyRouteComponent(
    () => import('./pages/supervision/meeting-page.tsx'),
    'MeetingPage',
  ),
});
const people = createRoute({
  getParentRoute: () => frame,
  path: '/people',
  validateSearch: readOpen,
  component: lazyRouteComponent(() => import('./pages/admin/people-page.tsx'), 'PeoplePage'),
});
const seats = createRoute({
  getParentRoute: () => frame,
  path: '/seats',
  validateSearch: readOpen,
  component: lazyRouteComponent(() => import('./pages/admin/seats-page.tsx'), 'SeatsPage'),
});
const hotline = createRoute({
  getParentRoute: () => frame,
  path: '/hotline',
  validateSearch: readPart,
  component: lazyRouteComponent(() => import('./pages/hotline/hotline-page.tsx'), 'HotlinePage'),
});
const versions = createRoute({
  getParentRoute: () => frame,
  path: '/hotline/versions',
  component: lazyRouteComponent(() => import('./pages/hotline/versions-page.tsx'), 'VersionsPage'),
});
const prompts = createRoute({
  getParentRoute: () => frame,
  path: '/prompts',
  component: lazyRouteComponent(() => import('./pages/admin/prompts-page.tsx'), 'PromptsPage'),
});
const audit = createRoute({
  getParentRoute: () => frame,
  path: '/audit',
  validateSearch: readAction,
  component: lazyRouteComponent(() => import('./pages/admin/audit-page.tsx'), 'AuditPage'),
});
const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  component: lazyRouteComponent(() => import('./pages/wall/wall-page.tsx'), 'WallPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    wall,
    frame.addChildren([
      home,
      desk,
      queues,
      floor,
      shift,
      calls,
      call,
      callBacks,
      figures,
      staffing,
      bulletins,
      callers,
      orders,
      approvals,
      messages,
      orderSettings,
      orderRates,
      dispatchRules,
      newOrder,
      order,
      supervision,
      newMeeting,
      meeting,
      people,
      seats,
      hotline,
      versions,
      prompts,
      audit,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: RouteWaiting,
  defaultErrorComponent: RouteFailure,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
