import AutoComplete from 'antd/es/auto-complete';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Switch from 'antd/es/switch';
import { put } from '../../net/api.ts';
import { queryClient, usePeopleNames } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { SaveDrawer } from '../../parts/save-drawer.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { settingsText } from './settings-text.ts';

export interface Unit {
  id: string;
  parentId: string | null;
  name: string;
  dutyPersonId: string | null;
  enabled: boolean;
  /** Which units it is compared with. */
  peers?: string;
}
/** What the form gives; what was left empty is not there. */
interface Typed extends Omit<Unit, 'parentId' | 'dutyPersonId'> {
  parentId?: string | null | undefined;
  dutyPersonId?: string | null | undefined;
  members?: string[] | undefined;
}

interface Props {
  unit: Unit | null;
  units: readonly Unit[];
  members: string[];
  onClose: () => void;
}

/** One unit: where it stands, who answers for it, who acts for it. */
export function UnitDrawer({ unit, units, members, onClose }: Props) {
  const t = useWords(settingsText);
  const attempt = useTry();
  const [form] = Form.useForm<Typed>();
  const people = (usePeopleNames().data ?? []).map(({ id, name, staffNo }) => ({
    value: id,
    label: `${name} ${staffNo}`,
  }));
  const groups = [...new Set(units.flatMap(({ peers }) => peers || []))].sort();
  const save = async ({ members: wanted = [], ...typed }: Typed) => {
    const { parentId = null, dutyPersonId = null } = typed;
    await put('/units', { ...typed, parentId, dutyPersonId, id: unit?.id ?? typed.id });
    const unitId = unit?.id ?? typed.id;
    for (const id of wanted.filter((each) => !members.includes(each)))
      await put(`/units/members/${id}`, { unitId });
    for (const id of members.filter((each) => !wanted.includes(each)))
      await put(`/units/members/${id}`, { unitId: null });
    await queryClient.invalidateQueries({ queryKey: ['unit-tree'] });
    toast(t.saved);
    onClose();
  };
  return (
    <SaveDrawer title={unit?.name ?? t.newUnit} onSave={form.submit} onClose={onClose}>
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={{ enabled: true, ...unit, members }}
        onFinish={(typed) => attempt(() => save(typed))}
      >
        {unit === null && (
          <Form.Item
            name="id"
            label={t.id}
            extra={t.idHelp}
            rules={[{ required: true, pattern: /^[a-z0-9-]{1,40}$/, message: t.idHelp }]}
          >
            <Input />
          </Form.Item>
        )}
        <Form.Item name="name" label={t.unit} rules={[{ required: true }]}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="parentId" label={t.parent}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={units
              .filter(({ id }) => id !== unit?.id)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="dutyPersonId" label={t.duty} extra={t.dutyHelp}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={people} />
        </Form.Item>
        <Form.Item name="peers" label={t.peers} extra={t.peersHelp}>
          <AutoComplete options={groups.map((value) => ({ value }))}>
            <Input maxLength={32} />
          </AutoComplete>
        </Form.Item>
        <Form.Item name="members" label={t.members}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={people} />
        </Form.Item>
        <Form.Item name="enabled" label={t.on} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </SaveDrawer>
  );
}
