import Input from 'antd/es/input';
import type { Hotline } from '../../../../config/hotline.ts';
import { useWords } from '../../text/language.ts';
import { CodedList } from './coded-list.tsx';
import { PickField } from './fields.tsx';
import { hotlineText } from './hotline-text.ts';

/** What agents have at hand: tags, one key each for emergencies; and whether they see a listener. */
export function AtHandFields(props: {
  draft: Hotline;
  onChange: (part: Partial<Hotline>) => void;
}) {
  const t = useWords(hotlineText);
  const { draft, onChange } = props;
  return (
    <>
      <PickField
        label={t.agentSees}
        at="/monitoring/agentSees"
        value={draft.monitoring.agentSees ? 'yes' : 'no'}
        options={[
          ['no', t.agentSeesNot],
          ['yes', t.agentSeesIt],
        ]}
        onChange={(value) => onChange({ monitoring: { agentSees: value === 'yes' } })}
      />
      <CodedList
        title={t.tags}
        at="/tags"
        list={draft.tags}
        fresh={(coded) => ({ ...coded, queues: [] })}
        onChange={(tags) => onChange({ tags })}
      />
      <CodedList
        title={t.emergency}
        at="/emergency"
        list={draft.emergency}
        fresh={(coded) => ({ ...coded, number: '110' })}
        onChange={(emergency) => onChange({ emergency })}
        renderExtra={(item, change) => (
          <Input
            aria-label={`${item.code} ${t.emergencyNumber}`}
            inputMode="tel"
            value={item.number}
            onChange={(event) => change({ ...item, number: event.target.value })}
          />
        )}
      />
    </>
  );
}
