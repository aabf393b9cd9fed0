import { QueryClient, useQuery } from '@tanstack/react-query';
import type { Difference, HotlineVersion } from '../../../src/hotline/schema.ts';
import type { Me, Permission } from '../../../src/people/schema.ts';
import { get, Problem } from './api.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (times, error) => error instanceof Problem && error.status === 0 && times < 3,
    },
  },
});

/** The signed-in person; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: ['me'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      get<Me>('/session').catch((error: unknown) => {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }),
  });
}

export function useMe(): Me | null {
  return useSession().data ?? null;
}

/** May the signed-in person do this? The server decides again on every request. */
export function useMay(...any: Permission[]): boolean {
  const me = useMe();
  return any.some((permission) => me?.permissions.includes(permission));
}

export type { Difference, HotlineVersion };

export function useHotline() {
  return useQuery({
    queryKey: ['hotline'],
    staleTime: 300_000,
    queryFn: () => get<HotlineVersion>('/hotline'),
  });
}

export interface PersonName {
  id: string;
  name: string;
  staffNo: string;
}

export function usePeopleNames() {
  return useQuery({
    queryKey: ['people-names'],
    staleTime: 300_000,
    queryFn: () => get<{ rows: PersonName[] }>('/people/names').then((reply) => reply.rows),
  });
}
