import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Me } from '../../../../src/people/schema.ts';
import { Problem, post, textOf } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { typedBelongsTo } from '../../net/typed.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { useLanguage, useWords } from '../../text/language.ts';
import { Entrance } from './entrance.tsx';
import { signInText } from './text.ts';

/** Account and password. What is wrong is said above the form, in the server's words. */
export function SignIn() {
  const t = useWords(signInText);
  const lang = useLanguage((s) => s.lang);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = () => {
    const incomplete = login.trim() === '' || password === '';
    setMissing(incomplete);
    if (!incomplete) void enter();
  };
  const enter = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const me = await post<Me>('/session', { login, password });
      typedBelongsTo(localStorage, me.id);
      queryClient.setQueryData(['me'], me);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const locked = problem instanceof Problem && problem.code === 'account-locked';
  return (
    <Entrance>
      <h1>{t.title}</h1>
      {problem !== undefined && (
        <div className="entrance-error" role="alert">
          <StateMark mark="alert" />
          <span>
            {textOf(problem, lang)}
            {locked && <small>{t.lockedHelp}</small>}
          </span>
        </div>
      )}
      <form
        className="entrance-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor="login">{t.login}</label>
        <Input
          id="login"
          autoComplete="username"
          autoFocus
          maxLength={60}
          value={login}
          status={missing && login === '' ? 'error' : ''}
          aria-invalid={missing && login === ''}
          onChange={(event) => setLogin(event.target.value)}
        />
        {missing && login === '' && <p className="tone-alert">{t.needLogin}</p>}
        <label htmlFor="password">{t.password}</label>
        <Input.Password
          id="password"
          autoComplete="current-password"
          maxLength={200}
          value={password}
          status={missing && password === '' ? 'error' : ''}
          aria-invalid={missing && password === ''}
          onChange={(event) => setPassword(event.target.value)}
        />
        {missing && password === '' && <p className="tone-alert">{t.needPassword}</p>}
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t.enter}
        </Button>
      </form>
      <p className="entrance-help" style={{ marginTop: 16 }}>
        {t.forgot}
      </p>
    </Entrance>
  );
}
