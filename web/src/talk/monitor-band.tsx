import Button from 'antd/es/button';
import type { Desk } from '../../../src/seats/schema.ts';
import { useKeys } from '../parts/keys.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { useWords } from '../text/language.ts';
import { talkText } from './talk-text.ts';
import { type MonitorMode, monitorModes, useMonitor } from './use-monitor.ts';
import { useWhoAt } from './use-targets.ts';

/** The leader is with somebody's talk: how, and every way on; on whichever page they are. */
export function MonitorBand({ monitoring }: { monitoring: NonNullable<Desk['monitoring']> }) {
  const t = useWords(talkText);
  const who = useWhoAt(monitoring.seatId);
  const { begin, intercept, end } = useMonitor(monitoring.seatId);
  useKeys({
    ...Object.fromEntries(monitorModes.map(([mode, key]) => [key, () => begin(mode)])),
    F2: intercept,
    F8: end,
  });
  return (
    <section className="band" data-tone="monitor" aria-label={t.monitoring(who)}>
      <span className="band-person">
        <StateMark mark="talking" size={12} />
        <b className="num">{t.monitoring(who)}</b>
      </span>
      <ModeChoice mode={monitoring.mode} onChoose={begin} />
      <p className="band-said" role="status">
        {t.modeHelp[monitoring.mode]}
      </p>
      <div className="band-acts">
        <Button danger onClick={intercept} title={t.interceptHelp}>
          {t.intercept} <kbd>F2</kbd>
        </Button>
        <Button onClick={end}>
          {t.endMonitoring} <kbd>F8</kbd>
        </Button>
      </div>
    </section>
  );
}

function ModeChoice(props: { mode: MonitorMode; onChoose: (mode: MonitorMode) => void }) {
  const t = useWords(talkText);
  return (
    <div className="chooser-ways">
      {monitorModes.map(([mode, key]) => (
        <button
          key={mode}
          type="button"
          className="plain"
          aria-pressed={mode === props.mode}
          title={t.modeHelp[mode]}
          onClick={() => props.onChoose(mode)}
        >
          {t.mode[mode]} <kbd>{key}</kbd>
        </button>
      ))}
    </div>
  );
}
