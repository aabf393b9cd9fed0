import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Progress from 'antd/es/progress';
import { useState } from 'react';
import { get } from '../../net/api.ts';
import { Failure } from '../../parts/blank.tsx';
import { FileButton } from '../../parts/file-button.tsx';
import { useWords } from '../../text/language.ts';
import type { DispatchDecision, RulesInForce } from './contract.ts';
import { rulesText } from './rules-text.ts';
import { useImport } from './use-import.ts';
import './rules.css';

/** Who gets which order: the catalogue in force, its import, and a try. */
export function RulesPage() {
  const t = useWords(rulesText);
  const rules = useQuery({
    queryKey: ['dispatch-rules'],
    queryFn: () => get<RulesInForce>('/dispatch-rules'),
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        {rules.data && (
          <span className="page-count">{t.version(rules.data.version, rules.data.rows)}</span>
        )}
      </div>
      {rules.error && <Failure error={rules.error} retry={() => void rules.refetch()} />}
      <Import onTaken={() => void rules.refetch()} />
      <Try />
    </div>
  );
}

function Import({ onTaken }: { onTaken: () => void }) {
  const t = useWords(rulesText);
  const { run, send } = useImport(onTaken);
  const { state, done, of } = run;
  return (
    <section className="card rules-part">
      <FileButton
        label={t.import}
        type="primary"
        loading={state === 'running'}
        accept=".csv,text/csv"
        onFile={(file) => void send(file)}
      />
      <p className="soft">{t.importHelp}</p>
      {state === 'running' && (
        <div role="status">
          {of === 0 ? t.sending : t.checking(done, of)}
          <Progress
            size="small"
            percent={of === 0 ? 0 : Math.round((100 * done) / of)}
            aria-label={t.checking(done, of)}
          />
        </div>
      )}
      {run.taken && <p role="status">{t.taken(run.taken.version, run.taken.rows)}</p>}
      {run.error !== null && <Failure error={run.error} />}
      {run.wrong.length > 0 && (
        <div role="alert">
          <h2>{t.wrong(run.wrong.length)}</h2>
          <ul className="rules-wrong">
            {run.wrong.map(({ pointer, message }) => (
              <li key={`${pointer} ${message}`}>
                <b className="num">{t.line(pointer.replace('/', ''))}</b> {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Try() {
  const t = useWords(rulesText);
  const [asked, setAsked] = useState({ matter: '', area: '' });
  const [query, setQuery] = useState('');
  const decision = useQuery({
    queryKey: ['dispatch-decision', query],
    enabled: query !== '',
    queryFn: () => get<DispatchDecision>(`/dispatch-rules/decision?${query}`),
  });
  const proposal = decision.data?.proposal;
  return (
    <section className="card rules-part">
      <h2>{t.try}</h2>
      <p className="soft">{t.tryHelp}</p>
      <form
        className="rules-try"
        onSubmit={(event) => {
          event.preventDefault();
          if (asked.matter !== '') setQuery(new URLSearchParams(asked).toString());
        }}
      >
        <Input
          aria-label={t.matter}
          placeholder={t.matter}
          value={asked.matter}
          onChange={(event) => setAsked({ ...asked, matter: event.target.value.trim() })}
        />
        <Input
          aria-label={t.area}
          placeholder={t.area}
          value={asked.area}
          onChange={(event) =>
            setAsked({ ...asked, area: event.target.value.replaceAll(/\D/g, '') })
          }
        />
        <Button htmlType="submit">{t.decide}</Button>
      </form>
      {decision.error && <Failure error={decision.error} />}
      {decision.data && !proposal && <p role="status">{t.nobody}</p>}
      {proposal && (
        <div role="status">
          <dl className="rules-decision">
            <div>
              <dt>{t.lead}</dt>
              <dd>{proposal.leadUnit}</dd>
            </div>
            {proposal.coUnits.length > 0 && (
              <div>
                <dt>{t.co}</dt>
                <dd>{proposal.coUnits.join('、')}</dd>
              </div>
            )}
            <div>
              <dt>{t.by}</dt>
              <dd>{proposal.rule}</dd>
            </div>
            <div>
              <dt>{t.sure}</dt>
              <dd className="num">{Math.round(proposal.confidence * 100)} %</dd>
            </div>
          </dl>
        </div>
      )}
    </section>
  );
}
