import { useId, useState } from 'react';
import { Overlay } from '../frame/overlay.tsx';
import { deskDo } from '../net/desk-store.ts';
import { useKeys } from '../parts/keys.ts';
import { useTry } from '../parts/said.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { useWords } from '../text/language.ts';
import { talkText } from './talk-text.ts';
import { findTargets, type Intent, nextFree, type Target } from './target-list.ts';
import { useTargets } from './use-targets.ts';
import './chooser.css';

const intentKeys: readonly [Intent, string][] = [
  ['consult', 'F6'],
  ['transfer', 'F7'],
  ['conference', 'F10'],
];

/** Whom to bring in: type a few characters, arrows and Enter choose; F6, F7, F10 change the way. */
export function TargetChooser(props: { intent: Intent; onClose: () => void }) {
  const t = useWords(talkText);
  const attempt = useTry();
  const listId = useId();
  const [intent, setIntent] = useState(props.intent);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const { targets, isKnown } = useTargets(intent);
  const rows = findTargets(targets, typed, (number) => ({
    kind: 'outside',
    id: number,
    mark: null,
    code: '',
    label: t.outside(number),
    detail: '',
    isFree: true,
    isNear: false,
    find: '',
    verb: intent,
    body: { number },
  }));
  const known = rows.findIndex((row) => keyOf(row) === at && row.isFree);
  const chosen = known >= 0 ? known : rows.findIndex(({ isFree }) => isFree);
  const choose = (target: Target | undefined) => {
    if (!target?.isFree) return;
    props.onClose();
    attempt(() => deskDo(target.verb, target.body));
  };
  const move = (step: 1 | -1) => {
    const row = rows[nextFree(rows, chosen, step)];
    if (row) setAt(keyOf(row));
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') choose(rows[chosen]);
    else return;
    event.preventDefault();
  };
  useKeys(Object.fromEntries(intentKeys.map(([each, key]) => [key, () => setIntent(each)])));
  const active = rows[chosen];
  return (
    <Overlay label={t.chooseFor[intent]} onClose={props.onClose}>
      <div className="chooser-top">
        <input
          className="jump-field"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={active ? `${listId}-${keyOf(active)}` : undefined}
          aria-label={t.find}
          placeholder={t.find}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(null);
          }}
          onKeyDown={onKey}
        />
        <div className="chooser-head">
          <p>{t.chooseFor[intent]}</p>
          <div className="chooser-ways">
            {intentKeys.map(([each, key]) => (
              <button
                key={each}
                type="button"
                className="plain"
                aria-pressed={each === intent}
                onClick={() => setIntent(each)}
              >
                {t[each]} <kbd>{key}</kbd>
              </button>
            ))}
          </div>
        </div>
      </div>
      <Rows
        id={listId}
        rows={rows}
        chosen={chosen}
        onPoint={(row) => setAt(keyOf(row))}
        onChoose={choose}
      />
      {isKnown && rows.length === 0 && <p className="chooser-none faint">{t.nobody}</p>}
      <p className="chooser-foot faint" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {t.moveKeys}
        <kbd>Enter</kbd> {t.chooseKey}
        <kbd>F6</kbd>
        <kbd>F7</kbd>
        <kbd>F10</kbd> {t.switchKeys}
      </p>
    </Overlay>
  );
}

const intoView = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });
const keyOf = ({ kind, id }: Target): string => `${kind}-${id}`;

function Rows(props: {
  id: string;
  rows: readonly Target[];
  chosen: number;
  onPoint: (row: Target) => void;
  onChoose: (row: Target) => void;
}) {
  const t = useWords(talkText);
  const groupOf = (row: Target) => (row.isFree ? row.kind : 'busy');
  return (
    <div id={props.id} className="chooser-list" role="listbox" tabIndex={-1}>
      {props.rows.map((row, index) => {
        const before = props.rows[index - 1];
        const isFirst = !before || groupOf(before) !== groupOf(row);
        return (
          <div key={keyOf(row)} role="presentation">
            {isFirst && (
              <p className="chooser-group" role="presentation">
                {t.kinds[groupOf(row)]}
              </p>
            )}
            <button
              type="button"
              ref={index === props.chosen ? intoView : undefined}
              id={`${props.id}-${keyOf(row)}`}
              role="option"
              aria-selected={index === props.chosen}
              aria-disabled={!row.isFree}
              tabIndex={-1}
              className="plain chooser-row"
              onMouseEnter={() => row.isFree && props.onPoint(row)}
              onClick={() => props.onChoose(row)}
            >
              {row.mark ? <StateMark mark={row.mark} size={12} /> : <span />}
              <span className="num chooser-code">{row.code}</span>
              <span className="clip chooser-name">{row.label}</span>
              <span className="clip chooser-detail">{row.detail}</span>
            </button>
          </div>
        );
      })}
    </div>
  );
}
