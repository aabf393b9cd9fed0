import type { EmergencyQueueChange, Outcome, QueueConfig } from '../../../../config/hotline.ts';
import { Icon } from '../../parts/icons.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { useDraft, useProblem } from './draft-store.ts';
import { emergencyFormText } from './emergency-text.ts';
import { LimitField, NumberField, OutcomeField, PickField } from './fields.tsx';
import { hotlineText } from './hotline-text.ts';

type Field = keyof EmergencyQueueChange;
const fields: readonly Field[] = [
  'priority',
  'hours',
  'wrapUpMs',
  'announceEveryMs',
  'maxWaiting',
  'onFull',
  'onClosed',
];

interface Props {
  at: string;
  queueId: string;
  name: string;
  change: EmergencyQueueChange;
  /** Null takes the queue out of the profile. */
  onChange: (change: EmergencyQueueChange | null) => void;
}

/** One queue while the emergency lasts: only what is different stands here. */
export function EmergencyQueue({ at, queueId, name, change, onChange }: Props) {
  const t = useWords(emergencyFormText);
  const h = useWords(hotlineText);
  const labels = useLabels();
  const problem = useProblem(at);
  const queue = useDraft((s) => s.draft?.queues.find(({ id }) => id === queueId));
  const changed = fields.filter((field) => change[field] !== undefined);
  const drop = (field: Field) => {
    const { [field]: _dropped, ...rest } = change;
    onChange(rest);
  };
  return (
    <section className="emergency-queue" aria-label={name}>
      <header>
        <b>{name}</b>
        {queue && (
          <select
            className="native-select"
            aria-label={`${name} ${t.addField}`}
            value=""
            onChange={(event) => onChange({ ...change, ...asUsual(queue, event.target.value) })}
          >
            <option value="">{t.addField}</option>
            {fields
              .filter((field) => change[field] === undefined)
              .map((field) => (
                <option key={field} value={field}>
                  {labels[field]}
                </option>
              ))}
          </select>
        )}
        <Remove label={`${h.removeIt} ${name}`} onClick={() => onChange(null)} />
      </header>
      {problem !== undefined && <p className="tone-alert field-problem">{problem}</p>}
      {changed.length === 0 && <p className="faint field-help">{t.noField}</p>}
      <div className="emergency-fields">
        {changed.map((field) => (
          <div key={field} className="emergency-field">
            <ChangeField
              field={field}
              at={`${at}/${field}`}
              label={labels[field]}
              change={change}
              usual={queue}
              onChange={(part) => onChange({ ...change, ...part })}
            />
            <Remove label={`${h.removeIt} ${name} ${labels[field]}`} onClick={() => drop(field)} />
          </div>
        ))}
      </div>
    </section>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className="plain" aria-label={label} title={label} onClick={onClick}>
      <Icon name="close" size={14} />
    </button>
  );
}

/** A change begins with what the queue has on other days. */
function asUsual(queue: QueueConfig, chosen: string): EmergencyQueueChange {
  const field = fields.find((each) => each === chosen);
  return field ? { [field]: queue[field] } : {};
}

interface FieldProps {
  field: Field;
  at: string;
  label: string;
  change: EmergencyQueueChange;
  usual: QueueConfig | undefined;
  onChange: (part: EmergencyQueueChange) => void;
}

function ChangeField({ field, at, label, change, usual, onChange }: FieldProps) {
  const h = useWords(hotlineText);
  const t = useWords(emergencyFormText);
  const lang = useLanguage((s) => s.lang);
  const hours = useDraft((s) => s.draft?.hours) ?? [];
  const hoursName = (id: string | null) =>
    hours.find((one) => one.id === id)?.name[lang] ?? h.always;
  const seconds = { unit: h.seconds, scale: 1_000 };
  const inSeconds = (ms: number) => `${String(ms / 1_000)} ${h.seconds}`;
  const help = (value: string | undefined) =>
    value === undefined ? {} : { help: t.usually(value) };
  switch (field) {
    case 'priority':
      return (
        <NumberField
          label={label}
          at={at}
          value={change.priority ?? 0}
          {...help(usual && String(usual.priority))}
          onChange={(priority) => onChange({ priority })}
        />
      );
    case 'wrapUpMs':
    case 'announceEveryMs':
      return (
        <NumberField
          label={label}
          at={at}
          {...seconds}
          value={change[field] ?? 0}
          {...help(usual && inSeconds(usual[field]))}
          onChange={(ms) => onChange({ [field]: ms })}
        />
      );
    case 'maxWaiting':
      return (
        <LimitField
          label={label}
          at={at}
          unit={h.people}
          value={change.maxWaiting ?? null}
          {...help(usual && String(usual.maxWaiting ?? h.unlimited))}
          onChange={(maxWaiting) => onChange({ maxWaiting })}
        />
      );
    case 'hours':
      return (
        <PickField
          label={label}
          at={at}
          value={change.hours ?? ''}
          options={[['', h.always], ...hours.map((o): [string, string] => [o.id, o.name[lang]])]}
          {...help(usual && hoursName(usual.hours))}
          onChange={(id) => onChange({ hours: id || null })}
        />
      );
    default:
      return (
        <OutcomeField
          label={label}
          at={at}
          value={change[field] ?? waits}
          onChange={(outcome) => onChange({ [field]: outcome })}
        />
      );
  }
}

const waits: Outcome = { do: 'wait' };

function useLabels(): Record<Field, string> {
  const h = useWords(hotlineText);
  return {
    priority: h.priority,
    hours: h.hours,
    wrapUpMs: h.wrapUpTime,
    announceEveryMs: h.announceEvery,
    maxWaiting: h.maxWaiting,
    onFull: h.onFull,
    onClosed: h.onClosed,
  };
}
