import { useQuery } from '@tanstack/react-query';
import { get } from '../../net/api.ts';

/** Every unit there is, as a choice by its name. */
export function useUnitChoices(): { value: string; label: string }[] {
  const units = useQuery({
    queryKey: ['units'],
    staleTime: 60_000,
    queryFn: () => get<{ rows: { id: string; name: string }[] }>('/units').then(({ rows }) => rows),
  });
  return (units.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
