import { useQuery } from '@tanstack/react-query';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { TryOut as Got, Policies, TryOutQuery } from '../../../../src/orders/schema.ts';
import { post } from '../../net/api.ts';
import { Failure } from '../../parts/blank.tsx';
import { useWords } from '../../text/language.ts';
import type { Choice, When } from './choose-words.ts';
import { limitWords } from './limit-words.ts';
import { settingsText } from './settings-text.ts';

type Order = TryOutQuery['order'];
const start: Order = { type: 'help', urgency: 'normal', party: 'person', matter: '', area: '' };
const fields: readonly [keyof Order, keyof When][] = [
  ['party', 'parties'],
  ['type', 'types'],
  ['urgency', 'urgencies'],
  ['matter', 'matters'],
  ['area', 'areas'],
];

interface Props {
  conditions: Record<keyof When, Choice[]>;
  /** Rows that are not in force yet; without them, those that are. */
  draft?: Policies;
}

/** What an order would get: the server answers, as it does for a real one. */
export function TryOut({ conditions, draft }: Props) {
  const t = useWords(settingsText);
  const [order, setOrder] = useState(start);
  const [day, setDay] = useState('');
  const asked = {
    order,
    ...(day !== '' && { at: Date.parse(`${day}T09:00:00+08:00`) }),
    ...(draft && { policies: draft }),
  };
  const answer = useQuery({
    queryKey: ['order-settings', 'try-out', asked],
    placeholderData: (before) => before,
    queryFn: () => post<{ got: Got }>('/order-settings/policies/try', asked),
  });
  return (
    <section className="settings-try" aria-label={t.tryOut}>
      <h2>{t.tryOut}</h2>
      <div className="settings-try-fields">
        {fields.map(([name, key]) => (
          <Select<string>
            key={name}
            aria-label={`${t.tryOut} ${t.conditions[key]}`}
            placeholder={t.conditions[key]}
            allowClear={name === 'matter' || name === 'area'}
            showSearch={{ optionFilterProp: 'label' }}
            value={order[name] || null}
            options={conditions[key]}
            onChange={(value: string | undefined) => setOrder({ ...order, [name]: value ?? '' })}
          />
        ))}
        <Input
          type="date"
          aria-label={t.acceptedOn}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
      {answer.isError && <Failure error={answer.error} />}
      {answer.data && <Answer got={answer.data.got} />}
    </section>
  );
}

function Answer({ got }: { got: Got }) {
  const t = useWords(settingsText);
  if (got === null) return <p className="settings-alarm">▲ {t.noPack}</p>;
  return (
    <div role="status">
      <p>
        {t.wouldGet(got.row + 1)} <b>{got.title}</b> <span className="faint num">{got.pack}</span>
      </p>
      <dl>
        {got.limits.map(({ kind, limit, isSpecial, dueAt }) => (
          <div key={kind}>
            <dt>{t.limits[kind] ?? kind}</dt>
            <dd className="num">
              {limitWords(limit, t.units)}
              {isSpecial && <em className="tag">{t.special}</em>}
              <span className="faint">{t.until(ending(dueAt))}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** `12-05 24:00`: a limit of days ends as its last day does. */
function ending(at: number): string {
  const wall = new Date(at + 8 * 3_600_000 - 1).toISOString();
  const isWhole = wall.slice(11, 19) === '23:59:59';
  const exact = new Date(at + 8 * 3_600_000).toISOString();
  return isWhole ? `${wall.slice(5, 10)} 24:00` : `${exact.slice(5, 10)} ${exact.slice(11, 16)}`;
}
