import type { QueueConfig } from '../../../../config/hotline.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { CallBackFields } from './call-back-fields.tsx';
import { useDraft } from './draft-store.ts';
import {
  LimitField,
  NameFields,
  NumberField,
  OutcomeField,
  PickField,
  TextField,
} from './fields.tsx';
import { hotlineText } from './hotline-text.ts';
import { QueueLeading } from './leading-fields.tsx';
import { Widening } from './widening.tsx';

const strategies: QueueConfig['strategy'][] = [
  'longest-idle',
  'fewest-calls',
  'best-level',
  'round-robin',
];
interface Props {
  at: string;
  queue: QueueConfig;
  set: (part: Partial<QueueConfig>) => void;
}

/** One queue: its name, its times, and what happens to those who cannot stay. */
export function QueueForm(props: {
  at: string;
  queue: QueueConfig;
  onChange: (queue: QueueConfig) => void;
}) {
  const { at, queue } = props;
  const set = (part: Partial<QueueConfig>) => props.onChange({ ...queue, ...part });
  return (
    <>
      <Identity at={at} queue={queue} set={set} />
      <Sharing at={at} queue={queue} set={set} />
      <Times at={at} queue={queue} set={set} />
      <Outcomes at={at} queue={queue} set={set} />
      <CallBackFields
        at={`${at}/callBack`}
        value={queue.callBack}
        onChange={(callBack) => set({ callBack })}
      />
    </>
  );
}

/** What it is called and what it promises. */
function Identity({ at, queue, set }: Props) {
  const t = useWords(hotlineText);
  return (
    <>
      <div className="field-pair">
        <TextField
          label={t.id}
          at={`${at}/id`}
          value={queue.id}
          onChange={(id) => set({ id })}
          help={t.idHelp}
        />
        <TextField
          label={t.code}
          at={`${at}/code`}
          value={queue.code}
          onChange={(code) => set({ code })}
        />
      </div>
      <NameFields
        label=""
        at={`${at}/name`}
        value={queue.name}
        onChange={(name) => set({ name })}
      />
      <div className="field-pair">
        <NumberField
          label={t.serviceLevel}
          at={`${at}/serviceLevelMs`}
          unit={t.seconds}
          scale={1000}
          value={queue.serviceLevelMs}
          onChange={(serviceLevelMs) => set({ serviceLevelMs })}
        />
        <NumberField
          label={t.priority}
          at={`${at}/priority`}
          value={queue.priority}
          onChange={(priority) => set({ priority })}
          help={t.priorityHelp}
        />
      </div>
    </>
  );
}

/** Who is rung, and when the queue is open. */
function Sharing({ at, queue, set }: Props) {
  const t = useWords(hotlineText);
  const lang = useLanguage((s) => s.lang);
  const hours = useDraft((s) => s.draft?.hours) ?? [];
  return (
    <>
      <div className="field-pair">
        <PickField
          label={t.strategy}
          at={`${at}/strategy`}
          value={queue.strategy}
          options={strategies.map((each): [string, string] => [each, t.strategies[each]])}
          onChange={(value) => {
            const strategy = strategies.find((each) => each === value);
            if (strategy) set({ strategy });
          }}
        />
        <PickField
          label={t.hours}
          at={`${at}/hours`}
          value={queue.hours ?? ''}
          options={[
            ['', t.always],
            ...hours.map((each): [string, string] => [each.id, each.name[lang]]),
          ]}
          onChange={(id) => set({ hours: id === '' ? null : id })}
        />
      </div>
      <Widening
        at={`${at}/widening`}
        steps={queue.widening}
        onChange={(widening) => set({ widening })}
      />
    </>
  );
}

/** How long it rings, rests and keeps silent. */
function Times({ at, queue, set }: Props) {
  const t = useWords(hotlineText);
  return (
    <>
      <div className="field-pair field-triple">
        <NumberField
          label={t.ringTimeout}
          at={`${at}/ringTimeoutMs`}
          unit={t.seconds}
          scale={1000}
          value={queue.ringTimeoutMs}
          onChange={(ringTimeoutMs) => set({ ringTimeoutMs })}
        />
        <NumberField
          label={t.wrapUpTime}
          at={`${at}/wrapUpMs`}
          unit={t.seconds}
          scale={1000}
          value={queue.wrapUpMs}
          onChange={(wrapUpMs) => set({ wrapUpMs })}
        />
        <NumberField
          label={t.announceEvery}
          at={`${at}/announceEveryMs`}
          unit={t.seconds}
          scale={1000}
          value={queue.announceEveryMs}
          onChange={(announceEveryMs) => set({ announceEveryMs })}
          help={t.announceHelp}
        />
      </div>
      <QueueLeading queue={queue} at={at} set={set} />
    </>
  );
}

/** What happens to callers who cannot stay. */
function Outcomes({ at, queue, set }: Props) {
  const t = useWords(hotlineText);
  return (
    <>
      <OutcomeField
        label={t.onClosed}
        at={`${at}/onClosed`}
        value={queue.onClosed}
        onChange={(onClosed) => set({ onClosed })}
      />
      <OutcomeField
        label={t.onNobody}
        at={`${at}/onNobody`}
        value={queue.onNobody}
        onChange={(onNobody) => set({ onNobody })}
      />
      <LimitField
        label={t.maxWait}
        at={`${at}/maxWaitMs`}
        unit={t.seconds}
        scale={1000}
        value={queue.maxWaitMs}
        onChange={(maxWaitMs) => set({ maxWaitMs })}
      />
      <OutcomeField
        label={t.onTooLong}
        at={`${at}/onTooLong`}
        value={queue.onTooLong}
        onChange={(onTooLong) => set({ onTooLong })}
      />
      <LimitField
        label={t.maxWaiting}
        at={`${at}/maxWaiting`}
        unit={t.people}
        value={queue.maxWaiting}
        onChange={(maxWaiting) => set({ maxWaiting })}
      />
      <OutcomeField
        label={t.onFull}
        at={`${at}/onFull`}
        value={queue.onFull}
        onChange={(onFull) => set({ onFull })}
      />
    </>
  );
}
