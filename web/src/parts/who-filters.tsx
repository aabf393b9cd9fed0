import Select from 'antd/es/select';
import { usePeopleNames } from '../net/queries.ts';
import { useNames } from '../text/names.ts';

interface Props {
  label: string;
  /** What the choice of none in particular is called. */
  any: string;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}

/** One queue of the hotline, or any. */
export function QueueFilter(props: Props) {
  const names = useNames();
  const queues = names.hotline?.queues ?? [];
  const options = queues.map(({ id, code }) => ({
    value: id,
    label: `${code} ${names.queue(id)}`,
  }));
  return <IdFilter {...props} options={options} />;
}

/** One of the people, or anybody. */
export function AgentFilter(props: Props) {
  const people = usePeopleNames().data ?? [];
  const options = people.map(({ id, name, staffNo }) => ({
    value: id,
    label: `${name} ${staffNo}`,
  }));
  return <IdFilter {...props} options={options} />;
}

function IdFilter(props: Props & { options: { value: string; label: string }[] }) {
  return (
    <Select
      aria-label={props.label}
      className="filter"
      value={props.value ?? ''}
      onChange={(id) => props.onChange(id || undefined)}
      showSearch={{ optionFilterProp: 'label' }}
      options={[{ value: '', label: props.any }, ...props.options]}
    />
  );
}
