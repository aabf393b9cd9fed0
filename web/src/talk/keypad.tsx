import { useState } from 'react';
import { Overlay } from '../frame/overlay.tsx';
import { deskDo, useDesk } from '../net/desk-store.ts';
import { useTry } from '../parts/said.tsx';
import { useWords } from '../text/language.ts';
import { atHandText } from './at-hand-text.ts';
import './chooser.css';

const keys = '1 2 3 4 5 6 7 8 9 * 0 #'.split(' ');

/** Telephone keys into the talk: for the menu of somebody asked in, otherwise for the caller's. */
export function Keypad({ onClose }: { onClose: () => void }) {
  const t = useWords(atHandText);
  const attempt = useTry();
  const [sent, setSent] = useState('');
  const to = useDesk((s) => (s.desk?.party?.isIn ? 'party' : 'caller'));
  const send = (key: string) => {
    setSent((before) => (before + key).slice(-24));
    attempt(() => deskDo('keys', { keys: key, to }));
  };
  return (
    <Overlay label={t.keypad} onClose={onClose}>
      <div
        className="keypad"
        role="group"
        aria-label={t.keypad}
        onKeyDown={(event) => {
          if (!keys.includes(event.key)) return;
          event.preventDefault();
          send(event.key);
        }}
      >
        <p className="soft">{t.keypadTo[to]}</p>
        <output className="num keypad-sent">{sent || t.keypadHint}</output>
        <div className="keypad-keys">
          {keys.map((key) => (
            <button key={key} type="button" className="plain num" onClick={() => send(key)}>
              {key}
            </button>
          ))}
        </div>
      </div>
    </Overlay>
  );
}
