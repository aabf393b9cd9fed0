import Checkbox from 'antd/es/checkbox';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import type { Matter, OrderSettingsView } from '../../../../src/orders/schema.ts';
import { put } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { SaveDrawer } from '../../parts/save-drawer.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { useTypeWords } from '../orders/type-words.ts';
import { settingsText } from './settings-text.ts';
import { pointsIn, pointsText } from './template-lines.ts';

type Typed = Omit<Matter, 'points'> & { template: string; why: string };

interface Props {
  matter: Matter | null;
  catalogue: OrderSettingsView['catalogue'];
  onClose: () => void;
}

/** One matter; its templates are written as lines, one element each. */
export function MatterDrawer({ matter, catalogue, onClose }: Props) {
  const t = useWords(settingsText);
  const types = useTypeWords(useLanguage((s) => s.lang));
  const attempt = useTry();
  const [form] = Form.useForm<Typed>();
  const save = async ({ template, why, ...typed }: Typed) => {
    const code = matter?.code ?? typed.code;
    const changed: Matter = { ...typed, code, points: pointsIn(template, code, typed.name) };
    const { matters, areas } = catalogue.body;
    const list = matter
      ? matters.map((each) => (each.code === code ? changed : each))
      : [...matters, changed];
    const body = { matters: list, areas };
    await put('/order-settings/catalogue', { baseVersion: catalogue.version, why, body });
    await queryClient.invalidateQueries({ queryKey: ['order-settings'] });
    await queryClient.invalidateQueries({ queryKey: ['order-catalogue'] });
    toast(t.saved);
    onClose();
  };
  const start = matter
    ? { ...matter, template: pointsText(matter.points) }
    : { type: 'help', urgency: 'normal', enabled: true, sealed: false, template: '' };
  return (
    <SaveDrawer
      size={520}
      title={matter ? `${matter.code} ${matter.name}` : t.newMatter}
      label={t.putInForce}
      onSave={form.submit}
      onClose={onClose}
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(typed) => attempt(() => save(typed))}
      >
        {matter === null && (
          <Form.Item name="code" label={t.code} rules={[{ required: true }]}>
            <Input maxLength={32} />
          </Form.Item>
        )}
        <Form.Item name="name" label={t.matter} rules={[{ required: true }]}>
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="group" label={t.group} rules={[{ required: true }]}>
          <Input maxLength={32} />
        </Form.Item>
        <Form.Item name="type" label={t.type}>
          <Select options={types} />
        </Form.Item>
        <Form.Item name="urgency" label={t.urgency}>
          <Select
            options={Object.entries(t.urgencies).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <Form.Item name="template" label={t.elements} extra={t.elementsHelp}>
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} />
        </Form.Item>
        <Form.Item name="sealed" valuePropName="checked">
          <Checkbox>{t.sealed}</Checkbox>
        </Form.Item>
        <Form.Item name="enabled" valuePropName="checked">
          <Checkbox>{t.on}</Checkbox>
        </Form.Item>
        <Form.Item name="why" label={t.why} rules={[{ required: true, min: 2 }]}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </SaveDrawer>
  );
}
