import { useQuery } from '@tanstack/react-query';
import type {
  AlertRow,
  DeskNews,
  Emergency,
  Notice,
  Plan,
  PlanRun,
  Rests,
  Topic,
  WaitingCaller,
  WallNews,
} from '../../../src/leading/schema.ts';
import { get, post } from './api.ts';
import { deskDo } from './desk-store.ts';
import { queryClient, useMay } from './queries.ts';
import type { ConsoleSocket } from './socket.ts';

/** What of the console shows a topic. */
const shownBy: Record<Topic, readonly string[]> = {
  rests: ['rests', 'desk-news'],
  notices: ['notices', 'desk-news', 'wall-news'],
  alerts: ['alerts', 'desk-news'],
  emergency: ['emergency', 'desk-news', 'wall-news'],
  plans: ['plans'],
  calendar: ['missing-years'],
};

/** Asks again for whatever shows the topic. */
export function refresh(topic: Topic): void {
  for (const key of shownBy[topic]) void queryClient.invalidateQueries({ queryKey: [key] });
}

/** Listens for what is different; a fresh connection may have missed something. */
export function attachNews(socket: ConsoleSocket): void {
  socket.on('news', refresh);
  socket.on('connect', () => {
    for (const key of new Set(Object.values(shownBy).flat())) {
      void queryClient.invalidateQueries({ queryKey: [key] });
    }
  });
}

const rowsOf = <T>(path: string) => get<{ rows: T[] }>(path).then(({ rows }) => rows);

/** What leaders have to say to this agent, and what became of the agent's own wishes. */
export function useDeskNews(isAtSeat: boolean): DeskNews | undefined {
  const news = useQuery({
    queryKey: ['desk-news'],
    enabled: isAtSeat,
    queryFn: () => get<DeskNews>('/desk/news'),
  });
  return isAtSeat ? news.data : undefined;
}

export const useRests = (wanted = true) =>
  useQuery({
    queryKey: ['rests'],
    enabled: useMay('floor.lead') && wanted,
    refetchInterval: 15_000,
    queryFn: () => get<Rests>('/floor/rests'),
  });

export const useNotices = () =>
  useQuery({ queryKey: ['notices'], queryFn: () => rowsOf<Notice>('/floor/notices') });

/** Alerts that are up; with `past`, those of the last days as well. */
export const useAlerts = (past = false) =>
  useQuery({
    queryKey: ['alerts', past],
    enabled: useMay('floor.lead'),
    queryFn: () => rowsOf<AlertRow>(past ? '/floor/alerts/history' : '/floor/alerts'),
  });

export const usePlans = () =>
  useQuery({ queryKey: ['plans', 'saved'], queryFn: () => rowsOf<Plan>('/floor/plans') });

export const usePlanRuns = () =>
  useQuery({ queryKey: ['plans', 'runs'], queryFn: () => rowsOf<PlanRun>('/floor/plan-runs') });

/** Years whose calendar of working days is missed, for those who can mend it. */
export const useMissingYears = () =>
  useQuery({
    queryKey: ['missing-years'],
    enabled: useMay('orders.change-rules'),
    staleTime: 300_000,
    queryFn: () => get<{ missingYears: number[] }>('/order-settings/missing-years'),
  });

export const useEmergency = () =>
  useQuery({
    queryKey: ['emergency'],
    staleTime: 60_000,
    queryFn: () => get<Emergency>('/emergency'),
  });

/** Who waits in a queue; asked again with every change of `stamp`. */
export const useWaiting = (queueId: string, stamp: string) =>
  useQuery({
    queryKey: ['waiting', queueId, stamp],
    placeholderData: (before) => before,
    queryFn: () => rowsOf<WaitingCaller>(`/floor/waiting?queue=${queueId}`),
  });

export const useWallNews = () =>
  useQuery({
    queryKey: ['wall-news'],
    refetchInterval: 60_000,
    queryFn: () => get<WallNews>('/floor/wall'),
  });

/** Not ready for this reason: at once, or, where a leader must approve it, asked for. */
export async function goNotReady(reason: string, askedReasons: readonly string[]): Promise<void> {
  if (!askedReasons.includes(reason)) return void (await deskDo('not-ready', { reason }));
  await post('/desk/rest', { reason });
  refresh('rests');
}
