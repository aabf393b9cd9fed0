import Button from 'antd/es/button';
import { useState } from 'react';
import { Overlay } from '../frame/overlay.tsx';
import { deskDo } from '../net/desk-store.ts';
import { useTry } from '../parts/said.tsx';
import { useWords } from '../text/language.ts';
import { atHandText } from './at-hand-text.ts';
import './chooser.css';

/** An agent's own call: type the number, Enter; the own phone rings first. */
export function DialDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(atHandText);
  const attempt = useTry();
  const [typed, setTyped] = useState('');
  const number = typed.replaceAll(/[\s-]/g, '');
  const isNumber = /^\+?[0-9]{3,20}$/.test(number);
  return (
    <Overlay label={t.dialTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isNumber) return;
          onClose();
          attempt(() => deskDo('dial', { number }));
        }}
      >
        <input
          className="jump-field num"
          inputMode="tel"
          aria-label={t.dialTitle}
          placeholder={t.dialTitle}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p className="dial-foot">
          <span className="soft">{t.dialHelp}</span>
          <Button type="primary" htmlType="submit" disabled={!isNumber}>
            {t.dial} <kbd>Enter</kbd>
          </Button>
        </p>
      </form>
    </Overlay>
  );
}
