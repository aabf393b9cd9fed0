import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { CitizenAct, PublicOrder } from '../../../../src/orders/schema.ts';
import { post, textOf } from '../../net/api.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { progressText } from './progress-text.ts';

interface ProgressActsProps {
  order: PublicOrder;
  queryCode: string;
  onChanged: (order: PublicOrder) => void;
}

const ratings = [5, 4, 3, 2, 1] as const;
const solvedWords = ['solved', 'partly', 'not'] as const;

/** What the citizen may do with the own order: add facts, urge, rate, ask to withdraw. */
export function ProgressActs({ order, queryCode, onChanged }: ProgressActsProps) {
  const t = useWords(progressText);
  const lang = useLanguage((s) => s.lang);
  // Whoever opens a page with a reply is asked first how it was.
  const [open, setOpen] = useState<CitizenAct['do'] | null>(
    order.may.includes('rate') ? 'rate' : null,
  );
  const send = useMutation({
    mutationFn: (act: CitizenAct) =>
      post<PublicOrder>('/progress/acts', { number: order.number, queryCode, act }),
    onSuccess: (changed) => {
      setOpen(null);
      onChanged(changed);
    },
  });
  if (order.may.length === 0) return null;
  return (
    <div className="progress-acts">
      <div className="order-moves">
        {order.may.map((act) => (
          <Button
            key={act}
            aria-expanded={act === 'urge' ? undefined : open === act}
            type={open === act ? 'primary' : 'default'}
            onClick={() => {
              send.reset();
              if (act === 'urge') send.mutate({ do: 'urge' });
              else setOpen(open === act ? null : act);
            }}
          >
            {t.act[act]}
          </Button>
        ))}
      </div>
      {open === 'rate' ? (
        <RateForm onSend={(said) => send.mutate({ do: 'rate', ...said })} />
      ) : (
        open !== null && (
          <WordsForm
            key={open}
            label={t.words[open]}
            onSend={(why) => send.mutate({ do: open, why })}
          />
        )
      )}
      <p aria-live="polite" className={send.isError ? 'order-refused' : 'soft'}>
        {send.isError && textOf(send.error, lang)}
        {send.isSuccess && t.done[send.variables.do]}
      </p>
    </div>
  );
}

function WordsForm({ label, onSend }: { label: string; onSend: (why: string) => void }) {
  const t = useWords(progressText);
  const [why, setWhy] = useState('');
  return (
    <form
      className="order-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(why);
      }}
    >
      <label>
        <span>{label}</span>
        <Input.TextArea
          autoFocus
          required
          maxLength={1_000}
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </label>
      <Button type="primary" htmlType="submit" size="large">
        {t.send}
      </Button>
    </form>
  );
}

type Said = Pick<CitizenAct, 'rating' | 'solved' | 'why'>;

/** The handling is rated here, not the call: that is asked for by key when a call ends. */
function RateForm({ onSend }: { onSend: (said: Said) => void }) {
  const t = useWords(progressText);
  const [said, setSaid] = useState<Said>({});
  return (
    <form
      className="order-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(said);
      }}
    >
      <fieldset className="progress-choices">
        <legend>{t.howWasIt}</legend>
        {ratings.map((rating) => (
          <label key={rating}>
            <input
              type="radio"
              name="rating"
              required
              checked={said.rating === rating}
              onChange={() => setSaid({ ...said, rating })}
            />
            {t.rating[rating]}
          </label>
        ))}
      </fieldset>
      <fieldset className="progress-choices">
        <legend>{t.isItSolved}</legend>
        {solvedWords.map((solved) => (
          <label key={solved}>
            <input
              type="radio"
              name="solved"
              required
              checked={said.solved === solved}
              onChange={() => setSaid({ ...said, solved })}
            />
            {t.solved[solved]}
          </label>
        ))}
      </fieldset>
      <label>
        <span>{t.words.rate}</span>
        <Input
          maxLength={500}
          value={said.why ?? ''}
          onChange={(event) => setSaid({ ...said, why: event.target.value })}
        />
      </label>
      <Button type="primary" htmlType="submit" size="large">
        {t.send}
      </Button>
    </form>
  );
}
