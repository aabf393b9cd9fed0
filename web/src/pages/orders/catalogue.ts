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

/** Areas by their codes, with what each lies in: `天河区 · 兴华街道`. The city itself goes without saying. */
export function areaNames(areas: Catalogue['areas']): Map<string, string> {
  const names = new Map<string, string>();
  // Codes nest, so each comes after what it lies in.
  for (const { code, name } of areas.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    const around = [9, 6].find(
      (length) => length < code.length && names.has(code.slice(0, length)),
    );
    const prefix = around === undefined ? '' : `${names.get(code.slice(0, around)) ?? ''} · `;
    names.set(code, prefix + name);
  }
  return names;
}
