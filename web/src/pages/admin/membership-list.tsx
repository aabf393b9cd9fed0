import Select from 'antd/es/select';
import type { Seat } from '../../../../src/seats/schema.ts';
import { Icon } from '../../parts/icons.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { adminText } from './admin-text.ts';

/** The queues of a seat with their levels; a form control (`value`, `onChange`). */
export function MembershipList(props: {
  value?: Seat['queues'];
  onChange?: (queues: Seat['queues']) => void;
}) {
  const t = useWords(adminText);
  const c = useWords(common);
  const names = useNames();
  const value = props.value ?? [];
  const change = (next: Seat['queues']) => props.onChange?.(next);
  const rest = (names.hotline?.queues ?? []).filter(
    (queue) => !value.some((each) => each.queueId === queue.id),
  );
  return (
    <div className="memberships">
      {value.map(({ queueId, level }) => (
        <div key={queueId} className="membership">
          <span className="clip">{names.queue(queueId)}</span>
          <select
            className="native-select"
            aria-label={`${names.queue(queueId)} ${t.level}`}
            value={level}
            onChange={(event) =>
              change(
                value.map((each) =>
                  each.queueId === queueId ? { queueId, level: Number(event.target.value) } : each,
                ),
              )
            }
          >
            {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => (
              <option key={n} value={n}>
                {t.level} {n}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="plain"
            aria-label={`${c.remove} ${names.queue(queueId)}`}
            onClick={() => change(value.filter((each) => each.queueId !== queueId))}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
      <Select<string | null>
        aria-label={t.addQueue}
        placeholder={t.addQueue}
        value={null}
        showSearch={{ optionFilterProp: 'label' }}
        options={rest.map((queue) => ({
          value: queue.id,
          label: `${queue.code} ${names.queue(queue.id)}`,
        }))}
        onChange={(queueId) => queueId !== null && change([...value, { queueId, level: 1 }])}
      />
    </div>
  );
}
