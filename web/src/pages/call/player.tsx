import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useEffect, useRef, useState } from 'react';
import type { Peaks } from '../../../../src/calls/schema.ts';
import { get } from '../../net/api.ts';
import { Failure } from '../../parts/blank.tsx';
import { Icon } from '../../parts/icons.tsx';
import { span } from '../../text/format.ts';
import { useWords } from '../../text/language.ts';
import { callText } from './call-text.ts';
import { drawWave } from './wave.ts';

const speeds = [1, 1.25, 1.5, 2];

/** Plays a recording; the caller above the line, the agent below. Fetches sound only on play. */
export default function Player({ source, agentName }: { source: string; agentName: string }) {
  const t = useWords(callText);
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const peaks = useQuery({
    queryKey: ['peaks', source],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => get<Peaks>(`${source}/peaks`),
  });
  if (peaks.isError) return <Failure error={peaks.error} retry={() => void peaks.refetch()} />;
  if (!peaks.data) return <div className="wave-space" />;
  const { durationMs } = peaks.data;
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (element.paused) void element.play().catch(() => setPlaying(false));
    else element.pause();
  };
  const seek = (ms: number) => {
    const target = Math.max(0, Math.min(durationMs, ms));
    setAt(target);
    if (audio.current) audio.current.currentTime = target / 1000;
  };
  const hurry = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  return (
    <div className="player">
      {/* A telephone conversation has no captions; its note stands beside it. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio
        ref={audio}
        preload="none"
        src={`/api${source}/audio`}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime * 1000)}
      />
      <div className="player-bar">
        <Button
          type="primary"
          icon={<Icon name={playing ? 'pause' : 'play'} size={16} />}
          aria-label={playing ? t.pause : t.play}
          onClick={toggle}
        />
        <span className="num player-time">
          {span(at)} <span className="faint">/ {span(durationMs)}</span>
        </span>
        <Button size="small" aria-label={`${t.speed} ${speed}`} onClick={hurry}>
          {speed}×
        </Button>
        <span className="faint player-hint">{t.listenHint}</span>
      </div>
      <Wave peaks={peaks.data} at={at} agentName={agentName} onSeek={seek} onToggle={toggle} />
    </div>
  );
}

function Wave(props: {
  peaks: Peaks;
  at: number;
  agentName: string;
  onSeek: (ms: number) => void;
  onToggle: () => void;
}) {
  const t = useWords(callText);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const { peaks, at } = props;
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (canvas.current && width > 0) drawWave(canvas.current, peaks, at / peaks.durationMs);
  }, [peaks, at, width]);
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key === ' ') props.onToggle();
    else if (event.key === 'ArrowRight') props.onSeek(at + 5_000);
    else if (event.key === 'ArrowLeft') props.onSeek(at - 5_000);
    else if (event.key === 'Home') props.onSeek(0);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="wave"
      role="slider"
      tabIndex={0}
      aria-label={t.seek}
      aria-valuemin={0}
      aria-valuemax={Math.round(peaks.durationMs / 1000)}
      aria-valuenow={Math.round(at / 1000)}
      aria-valuetext={span(at)}
      onKeyDown={onKey}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        props.onSeek(((event.clientX - box.left) / box.width) * peaks.durationMs);
      }}
    >
      <span className="wave-side">{t.callerSide}</span>
      <canvas ref={canvas} />
      <span className="wave-side wave-lower">{props.agentName || t.agentSide}</span>
    </div>
  );
}
