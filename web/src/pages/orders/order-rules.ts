import { useQuery } from '@tanstack/react-query';
import { get } from '../../net/api.ts';
import type { Lang } from '../../text/words.ts';

type Named = Record<string, { zh: string; en: string }>;
interface Rules {
  states: Named;
  actors: Named;
  moves: { name: string; zh: string; en: string }[];
  notes: Named;
}

/** The words of the table of moves, from the server that keeps to it. */
export function useOrderRules() {
  const { data } = useQuery({
    queryKey: ['order-rules'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => get<Rules>('/orders/rules'),
  });
  return {
    state: (name: string, lang: Lang) => data?.states[name]?.[lang] ?? name,
    actor: (name: string, lang: Lang) => data?.actors[name]?.[lang] ?? name,
    move: (name: string, lang: Lang) =>
      data?.moves.find((move) => move.name === name)?.[lang] ?? data?.notes[name]?.[lang] ?? name,
  };
}
