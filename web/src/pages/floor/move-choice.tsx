import { useState } from 'react';
import { FindList } from '../../frame/find-list.tsx';
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
  const wanted = typed.trim().toLowerCase();
  const found = (names.hotline?.queues ?? []).filter((queue) =>
    `${queue.code} ${queue.name.zh} ${queue.name.en}`.toLowerCase().includes(wanted),
  );
  const title = t.moveTitle(props.seatIds.length, props.seatIds[0] ?? '');
  return (
    <Overlay label={title} onClose={props.onClose}>
      <p className="move-title">{title}</p>
      <FindList
        label={title}
        hint={t.moveFind}
        nothing={t.nothing}
        typed={typed}
        onType={setTyped}
        found={found}
        onTake={({ id }) => {
          props.onClose();
          props.onChoose(id);
        }}
      >
        {({ id, code }) => (
          <>
            <span className="faint num">{code}</span>
            {names.queue(id)}
          </>
        )}
      </FindList>
    </Overlay>
  );
}
