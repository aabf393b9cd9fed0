import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Switch from 'antd/es/switch';
import { useState } from 'react';
import type { PersonView, Role } from '../../../../src/people/schema.ts';
import { patch, post, remove } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { OnceSecret } from '../../parts/once-secret.tsx';
import { useTry } from '../../parts/said.tsx';
import { SaveDrawer } from '../../parts/save-drawer.tsx';
import { toast } from '../../parts/toasts.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { adminText } from './admin-text.ts';
import { useFieldProblems } from './field-problems.ts';

interface Typed {
  login: string;
  name: string;
  staffNo: string;
  team: string;
  roles: Role[];
  disabled: boolean;
}

/** One account: new or changed. A password made here is shown once. */
export function PersonDrawer(props: { person: PersonView | undefined; onClose: () => void }) {
  const t = useWords(adminText);
  const c = useWords(common);
  const { person } = props;
  const [form] = Form.useForm<Typed>();
  const [password, setPassword] = useState<string>();
  const [busy, setBusy] = useState(false);
  const show = useFieldProblems(form);
  const save = async ({ login, disabled, ...rest }: Typed) => {
    setBusy(true);
    try {
      if (person) {
        await patch(`/people/${person.id}`, { ...rest, disabled });
        toast(t.changed);
        props.onClose();
      } else {
        const made = await post<{ password: string }>('/people', { login, ...rest });
        setPassword(made.password);
      }
      await queryClient.invalidateQueries({ queryKey: ['people'] });
    } catch (error) {
      show(error);
    } finally {
      setBusy(false);
    }
  };
  const start: Typed = person ?? {
    login: '',
    name: '',
    staffNo: '',
    team: '',
    roles: ['agent'],
    disabled: false,
  };
  return (
    <SaveDrawer
      title={person?.name ?? t.newPerson}
      leave={c.close}
      busy={busy}
      onSave={person !== undefined || password === undefined ? form.submit : null}
      onClose={props.onClose}
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={(typed) => void save(typed)}
      >
        {!person && (
          <Form.Item name="login" label={t.login} extra={t.loginHelp} rules={[{ required: true }]}>
            <Input autoComplete="off" maxLength={40} />
          </Form.Item>
        )}
        <Form.Item name="name" label={t.name} rules={[{ required: true }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="staffNo" label={t.staffNo} rules={[{ required: true }]}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="team" label={t.team}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="roles" label={t.roles} extra={t.rolesHelp} rules={[{ required: true }]}>
          <Select
            mode="multiple"
            options={Object.entries(c.role).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        {person && (
          <Form.Item name="disabled" label={t.disable} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
      {person && <Access person={person} onPassword={setPassword} />}
      {password !== undefined && (
        <OnceSecret title={t.oncePassword} help={t.onceHelp} lines={[['', password]]} />
      )}
    </SaveDrawer>
  );
}

function Access(props: { person: PersonView; onPassword: (password: string) => void }) {
  const t = useWords(adminText);
  const attempt = useTry();
  const { id } = props.person;
  const reset = async () => {
    const made = await post<{ password: string }>(`/people/${id}/password`);
    props.onPassword(made.password);
    await queryClient.invalidateQueries({ queryKey: ['people'] });
  };
  const revoke = async () => {
    await remove(`/people/${id}/sessions`);
    toast(t.revoked);
  };
  return (
    <section className="drawer-part">
      <h2>{t.account}</h2>
      <p className="faint">{t.resetHelp}</p>
      <div className="drawer-buttons">
        <Button onClick={() => attempt(reset)}>{t.resetPassword}</Button>
        <Button onClick={() => attempt(revoke)}>{t.revoke}</Button>
      </div>
    </section>
  );
}
