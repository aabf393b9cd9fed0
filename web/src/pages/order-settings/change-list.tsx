import { useWords } from '../../text/language.ts';
import { settingsText } from './settings-text.ts';

const shown = 60;

interface Props {
  before: readonly string[];
  after: readonly string[];
}

/** Two versions as lines: what is gone, struck out, and what has come. */
export function ChangeList({ before, after }: Props) {
  const t = useWords(settingsText);
  const had = new Set(before);
  const has = new Set(after);
  const gone = before.filter((line) => !has.has(line));
  const come = after.filter((line) => !had.has(line));
  const count = gone.length + come.length;
  if (count === 0) {
    return <p className="soft">{before.join() === after.join() ? t.noChange : t.reordered}</p>;
  }
  return (
    <ul className="settings-lines">
      {gone.slice(0, shown).map((line) => (
        <li key={`- ${line}`}>
          <del>{line}</del>
        </li>
      ))}
      {come.slice(0, shown).map((line) => (
        <li key={`+ ${line}`}>
          <ins>{line}</ins>
        </li>
      ))}
      {(gone.length > shown || come.length > shown) && <li className="faint">{t.lines(count)}</li>}
    </ul>
  );
}
