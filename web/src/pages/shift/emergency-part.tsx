import Button from 'antd/es/button';
import Popconfirm from 'antd/es/popconfirm';
import type { Emergency } from '../../../../src/leading/schema.ts';
import { post, remove } from '../../net/api.ts';
import { refresh, useEmergency } from '../../net/leading.ts';
import { Blank, Failure, Waiting } from '../../parts/blank.tsx';
import { useTry } from '../../parts/said.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { common } from '../../text/common.ts';
import { shortClock } from '../../text/format.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { leadingText } from '../../text/leading-text.ts';
import { useNames } from '../../text/names.ts';

/** 应急模式: one switch on, one switch back. */
export function EmergencyPart() {
  const t = useWords(leadingText);
  const emergency = useEmergency();
  if (emergency.isError) {
    return <Failure error={emergency.error} retry={() => void emergency.refetch()} />;
  }
  if (!emergency.data) return <Waiting />;
  const { on, profiles } = emergency.data;
  return (
    <section className="card side-card shift-list">
      <h2>{t.parts.emergency}</h2>
      {profiles.length === 0 ? (
        <Blank title={t.noProfiles} help={t.noProfilesHelp} />
      ) : (
        <ul className="shift-rows">
          {profiles.map((profile) => (
            <ProfileRow key={profile.id} profile={profile} on={on} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ProfileRow(props: { profile: Emergency['profiles'][number]; on: Emergency['on'] }) {
  const { profile, on } = props;
  const t = useWords(leadingText);
  const c = useWords(common);
  const lang = useLanguage((s) => s.lang);
  const names = useNames();
  const attempt = useTry();
  const isOn = on?.profileId === profile.id;
  const doc = names.hotline?.emergencyProfiles.find(({ id }) => id === profile.id);
  const change = (act: () => Promise<unknown>) =>
    attempt(() => act().finally(() => refresh('emergency')));
  return (
    <li>
      <StateMark mark={isOn ? 'alert' : 'offline'} size={16} />
      <span className="shift-what">
        <b>{profile.name[lang]}</b>
        {isOn && (
          <small className="tone-alert">
            {t.isOn} · {t.emergencySince(shortClock(on.since), on.by)}
          </small>
        )}
        {doc?.notice && <small className="soft">{doc.notice}</small>}
        {doc && (
          <small className="faint">
            {Object.keys(doc.queues)
              .map((queueId) => names.queue(queueId))
              .join('、')}
          </small>
        )}
      </span>
      <Popconfirm
        title={isOn ? t.offAsk : t.onAsk(profile.name[lang])}
        okText={isOn ? t.switchOff : t.switchOn}
        cancelText={c.cancel}
        onConfirm={() =>
          change(() =>
            isOn ? remove('/emergency') : post('/emergency', { profileId: profile.id }),
          )
        }
      >
        <Button danger={!isOn} type="primary" disabled={on !== null && !isOn}>
          {isOn ? t.switchOff : t.switchOn}
        </Button>
      </Popconfirm>
    </li>
  );
}
