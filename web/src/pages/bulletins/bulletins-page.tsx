import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import type { Bulletin } from '../../../../src/hotline/schema.ts';
import { formOf, get, post, put } from '../../net/api.ts';
import { queryClient, usePeopleNames } from '../../net/queries.ts';
import { useNow } from '../../net/server-time.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { FileButton } from '../../parts/file-button.tsx';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { toast } from '../../parts/toasts.tsx';
import { bulletinText } from '../../text/bulletin-text.ts';
import { moment } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { Compose } from './compose.tsx';
import { Who } from './who.tsx';
import './bulletins.css';

const refresh = () => queryClient.invalidateQueries({ queryKey: ['bulletins'] });

/** What callers are told of incidents: one text, one switch. */
export function BulletinsPage() {
  const t = useWords(bulletinText);
  const list = useQuery({
    queryKey: ['bulletins', 'all'],
    queryFn: () => get<{ rows: Bulletin[] }>('/bulletins').then((reply) => reply.rows),
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.title}</h1>
        <span className="page-count">{t.help}</span>
      </div>
      <div className="bulletins">
        <Compose onMade={() => void refresh()} />
        {list.isError ? (
          <Failure error={list.error} retry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Waiting rows={4} />
        ) : list.data.length === 0 ? (
          <Blank title={t.none} help={t.noneHelp} />
        ) : (
          <ul className="bulletin-list" aria-label={t.title}>
            {list.data.map((bulletin) => (
              <BulletinCard key={bulletin.id} bulletin={bulletin} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

type Standing = 'on' | 'off' | 'over' | 'coming' | 'noSound';

function standingOf({ isOn, hasSound, startsAt, endsAt }: Bulletin, now: number): Standing {
  if (!hasSound) return 'noSound';
  if (!isOn) return 'off';
  if (endsAt !== null && endsAt <= now) return 'over';
  return startsAt > now ? 'coming' : 'on';
}

function BulletinCard({ bulletin }: { bulletin: Bulletin }) {
  const t = useWords(bulletinText);
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  const attempt = useTry();
  const now = useNow();
  const people = usePeopleNames().data ?? [];
  const { id, texts, scope, endsAt, changedAt, changedBy } = bulletin;
  const [isAiming, setAiming] = useState(false);
  const [aimed, setAimed] = useState(scope);
  const standing = standingOf(bulletin, now);
  const act = (work: () => Promise<unknown>, said: string) =>
    attempt(async () => {
      await work();
      await refresh();
      toast(said);
    });
  const who = [
    ...scope.entries.map((entry) => names.entry(entry)),
    ...scope.queues.map((queue) => names.queue(queue)),
    ...scope.choices.map((choice) => names.choice(choice)),
  ];
  const by = people.find((person) => person.id === changedBy)?.name ?? changedBy;
  const isOn = standing === 'on' || standing === 'coming';
  return (
    <li className="card bulletin" data-standing={standing}>
      <p className="bulletin-text">{lang === 'en' ? texts.en : texts.zh}</p>
      <p className="bulletin-facts soft">
        <span className={isOn ? 'tag tag-warn' : 'tag'}>
          {isOn && <StateMark mark="alert" size={12} />} {t[standing]}
        </span>
        <span>{who.length > 0 ? who.join('、') : t.everybody}</span>
        {endsAt !== null && <span className="num">{t.untilAt(moment(endsAt, now))}</span>}
        <span className="num faint">
          {by} · {moment(changedAt, now)}
        </span>
      </p>
      <p className="bulletin-acts">
        {isOn ? (
          <Button danger onClick={() => act(() => post(`/bulletins/${id}/off`), t.done.off)}>
            {t.turnOff}
          </Button>
        ) : (
          <Button
            disabled={standing === 'noSound'}
            onClick={() => act(() => post(`/bulletins/${id}/on`, { endsAt: null }), t.done.on)}
          >
            {t.turnOn}
          </Button>
        )}
        {bulletin.hasSound && (
          <Button href={`/api/bulletins/${id}/sound/zh`} target="_blank">
            {t.listen}
          </Button>
        )}
        <Button aria-expanded={isAiming} onClick={() => setAiming(!isAiming)}>
          {t.aim}
        </Button>
        <FileButton
          label={t.upload}
          accept=".wav,audio/wav"
          onFile={(file) =>
            act(() => put(`/bulletins/${id}/sound/zh`, formOf(file)), t.done.uploaded)
          }
        />
      </p>
      {isAiming && (
        <div className="bulletin-aim">
          <Who scope={aimed} onChange={setAimed} />
          <Button
            type="primary"
            onClick={() => {
              setAiming(false);
              act(() => put(`/bulletins/${id}/scope`, aimed), t.done.aimed);
            }}
          >
            {t.aimIt}
          </Button>
        </div>
      )}
    </li>
  );
}
