import { lazy, Suspense } from 'react';
import type { CallDetail, Recording } from '../../../../src/calls/schema.ts';
import { useMay } from '../../net/queries.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { bytes, span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { useNames } from '../../text/names.ts';
import { callText } from './call-text.ts';

const Player = lazy(() => import('./player.tsx'));

/** The recordings of a call: one per agent who spoke. */
export function RecordingCard({ call }: { call: CallDetail }) {
  const t = useWords(callText);
  return (
    <section className="card call-card">
      <h2>{t.recording}</h2>
      {call.recordings.length === 0 ? (
        <p className="faint">
          {t.noRecording}　{call.connectedAt === null && t.noRecordingHelp}
        </p>
      ) : (
        call.recordings.map((one) => <OneRecording key={one.id} callId={call.id} recording={one} />)
      )}
    </section>
  );
}

function OneRecording({ callId, recording }: { callId: string; recording: Recording }) {
  const t = useWords(callText);
  const names = useNames();
  const mayListen = useMay('recording.listen');
  const kept = recording.state === 'ready' || recording.state === 'repaired';
  if (!kept) {
    const said = {
      running: t.recordingRunning,
      failed: `${t.recordingFailed}${recording.failure ? `：${recording.failure}` : ''}`,
      removed: t.recordingRemoved,
    }[recording.state as 'running' | 'failed' | 'removed'];
    return (
      <p className={recording.state === 'failed' ? 'tone-alert' : 'soft'}>
        <StateMark mark={recording.state === 'failed' ? 'alert' : 'offline'} /> {said}
      </p>
    );
  }
  return (
    <div className="recording">
      {mayListen ? (
        <Suspense fallback={<div className="wave-space" />}>
          <Player
            source={`/calls/${callId}/recordings/${recording.id}`}
            agentName={names.person(recording.agentId)}
          />
        </Suspense>
      ) : (
        <p className="soft">{t.mayNotListen}</p>
      )}
      <p className="faint recording-foot num">
        {recording.durationMs !== null && `${t.length} ${span(recording.durationMs)}　`}
        {recording.bytes !== null && `${t.size} ${bytes(recording.bytes)}　`}
        {recording.state === 'repaired' && `${t.repaired}　`}
        {recording.sha256 !== null && (
          <span className="recording-sha" title={recording.sha256}>
            {t.sha} {recording.sha256}
          </span>
        )}
      </p>
    </div>
  );
}
