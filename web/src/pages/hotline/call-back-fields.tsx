import type { CallBackConfig } from '../../../../config/hotline.ts';
import { useWords } from '../../text/language.ts';
import { words } from '../../text/words.ts';
import { LimitField, NumberField, PickField } from './fields.tsx';
import { hotlineText } from './hotline-text.ts';

const text = words(
  {
    title: '回拨（挂机保留排位）',
    offerAfter: '等候多久后可按键登记回拨',
    never: '不提供',
    missed: '漏接的来电',
    missedHelp: '排队中放弃，或因队列已满、无人等原因未能受理的来电人',
    missedModes: {
      off: '不处理',
      list: '列入“待回拨”，由人工决定',
      dial: '列入“待回拨”，服务时间内自动回拨',
    },
    attempts: '最多拨打',
    times: '次',
    pause: '未接通后间隔',
    ringTimeout: '拨打来电人振铃时限',
  },
  {
    title: 'Call-backs that keep the place',
    offerAfter: 'Offered by key after waiting',
    never: 'Never',
    missed: 'Missed callers',
    missedHelp: 'Who gave up waiting, or was turned away because it was full or nobody was there',
    missedModes: {
      off: 'Nothing',
      list: 'On the list of call-backs',
      dial: 'Called back within opening hours',
    },
    attempts: 'Dialled at most',
    times: 'times',
    pause: 'Pause in between',
    ringTimeout: 'The caller’s phone rings',
  },
);

const missedModes: CallBackConfig['missed'][] = ['off', 'list', 'dial'];

/** How callers are called back who hung up to keep their place, or were missed. */
export function CallBackFields(props: {
  at: string;
  value: CallBackConfig;
  onChange: (callBack: CallBackConfig) => void;
}) {
  const { at, value } = props;
  const t = useWords(text);
  const h = useWords(hotlineText);
  const set = (part: Partial<CallBackConfig>) => props.onChange({ ...value, ...part });
  const seconds = { unit: h.seconds, scale: 1000 };
  return (
    <fieldset className="keys-editor">
      <legend>{t.title}</legend>
      <div className="field-pair">
        <LimitField
          label={t.offerAfter}
          at={`${at}/offerAfterMs`}
          {...seconds}
          min={0}
          none={t.never}
          value={value.offerAfterMs}
          onChange={(offerAfterMs) => set({ offerAfterMs })}
        />
        <PickField
          label={t.missed}
          at={`${at}/missed`}
          value={value.missed}
          options={missedModes.map((mode): [string, string] => [mode, t.missedModes[mode]])}
          help={t.missedHelp}
          onChange={(picked) => {
            const missed = missedModes.find((mode) => mode === picked);
            if (missed) set({ missed });
          }}
        />
      </div>
      <div className="field-pair field-triple">
        <NumberField
          label={t.attempts}
          at={`${at}/attempts`}
          unit={t.times}
          value={value.attempts}
          onChange={(attempts) => set({ attempts })}
        />
        <NumberField
          label={t.pause}
          at={`${at}/pauseMs`}
          {...seconds}
          value={value.pauseMs}
          onChange={(pauseMs) => set({ pauseMs })}
        />
        <NumberField
          label={t.ringTimeout}
          at={`${at}/ringTimeoutMs`}
          {...seconds}
          value={value.ringTimeoutMs}
          onChange={(ringTimeoutMs) => set({ ringTimeoutMs })}
        />
      </div>
    </fieldset>
  );
}
