import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { NewNotice } from '../../../../src/leading/schema.ts';
import { post } from '../../net/api.ts';
import { refresh } from '../../net/leading.ts';
import { serverNow } from '../../net/server-time.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';
import { audienceOf, type To } from './audience.ts';

const hourMs = 3_600_000;

/** A new notice: what, how urgent, to whom, for how long. */
export function NoticeForm() {
  const t = useWords(leadingText);
  const names = useNames();
  const attempt = useTry();
  const [text, setText] = useState('');
  const [isUrgent, setUrgent] = useState(false);
  const [to, setTo] = useState<To>('all');
  const [queueIds, setQueueIds] = useState<string[]>([]);
  const [seats, setSeats] = useState('');
  const [hours, setHours] = useState(8);
  const audience = audienceOf(to, queueIds, seats);
  const send = () =>
    attempt(async () => {
      if (audience === null) return;
      const until = hours === 0 ? null : serverNow() + hours * hourMs;
      await post('/floor/notices', { text, isUrgent, audience, until } satisfies NewNotice);
      setText('');
      setUrgent(false);
      refresh('notices');
      toast(t.sent);
    });
  return (
    <form
      className="card side-card notice-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2>{t.newNotice}</h2>
      <Input.TextArea
        aria-label={t.noticeText}
        placeholder={t.noticeHint}
        value={text}
        maxLength={500}
        autoSize={{ minRows: 4, maxRows: 10 }}
        onChange={(event) => setText(event.target.value)}
      />
      <Checkbox checked={isUrgent} onChange={({ target }) => setUrgent(target.checked)}>
        {t.isUrgent}
      </Checkbox>
      <div className="notice-field">
        <span>{t.audience}</span>
        <Segmented<To>
          aria-label={t.audience}
          value={to}
          onChange={setTo}
          options={[
            { value: 'all', label: t.toAll },
            { value: 'queues', label: t.toQueues },
            { value: 'seats', label: t.toSeats },
          ]}
        />
      </div>
      {to === 'queues' && (
        <Select
          mode="multiple"
          aria-label={t.toQueues}
          value={queueIds}
          onChange={setQueueIds}
          optionFilterProp="label"
          options={(names.hotline?.queues ?? []).map((queue) => ({
            value: queue.id,
            label: `${queue.code} ${names.queue(queue.id)}`,
          }))}
        />
      )}
      {to === 'seats' && (
        <Input
          aria-label={t.toSeats}
          placeholder={t.seatsHint}
          value={seats}
          onChange={(event) => setSeats(event.target.value)}
        />
      )}
      <label className="notice-field">
        <span>{t.until}</span>
        <select
          className="native-select"
          value={hours}
          onChange={(event) => setHours(Number(event.target.value))}
        >
          {[1, 4, 8, 24].map((n) => (
            <option key={n} value={n}>
              {t.hours(n)}
            </option>
          ))}
          <option value={0}>{t.untilWithdrawn}</option>
        </select>
      </label>
      <Button type="primary" htmlType="submit" disabled={text.trim() === '' || audience === null}>
        {t.send}
      </Button>
    </form>
  );
}
