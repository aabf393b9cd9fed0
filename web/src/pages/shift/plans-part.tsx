import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import type { Plan, PlanPreview, PlanRun } from '../../../../src/leading/schema.ts';
import { get, Problem, post, remove } from '../../net/api.ts';
import { refresh, usePlanRuns, usePlans } from '../../net/leading.ts';
import { useNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { common } from '../../text/common.ts';
import { moment } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';

/** Saved arrangements of seats: kept by name, looked at before they are applied, undone by a click. */
export function PlansPart() {
  const t = useWords(leadingText);
  const plans = usePlans();
  const runs = usePlanRuns();
  const [opened, setOpened] = useState<string | null>(null);
  if (plans.isError) return <Failure error={plans.error} retry={() => void plans.refetch()} />;
  if (!plans.data) return <Waiting />;
  return (
    <div className="shift-scroll">
      <section className="card side-card">
        <header className="shift-head">
          <h2>{t.plans}</h2>
          <SavePlan />
        </header>
        {plans.data.length === 0 ? (
          <Blank title={t.noPlans} help={t.noPlansHelp} />
        ) : (
          <ul className="shift-rows">
            {plans.data.map((plan) => (
              <PlanRow
                key={plan.id}
                plan={plan}
                isOpen={opened === plan.id}
                onOpen={() => setOpened(opened === plan.id ? null : plan.id)}
              />
            ))}
          </ul>
        )}
      </section>
      {runs.data && runs.data.length > 0 && <Runs runs={runs.data} />}
    </div>
  );
}

function SavePlan() {
  const t = useWords(leadingText);
  const attempt = useTry();
  const [name, setName] = useState('');
  const send = async (replace: boolean) => {
    await post('/floor/plans', { name, replace });
    setName('');
    refresh('plans');
  };
  const save = () =>
    attempt(async () => {
      try {
        await send(false);
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'conflict') throw error;
        const action = { label: t.replace, run: () => attempt(() => send(true)) };
        toast(name, { id: 'plan-name', action });
      }
    });
  return (
    <form
      className="shift-acts"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Input
        size="small"
        aria-label={t.planName}
        placeholder={t.planName}
        value={name}
        maxLength={40}
        onChange={(event) => setName(event.target.value)}
      />
      <Button size="small" htmlType="submit" disabled={name.trim() === ''}>
        {t.savePlan}
      </Button>
    </form>
  );
}

function PlanRow(props: { plan: Plan; isOpen: boolean; onOpen: () => void }) {
  const { plan } = props;
  const t = useWords(leadingText);
  const c = useWords(common);
  const attempt = useTry();
  const now = useNow();
  return (
    <li>
      <span className="shift-what">
        <b>{plan.name}</b>
        <small className="faint num">
          {t.planSeats(plan.seats)} · {moment(plan.at, now).slice(0, -3)} · {plan.by}
        </small>
        {props.isOpen && <Preview plan={plan} onDone={props.onOpen} />}
      </span>
      <span className="shift-acts">
        <Button size="small" aria-expanded={props.isOpen} onClick={props.onOpen}>
          {t.preview}
        </Button>
        <Button
          size="small"
          type="text"
          onClick={() =>
            attempt(() => remove(`/floor/plans/${plan.id}`).then(() => refresh('plans')))
          }
        >
          {c.remove}
        </Button>
      </span>
    </li>
  );
}

type Queues = PlanPreview['moves'][number]['before'];

/** Which seats would move, before anything does. */
function Preview({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const t = useWords(leadingText);
  const names = useNames();
  const attempt = useTry();
  const preview = useQuery({
    queryKey: ['plans', 'preview', plan.id],
    staleTime: 0,
    queryFn: () => get<PlanPreview>(`/floor/plans/${plan.id}/preview`),
  });
  const undo = useUndo();
  if (!preview.data) return <Waiting rows={3} />;
  const { moves, goneSeats, goneQueues } = preview.data;
  const gone = [...goneSeats, ...goneQueues].join('、');
  const said = (queues: Queues) =>
    queues.map(({ queueId, level }) => `${names.queueCode(queueId)}·${level}`).join(' ') || '–';
  const apply = () =>
    attempt(async () => {
      const run = await post<PlanRun>(`/floor/plans/${plan.id}/apply`);
      refresh('plans');
      onDone();
      const action = { label: t.undo, run: () => undo(run.id) };
      toast(t.applied(run.name, run.seats), { keepMs: 15_000, action });
    });
  return (
    <div className="plan-preview">
      {gone !== '' && <p className="tone-warn">{t.gone(gone)}</p>}
      {moves.length === 0 ? (
        <p className="faint">{t.nothingMoves}</p>
      ) : (
        <>
          <ul className="plan-moves" tabIndex={0}>
            {moves.map((move) => (
              <li key={move.seatId}>
                <span className="num">{move.seatId}</span>
                <span className="clip">{move.agentName ?? move.seatName}</span>
                <span className="num soft">{said(move.before)}</span>
                <span aria-hidden="true">→</span>
                <b className="num">{said(move.after)}</b>
              </li>
            ))}
          </ul>
          <Button type="primary" size="small" onClick={apply}>
            {t.apply(moves.length)}
          </Button>
        </>
      )}
    </div>
  );
}

function useUndo(): (runId: string) => void {
  const t = useWords(leadingText);
  const attempt = useTry();
  return (runId) =>
    attempt(async () => {
      await post(`/floor/plan-runs/${runId}/undo`);
      refresh('plans');
      toast(t.undone);
    });
}

function Runs({ runs }: { runs: readonly PlanRun[] }) {
  const t = useWords(leadingText);
  const now = useNow();
  const undo = useUndo();
  return (
    <section className="card side-card">
      <h2>{t.runs}</h2>
      <ul className="shift-rows">
        {runs.slice(0, 20).map((run) => (
          <li key={run.id} data-quiet={run.undoneAt !== null}>
            <span className="faint num shift-when">{moment(run.at, now).slice(0, -3)}</span>
            <span className="shift-what">
              <span>
                {run.name} · {t.planSeats(run.seats)} · {run.by}
              </span>
            </span>
            {run.undoneAt === null ? (
              <Button size="small" onClick={() => undo(run.id)}>
                {t.undo}
              </Button>
            ) : (
              <span className="faint">{t.undone}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
