import Input from 'antd/es/input';
import { useId } from 'react';
import type { EmergencyProfile, EmergencyQueueChange } from '../../../../config/hotline.ts';
import { usePlans } from '../../net/leading.ts';
import { useWords } from '../../text/language.ts';
import { useProblem } from './draft-store.ts';
import { EmergencyQueue } from './emergency-queue.tsx';
import { emergencyFormText } from './emergency-text.ts';
import { NameFields, PickField, TextField, useQueueOptions, WordsField } from './fields.tsx';
import { hotlineText } from './hotline-text.ts';

interface Props {
  at: string;
  profile: EmergencyProfile;
  onChange: (profile: EmergencyProfile) => void;
}

/** 应急方案: everything one switch changes, and takes back. */
export function EmergencyForm({ at, profile, onChange }: Props) {
  const t = useWords(emergencyFormText);
  const h = useWords(hotlineText);
  const set = (part: Partial<EmergencyProfile>) => onChange({ ...profile, ...part });
  return (
    <>
      <TextField
        label={h.id}
        at={`${at}/id`}
        value={profile.id}
        onChange={(id) => set({ id })}
        help={h.idHelp}
      />
      <NameFields
        label=""
        at={`${at}/name`}
        value={profile.name}
        onChange={(name) => set({ name })}
      />
      <Wording at={at} profile={profile} onChange={onChange} />
      <div className="field-pair">
        <WordsField
          label={t.greeting}
          at={`${at}/greeting`}
          value={profile.greeting}
          onChange={(greeting) => set({ greeting })}
          help={t.greetingHelp}
        />
        <PlanField at={at} profile={profile} onChange={onChange} />
      </div>
      <Queues at={at} profile={profile} onChange={onChange} />
    </>
  );
}

/** What everybody is to say, on every desk while it lasts. */
function Wording({ at, profile, onChange }: Props) {
  const t = useWords(emergencyFormText);
  const id = useId();
  const problem = useProblem(`${at}/notice`);
  return (
    <div className="field" data-wrong={problem !== undefined}>
      <label htmlFor={id}>{t.notice}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 5 }}
        maxLength={500}
        value={profile.notice ?? ''}
        onChange={(event) => onChange({ ...profile, notice: event.target.value || null })}
      />
      <p className={problem ? 'tone-alert field-problem' : 'faint field-help'}>
        {problem ?? t.noticeHelp}
      </p>
    </div>
  );
}

function PlanField({ at, profile, onChange }: Props) {
  const t = useWords(emergencyFormText);
  const plans = usePlans().data ?? [];
  const { planId } = profile;
  const options = plans.map(({ id, name }): [string, string] => [id, name]);
  const isGone = planId !== null && !plans.some(({ id }) => id === planId);
  return (
    <PickField
      label={t.plan}
      at={`${at}/planId`}
      value={planId ?? ''}
      options={[
        ['', t.noPlan],
        ...options,
        ...(isGone ? [[planId, t.gonePlan(planId)] as [string, string]] : []),
      ]}
      onChange={(chosen) => onChange({ ...profile, planId: chosen || null })}
    />
  );
}

/** The queues that are different, each with what changes there. */
function Queues({ at, profile, onChange }: Props) {
  const t = useWords(emergencyFormText);
  const all = useQueueOptions();
  const { queues } = profile;
  const rest = all.filter(([id]) => queues[id] === undefined);
  const set = (id: string, change: EmergencyQueueChange | null) => {
    const { [id]: _before, ...others } = queues;
    onChange({ ...profile, queues: change ? { ...queues, [id]: change } : others });
  };
  return (
    <fieldset className="keys-editor">
      <legend>{t.queues}</legend>
      <p className="faint field-help">{t.queuesHelp}</p>
      {Object.entries(queues).map(([id, change]) => (
        <EmergencyQueue
          key={id}
          at={`${at}/queues/${id}`}
          queueId={id}
          name={all.find(([known]) => known === id)?.[1] ?? id}
          change={change}
          onChange={(next) => set(id, next)}
        />
      ))}
      <select
        className="native-select emergency-add"
        aria-label={t.addQueue}
        value=""
        onChange={(event) => set(event.target.value, {})}
      >
        <option value="">{t.addQueue}</option>
        {rest.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
