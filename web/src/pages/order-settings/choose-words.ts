import type { OrderSettingsView, Policies } from '../../../../src/orders/schema.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { areaNames } from '../orders/catalogue.ts';
import { ordersText } from '../orders/orders-text.ts';
import { useTypeWords } from '../orders/type-words.ts';
import { settingsText } from './settings-text.ts';

export type Row = Policies['choose'][number];
export type When = Row['when'];
export interface Choice {
  value: string;
  label: string;
}

/** What each condition may be, as choices. */
export function useConditions(
  catalogue: OrderSettingsView['catalogue'],
): Record<keyof When, Choice[]> {
  const t = useWords(settingsText);
  const { party } = useWords(ordersText);
  const { matters, areas } = catalogue.body;
  const named = (words: Record<string, string>) =>
    Object.entries(words).map(([value, label]) => ({ value, label }));
  return {
    parties: named(party),
    types: useTypeWords(useLanguage((s) => s.lang)),
    urgencies: named(t.urgencies),
    matters: matters.map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
    areas: [...areaNames(areas)].map(([value, label]) => ({ value, label: `${value} ${label}` })),
  };
}

/** The newest title of each pack, by its id. */
export function packTitles({ packs }: Policies): Map<string, string> {
  const inOrder = packs.toSorted((a, b) => a.version - b.version);
  return new Map(inOrder.map(({ id, title }) => [id, title]));
}

/** The rows of the table as sentences, in order: of those that hold, the first is taken. */
export function useSentences(policies: Policies, conditions: Record<keyof When, Choice[]>) {
  const t = useWords(settingsText);
  const titles = packTitles(policies);
  return policies.choose.map(({ when, pack }) => {
    const said = (Object.keys(conditions) as (keyof When)[]).flatMap((key) => {
      const wanted = when[key];
      if (!wanted) return [];
      const names = wanted.map(
        (each) => conditions[key].find(({ value }) => value === each)?.label ?? each,
      );
      return [t.condition(t.conditions[key], names)];
    });
    return t.sentence(said, titles.get(pack) ?? pack);
  });
}

/** A condition that names nothing is none. */
export function withCondition(when: When, key: keyof When, values: readonly string[]): When {
  const others = Object.entries(when).filter(([name]) => name !== key);
  return Object.fromEntries(values.length === 0 ? others : [...others, [key, values]]) as When;
}
