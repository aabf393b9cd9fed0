import Select from 'antd/es/select';
import type { Hotline } from '../../../../config/hotline.ts';
import type { Bulletin } from '../../../../src/hotline/schema.ts';
import { useHotline } from '../../net/queries.ts';
import { bulletinText } from '../../text/bulletin-text.ts';
import { choiceWords } from '../../text/choice.ts';
import { useLanguage, useWords } from '../../text/language.ts';

type Scope = Bulletin['scope'];

/** Entries, queues and menu choices as one field; none chosen = everybody. */
export function Who({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const t = useWords(bulletinText);
  const lang = useLanguage((s) => s.lang);
  const hotline = useHotline().data?.hotline;
  const named = (kind: keyof Scope, list: readonly { id: string; name: Named }[]) =>
    list.map(({ id, name }) => ({ value: `${kind}:${id}`, label: name[lang] }));
  const choices = choicesOf(hotline).map((path) => ({
    value: `choices:${path}`,
    label: choiceWords(hotline, path, lang),
  }));
  const chosen = kinds.flatMap((kind) => scope[kind].map((id) => `${kind}:${id}`));
  const of = (values: readonly string[], kind: keyof Scope) =>
    values.flatMap((one) => (one.startsWith(`${kind}:`) ? one.slice(kind.length + 1) : []));
  return (
    <Select
      mode="multiple"
      aria-label={t.who}
      placeholder={t.everybody}
      optionFilterProp="label"
      value={chosen}
      onChange={(values) =>
        onChange({
          entries: of(values, 'entries'),
          queues: of(values, 'queues'),
          choices: of(values, 'choices'),
        })
      }
      options={[
        { label: t.queues, options: named('queues', hotline?.queues ?? []) },
        { label: t.entries, options: named('entries', hotline?.entries ?? []) },
        { label: t.choices, options: choices },
      ]}
    />
  );
}

type Named = { zh: string; en: string };
const kinds = ['queues', 'entries', 'choices'] as const;

/** The ways through the menus as calls write them down, e.g. `main/7`. */
function choicesOf(hotline: Hotline | undefined): string[] {
  const menus = new Map(hotline?.menus.map((menu) => [menu.id, menu.keys]));
  const below = (menuId: string, path: string): string[] =>
    Object.entries(menus.get(menuId) ?? {}).flatMap(([key, choice]) => {
      if (choice === undefined || 'language' in choice) return [];
      const here = `${path}/${key}`;
      // Menus are two levels deep at most; the document is checked for it.
      return 'menu' in choice ? [here, ...below(choice.menu, here)] : [here];
    });
  const roots = new Set((hotline?.entries ?? []).flatMap(({ menu }) => menu ?? []));
  return [...roots].flatMap((root) => below(root, root));
}
