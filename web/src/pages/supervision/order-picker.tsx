import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Board, OrderRowView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { useTry } from '../../parts/said.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { useOrderRules } from '../orders/order-rules.ts';
import { meetingsText } from './meetings-text.ts';
import { supervisionText } from './supervision-text.ts';

export type Picked = Pick<
  OrderRowView,
  'id' | 'number' | 'title' | 'state' | 'leadUnit' | 'supervision' | 'endedAt'
>;
type Rows = { rows: OrderRowView[] };

/** What meetings are mostly about: disputes first, then what is supervised. */
function useCandidates(): Picked[] {
  const disputes = useQuery({
    queryKey: ['orders', 'dispute'],
    queryFn: () => get<Rows>('/orders?view=all&state=dispute&limit=200').then(({ rows }) => rows),
  });
  const board = useQuery({ queryKey: ['supervision'], queryFn: () => get<Board>('/supervision') });
  const rows: Picked[] = [...(disputes.data ?? []), ...(board.data?.orders ?? [])];
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

interface Props {
  picked: readonly Picked[];
  onChange: (picked: readonly Picked[]) => void;
}

/** Orders chosen from a list, or by their whole number: Enter takes the first that fits. */
export function OrderPicker({ picked, onChange }: Props) {
  const t = useWords(meetingsText);
  const attempt = useTry();
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState('');
  const candidates = useCandidates();
  const added = picked.filter(({ id }) => candidates.every((each) => each.id !== id));
  const wanted = typed.trim();
  const shown = [...added, ...candidates].filter(({ number, title, leadUnit }) =>
    `${number} ${title} ${leadUnit ?? ''}`.includes(wanted),
  );
  const isPicked = ({ id }: Picked) => picked.some((each) => each.id === id);
  const toggle = (row: Picked) =>
    onChange(isPicked(row) ? picked.filter(({ id }) => id !== row.id) : [...picked, row]);
  const take = (row: Picked) => {
    if (!isPicked(row)) toggle(row);
    setTyped('');
    setSaid('');
  };
  const byNumber = async () => {
    const { rows } = await get<Rows>(`/orders?view=all&number=${encodeURIComponent(wanted)}`);
    const [row] = rows;
    if (!row) setSaid(t.unknown(wanted));
    else if (row.endedAt !== null || row.state === 'draft') setSaid(t.over(wanted));
    else take(row);
  };
  const add = () => {
    const next = shown.find((row) => !isPicked(row));
    if (wanted === '') return;
    if (next) take(next);
    else if (/^\d+$/.test(wanted)) attempt(byNumber);
  };
  return (
    <section className="card order-card order-form">
      <h2>{t.agenda}</h2>
      <div className="meeting-find">
        <Input
          aria-label={t.pick}
          placeholder={t.pick}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setSaid('');
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing) return;
            // Not the whole form yet.
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add}>
          {t.add} <kbd>⏎</kbd>
        </Button>
      </div>
      <p role="status" className="order-refused">
        {said}
      </p>
      <ul className="meeting-candidates" aria-label={t.candidates}>
        {shown.map((row) => (
          <li key={row.id}>
            <Checkbox checked={isPicked(row)} onChange={() => toggle(row)}>
              <Candidate row={row} />
            </Checkbox>
          </li>
        ))}
        {shown.length === 0 && <li className="faint">{t.noMatch}</li>}
      </ul>
    </section>
  );
}

function Candidate({ row }: { row: Picked }) {
  const s = useWords(supervisionText);
  const lang = useLanguage((l) => l.lang);
  const { state } = useOrderRules();
  return (
    <span className="meeting-order">
      <span>
        {row.supervision > 0 && (
          <em className={`level level-${row.supervision}`}>{s.level(row.supervision)}</em>
        )}{' '}
        {row.title}
      </span>
      <span className="faint">
        <span className="num">{row.number}</span> · {state(row.state, lang)} ·{' '}
        {row.leadUnit ?? s.hotline}
      </span>
    </span>
  );
}
