import { useState } from 'react';
import { Overlay } from '../../frame/overlay.tsx';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { mapText } from './map-text.ts';

/** Where to: type a few characters or go down the list, Enter moves. */
export function MoveChoice(props: {
  seatIds: readonly string[];
  onClose: () => void;
  onChoose: (queueId: string) => void;
}) {
  const t = useWords(mapText);
  const names = useNames();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const wanted = typed.trim().toLowerCase();
  const found = (names.hotline?.queues ?? []).filter((queue) =>
    `${queue.code} ${queue.name.zh} ${queue.name.en}`.toLowerCase().includes(wanted),
  );
  const chosen = Math.min(at, found.length - 1);
  const choose = (queueId: string | undefined) => {
    if (queueId === undefined) return;
    props.onClose();
    props.onChoose(queueId);
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') choose(found[chosen]?.id);
    else return;
    event.preventDefault();
  };
  const title = t.moveTitle(props.seatIds.length, props.seatIds[0] ?? '');
  return (
    <Overlay label={title} onClose={props.onClose}>
      <p className="move-title">{title}</p>
      <input
        className="jump-field"
        aria-label={t.moveFind}
        placeholder={t.moveFind}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div className="jump-list" role="listbox" tabIndex={0} aria-label={title}>
        {found.map((queue, index) => (
          <button
            key={queue.id}
            type="button"
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            className="plain jump-item"
            onMouseEnter={() => setAt(index)}
            onClick={() => choose(queue.id)}
          >
            <span className="faint num">{queue.code}</span>
            {names.queue(queue.id)}
          </button>
        ))}
        {found.length === 0 && <p className="jump-item faint">{t.nothing}</p>}
      </div>
    </Overlay>
  );
}
