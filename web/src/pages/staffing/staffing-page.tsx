import { useNavigate, useSearch } from '@tanstack/react-router';
import Progress from 'antd/es/progress';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import type { CurvePoint, StaffAnswer } from '../../../../src/staffing/schema.ts';
import { Blank, Failure } from '../../parts/blank.tsx';
import { percent } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { QuestionForm } from './question-form.tsx';
import { type StaffingSearch, staffingQuery } from './staffing-search.ts';
import { staffingText } from './staffing-text.ts';
import { type StaffRun, useStaffing } from './use-staffing.ts';
import './staffing.css';

const SeatsChart = lazy(() => import('./seats-chart.tsx'));

/** How many seats for so many calls: by formula and by simulation, with the curve around the answer. */
export function StaffingPage() {
  const t = useWords(staffingText);
  const search = useSearch({ from: '/frame/staffing' });
  const navigate = useNavigate();
  const { run, ask, stop } = useStaffing();
  const { callsPerHour, handlingSeconds } = search;
  const query = staffingQuery(search);
  const isAsked = callsPerHour !== undefined && handlingSeconds !== undefined;
  useEffect(() => {
    if (isAsked) void ask(query);
  }, [ask, query, isAsked]);
  const put = (question: StaffingSearch) => {
    if (staffingQuery(question) === query) void ask(query);
    else void navigate({ to: '/staffing', search: question });
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="page-count">{t.help}</span>
      </div>
      <QuestionForm search={search} isRunning={run.state === 'running'} onAsk={put} onStop={stop} />
      {run.state === 'failed' ? (
        <Failure error={run.error} retry={() => void ask(query)} />
      ) : run.state === 'idle' ? (
        <Blank title={t.empty} help={t.emptyHelp} />
      ) : (
        <Answered run={run} search={search} />
      )}
    </div>
  );
}

function Answered({ run, search }: { run: StaffRun; search: StaffingSearch }) {
  const t = useWords(staffingText);
  const { percent: target = 95, limitSeconds = 15 } = search;
  const names = useMemo(
    () => ({
      formula: t.formula,
      simulated: t.simulated,
      goal: t.goal,
      label: t.curve(limitSeconds),
    }),
    [t, limitSeconds],
  );
  return (
    <div className="staffing-answer" tabIndex={0}>
      {run.state === 'running' && (
        <div className="staffing-progress" role="status">
          <span>{t.running(run.done, run.of)}</span>
          <Progress
            percent={run.of === 0 ? 0 : Math.round((100 * run.done) / run.of)}
            size="small"
            aria-label={t.running(run.done, run.of)}
          />
        </div>
      )}
      {run.state === 'stopped' && <p className="soft">{t.stopped}</p>}
      {run.answer && <Answers answer={run.answer} />}
      {run.curve.length > 0 && (
        <section className="card staffing-curve">
          <h2>{t.curve(limitSeconds)}</h2>
          <Suspense fallback={<div className="seats-chart" />}>
            <SeatsChart curve={run.curve} target={target} names={names} />
          </Suspense>
        </section>
      )}
      {run.curve.length > 0 && <Points curve={run.curve} target={target / 100} />}
    </div>
  );
}

function Answers({ answer }: { answer: StaffAnswer }) {
  const t = useWords(staffingText);
  const { simulation, erlangC, erlangA, squareRoot, loadErlangs } = answer;
  const told: [string, string, string][] = [
    [t.simulation, simulation === null ? t.more : t.unit(simulation), t.simulationHelp],
    [t.erlangC, t.unit(erlangC), t.erlangCHelp],
    ...(erlangA === null
      ? []
      : [[t.erlangA, t.unit(erlangA), t.erlangAHelp] satisfies [string, string, string]]),
    [t.squareRoot, t.unit(squareRoot), t.squareRootHelp(loadErlangs.toFixed(1))],
  ];
  return (
    <dl className="staffing-told">
      {told.map(([name, value, help]) => (
        <div key={name} className="card">
          <dt>{name}</dt>
          <dd>
            <b className="num">{value}</b>
            <small>{help}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Points({ curve, target }: { curve: readonly CurvePoint[]; target: number }) {
  const t = useWords(staffingText);
  const enough = curve.find(({ simulated }) => simulated >= target)?.seats;
  return (
    <div className="card staffing-points" tabIndex={0}>
      <table aria-label={t.table}>
        <thead>
          <tr>
            {[t.seats, t.formula, t.simulated, t.meanWait, t.abandoned].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {curve.map((point) => (
            <tr key={point.seats} data-enough={point.seats === enough}>
              <th scope="row">{point.seats}</th>
              <td>{percent(point.formula, 1)}</td>
              <td>{percent(point.simulated, 1)}</td>
              <td>{t.seconds(point.meanWaitSeconds.toFixed(1))}</td>
              <td>{percent(point.abandoned, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
