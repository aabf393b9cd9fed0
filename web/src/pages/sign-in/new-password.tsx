import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Me } from '../../../../src/people/schema.ts';
import { post, textOf } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { Entrance } from './entrance.tsx';
import { signInText } from './text.ts';

interface Typed {
  oldPassword: string;
  newPassword: string;
  again: string;
}

/** The first password is nobody's own: change it before anything else. */
export default function NewPassword() {
  const t = useWords(signInText);
  const lang = useLanguage((s) => s.lang);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const change = async ({ oldPassword, newPassword }: Typed) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const me = await post<Me>('/session/password', { oldPassword, newPassword });
      queryClient.setQueryData(['me'], me);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Entrance>
      <h1 style={{ marginBottom: 8 }}>{t.newTitle}</h1>
      <p className="entrance-help" style={{ marginBottom: 20 }}>
        {t.newHelp}
      </p>
      {problem !== undefined && (
        <div className="entrance-error" role="alert">
          <StateMark mark="alert" />
          <span>{textOf(problem, lang)}</span>
        </div>
      )}
      <Form<Typed> layout="vertical" requiredMark={false} onFinish={(typed) => void change(typed)}>
        <Form.Item name="oldPassword" label={t.oldPassword} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="newPassword"
          label={t.newPassword}
          rules={[{ required: true, min: 10, message: t.tooShort }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t.again}
          dependencies={['newPassword']}
          rules={[
            { required: true, message: t.notSame },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('newPassword')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t.notSame)),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t.change}
        </Button>
      </Form>
    </Entrance>
  );
}
