import type { Difference } from '../../net/queries.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { hotlineText } from './hotline-text.ts';

const shown = 40;

/** What differs between two versions, in trade words: before, struck out, and after. */
export function Differences({ list }: { list: readonly Difference[] }) {
  const t = useWords(hotlineText);
  const lang = useLanguage((s) => s.lang);
  if (list.length === 0) return <p className="faint">{t.noChanges}</p>;
  return (
    <ul className="differences">
      {list.slice(0, shown).map(({ kind, pointer, where, before, after }) => (
        <li key={pointer} data-kind={kind}>
          <span className="tag">{t.kinds[kind]}</span>
          <span className="difference-where">{where[lang]}</span>
          <span className="difference-what">
            {before && <del>{before[lang]}</del>}
            {before && after && <span aria-hidden="true"> → </span>}
            {after && <ins>{after[lang]}</ins>}
          </span>
        </li>
      ))}
      {list.length > shown && <li className="faint">{t.moreDifferences(list.length - shown)}</li>}
    </ul>
  );
}
