import { useQuery } from '@tanstack/react-query';
import type { Catalogue, Matter } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';

interface City {
  version: number;
  /** Years whose calendar of working days should be there and is not. */
  missingYears: number[];
  /** `find` is what people may type: code, name, pinyin, initials. */
  matters: (Matter & { find: string })[];
  areas: Catalogue['areas'];
}

/** Matters, templates and areas in force. */
export function useCatalogue() {
  return useQuery({
    queryKey: ['order-catalogue'],
    staleTime: 300_000,
    queryFn: () => get<City>('/order-settings/catalogue'),
  });
}

/** An area with what it lies in: `天河区 · 兴华街道`. The city itself goes without saying. */
export function areaName(areas: Catalogue['areas'], code: string): string {
  const around = areas.filter((each) => code.startsWith(each.code) && each.code.length > 4);
  const names = around.sort((a, b) => a.code.length - b.code.length).map(({ name }) => name);
  return names.join(' · ') || (areas.find((each) => each.code === code)?.name ?? code);
}
