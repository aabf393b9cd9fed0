import type { Hotline, QueueConfig } from '../../../../config/hotline.ts';
import { useWords } from '../../text/language.ts';
import { words } from '../../text/words.ts';
import { LimitField, NumberField, WordsField } from './fields.tsx';
import { hotlineText } from './hotline-text.ts';

const text = words(
  {
    waits: '等待超过即告警',
    talks: '通话超过即告警',
    wrapsUp: '整理超过即告警',
    callsBack: '回拨超过即告警',
    restQuota: '同时小休上限',
    restReasons: '需审批的示忙原因（编号）',
    floorQuota: '全场同时小休上限',
    refuseAfter: '多久未批自动退回',
  },
  {
    waits: 'Alert when waiting over',
    talks: 'Alert when talking over',
    wrapsUp: 'Alert when wrapping up over',
    callsBack: 'Alert when a call-back is open over',
    restQuota: 'May rest at a time',
    restReasons: 'Reasons to be approved (codes)',
    floorQuota: 'May rest at a time, whole floor',
    refuseAfter: 'Refused by itself after',
  },
);

/** When shift leaders hear of a queue, and how many of its seats may rest. */
export function QueueLeading(props: {
  queue: QueueConfig;
  at: string;
  set: (change: Partial<QueueConfig>) => void;
}) {
  const { queue, at, set } = props;
  const t = useWords(text);
  const h = useWords(hotlineText);
  const limit = (field: keyof QueueConfig['alerts'], label: string) => (
    <LimitField
      label={label}
      at={`${at}/alerts/${field}`}
      unit={h.seconds}
      scale={1000}
      value={queue.alerts[field]}
      onChange={(ms) => set({ alerts: { ...queue.alerts, [field]: ms } })}
    />
  );
  return (
    <>
      <div className="field-pair">
        {limit('waitMs', t.waits)}
        {limit('talkMs', t.talks)}
      </div>
      <div className="field-pair">
        {limit('wrapUpMs', t.wrapsUp)}
        {limit('callBackMs', t.callsBack)}
      </div>
      <div className="field-pair">
        <LimitField
          label={t.restQuota}
          at={`${at}/restQuota`}
          unit={h.people}
          value={queue.restQuota}
          onChange={(restQuota) => set({ restQuota })}
        />
      </div>
    </>
  );
}

/** Which rests an agent must ask for. */
export function RestFields(props: {
  rest: Hotline['rest'];
  onChange: (rest: Hotline['rest']) => void;
}) {
  const { rest, onChange } = props;
  const t = useWords(text);
  const h = useWords(hotlineText);
  return (
    <>
      <WordsField
        label={t.restReasons}
        at="/rest/reasons"
        value={rest.reasons}
        onChange={(reasons) => onChange({ ...rest, reasons })}
      />
      <div className="field-pair">
        <LimitField
          label={t.floorQuota}
          at="/rest/quota"
          unit={h.people}
          value={rest.quota}
          onChange={(quota) => onChange({ ...rest, quota })}
        />
        <NumberField
          label={t.refuseAfter}
          at="/rest/refuseAfterMs"
          unit={h.seconds}
          scale={1000}
          value={rest.refuseAfterMs}
          onChange={(refuseAfterMs) => onChange({ ...rest, refuseAfterMs })}
        />
      </div>
    </>
  );
}
