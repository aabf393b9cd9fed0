import { type KeyboardEvent, type ReactNode, useState } from 'react';

interface Props<Found> {
  label: string;
  hint: string;
  /** Said when nothing matches. */
  nothing: string;
  typed: string;
  onType: (typed: string) => void;
  found: readonly Found[];
  onTake: (found: Found) => void;
  children: (found: Found) => ReactNode;
}

/** A field, and below it what matches: the arrows go down and up, Enter takes. */
export function FindList<Found extends { id: string }>(props: Props<Found>) {
  const { label, hint, typed, found, onTake } = props;
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, found.length - 1);
  const onKey = (event: KeyboardEvent) => {
    const taken = found[chosen];
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key !== 'Enter') return;
    else if (taken) onTake(taken);
    event.preventDefault();
  };
  return (
    <>
      <input
        className="jump-field"
        aria-label={hint}
        placeholder={hint}
        value={typed}
        onChange={(event) => {
          props.onType(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div className="jump-list" role="listbox" tabIndex={0} aria-label={label}>
        {found.map((each, index) => (
          <button
            key={each.id}
            type="button"
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            className="plain jump-item"
            onMouseEnter={() => setAt(index)}
            onClick={() => onTake(each)}
          >
            {props.children(each)}
          </button>
        ))}
        {found.length === 0 && <p className="jump-item faint">{props.nothing}</p>}
      </div>
    </>
  );
}
